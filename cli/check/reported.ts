import { createHash } from 'node:crypto';
import { isAbsolute, relative, sep } from 'node:path';
import type { Severity } from '#compose/problem/problem.ts';
import type { CheckedFile } from '../../server/src/check/checker.ts';
import type { ReportedFinding } from './report/report.ts';

/** Findings with files as they are named from a directory, and with what tells one from another. */
export function reported(
  checked: readonly (CheckedFile & { readonly path: string })[],
  directory: string,
  fails: (severity: Severity, failOn: Severity | undefined) => boolean,
): { readonly files: readonly string[]; readonly findings: readonly ReportedFinding[] } {
  const nameOf = (path: string) => nameFrom(directory, path);
  const seen = new Map<string, number>();
  const findings = checked.flatMap(({ findings: found, failOn }) =>
    found.map(({ path, about, related, ...finding }): ReportedFinding => {
      const identity = [nameOf(path), finding.code, about].join('\0');
      const before = seen.get(identity) ?? 0;
      seen.set(identity, before + 1);
      return {
        ...finding,
        file: nameOf(path),
        related: related.map(({ path: other, ...each }) => ({ ...each, file: nameOf(other) })),
        fingerprint: createHash('sha256').update(`${identity}\0${before}`).digest('hex').slice(0, 32),
        fails: fails(finding.severity, failOn),
      };
    }),
  );
  return { files: checked.map(({ path }) => nameOf(path)), findings };
}

/** The way from the directory where the file is in it or below, else the whole path; with `/`. */
function nameFrom(directory: string, path: string): string {
  const way = relative(directory, path);
  const name = way.startsWith('..') || isAbsolute(way) ? path : way;
  return sep === '/' ? name : name.replaceAll(sep, '/');
}
