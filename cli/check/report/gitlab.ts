import type { Severity } from '#compose/problem/problem.ts';
import type { Report } from './report.ts';

const severities = {
  error: 'major',
  warning: 'minor',
  information: 'info',
  hint: 'info',
} as const satisfies Record<Severity, string>;

/** GitLab's report of code quality (`artifacts:reports:codequality`). */
export function gitlabReport({ findings }: Report): string {
  const issues = findings.map(({ file, code, severity, message, range: { start, end }, fingerprint }) => ({
    description: message,
    check_name: code,
    fingerprint,
    severity: severities[severity],
    location: { path: file, lines: { begin: start.line, end: end.line } },
  }));
  return `${JSON.stringify(issues, undefined, 2)}\n`;
}
