import { countsOf, type Report } from './report.ts';

/** `file:line:column: severity: message [code]` for each, and a last line that sums up. */
export function textReport({ files, findings }: Report): string {
  const lines = findings.map(
    ({ file, range: { start }, severity, message, code }) =>
      `${file}:${start.line}:${start.column}: ${severity}: ${message} [${code}]\n`,
  );
  const counts = countsOf(findings);
  const found = [
    counted(counts.error, 'error'),
    counted(counts.warning, 'warning'),
    counted(counts.information, 'remark'),
    counted(counts.hint, 'hint'),
  ].filter((each) => each !== undefined);
  const where = `in ${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  return `${lines.join('')}${found.length === 0 ? 'No problems' : found.join(', ')} ${where}.\n`;
}

function counted(count: number, what: string): string | undefined {
  return count === 0 ? undefined : `${count} ${what}${count === 1 ? '' : 's'}`;
}
