import type { ReportedFinding } from './report/report.ts';

/** The findings that were there when a team began to check: they are known, and told no more. */
export interface Baseline {
  readonly fingerprints: ReadonlySet<string>;
}

/** `undefined` if it is no baseline. */
export function readBaseline(text: string): Baseline | undefined {
  try {
    const { version, findings }: { version?: unknown; findings?: unknown } = JSON.parse(text);
    if (version !== 1 || !Array.isArray(findings)) return undefined;
    const known = findings.map((each: unknown) =>
      typeof each === 'object' && each !== null && 'fingerprint' in each ? String(each.fingerprint) : '',
    );
    return { fingerprints: new Set(known) };
  } catch {
    return undefined;
  }
}

/** In the order of files and codes, so that a change is a small difference. What is said of values is not in it. */
export function baselineText(findings: readonly ReportedFinding[]): string {
  const known = findings
    .map(({ file, code, fingerprint }) => ({ file, code, fingerprint }))
    .sort(
      (a, b) => compare(a.file, b.file) || compare(a.code, b.code) || compare(a.fingerprint, b.fingerprint),
    );
  return `${JSON.stringify({ version: 1, findings: known }, undefined, 2)}\n`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
