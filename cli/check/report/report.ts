import { repository } from '../../../package.json';
import type { Severity } from '#compose/problem/problem.ts';
import type { TextRange } from '../../../server/src/check/finding.ts';

/** What a check found, as every format tells it. */
export interface Report {
  /** Every file that was looked at, those without findings too. */
  readonly files: readonly string[];
  readonly findings: readonly ReportedFinding[];
  /** Of Composure. */
  readonly version: string;
}

export interface ReportedFinding {
  /** Relative to the directory of the call where it is below that, with `/`. */
  readonly file: string;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: TextRange;
  readonly related: readonly { readonly file: string; readonly range: TextRange; readonly message: string }[];
  /** The same wherever in its file it moves to; differs from that of every other finding. */
  readonly fingerprint: string;
  /** Whether it is bad enough for the check to fail. */
  readonly fails: boolean;
}

/** A format: the whole of what is printed. */
export type Format = (report: Report) => string;

/** Where a code is explained. */
export function pageOf(code: string): string {
  return `${repository.url.replace(/\.git$/, '')}/blob/main/docs/diagnostics.md#${code}`;
}

/** How many there are of each severity. */
export function countsOf(findings: readonly Pick<ReportedFinding, 'severity'>[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
