import type { DockerfileCheck, DockerfileFinding } from '#engine/image-build/dockerfile-check.ts';

/** A remark of the builder about a Dockerfile. Lines from 0, both included. */
export interface DockerfileRemark {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** `StageNameCasing`; empty for an error. */
  readonly rule: string;
  /** Where the rule is explained; empty for none. */
  readonly url: string;
  readonly start: number;
  readonly end: number;
}

/** What checks of a Dockerfile found, one for each service that is built from it: what is the same in several is said once. What has no place is at its beginning. */
export function remarksOf(checks: readonly DockerfileCheck[]): readonly DockerfileRemark[] {
  const found = new Map<string, DockerfileRemark>();
  for (const { warnings, error } of checks) {
    const all = [
      ...warnings.map((finding) => remarkOf(finding, 'warning')),
      ...(error === undefined ? [] : [remarkOf(error, 'error')]),
    ];
    for (const remark of all) found.set(JSON.stringify(remark), remark);
  }
  return [...found.values()].sort((a, b) => a.start - b.start);
}

function remarkOf(
  { message, rule, url, place }: DockerfileFinding,
  severity: DockerfileRemark['severity'],
): DockerfileRemark {
  const ranges = place?.ranges ?? [];
  const start = Math.max(
    0,
    Math.min(...ranges.map((range) => range.start), ranges.length === 0 ? 1 : Infinity) - 1,
  );
  const end = Math.max(start, ...ranges.map((range) => range.end - 1));
  return { severity, message, rule, url, start, end };
}
