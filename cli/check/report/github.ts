import type { Severity } from '#compose/problem/problem.ts';
import type { Report } from './report.ts';
import { textReport } from './text.ts';

const commands = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
} as const satisfies Record<Severity, string>;

/** GitHub's workflow commands, which annotate the lines of a pull request, and the summing up for the log. */
export function githubReport(report: Report): string {
  const lines = report.findings.map(({ file, code, severity, message, range: { start, end } }) => {
    const properties = {
      file,
      line: start.line,
      col: start.column,
      endLine: end.line,
      // Columns count only within one line.
      ...(end.line === start.line ? { endColumn: end.column } : {}),
      title: code,
    };
    const listed = Object.entries(properties).map(
      ([name, value]) => `${name}=${escapeProperty(String(value))}`,
    );
    return `::${commands[severity]} ${listed.join(',')}::${escapeData(message)}\n`;
  });
  return (
    lines.join('') +
    textReport({ ...report, findings: report.findings })
      .split('\n')
      .slice(-2)
      .join('\n')
  );
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
