import type { Report, ReportedFinding } from './report.ts';

/** JUnit's XML, which most CI servers show: a suite a file, a failed case each finding that fails the check, a passed one each that does not. */
export function junitReport({ files, findings }: Report): string {
  const suites = files.map((file) =>
    suiteOf(
      file,
      findings.filter((each) => each.file === file),
    ),
  );
  const failures = findings.filter(({ fails }) => fails).length;
  const tests = files.reduce((sum, file) => sum + casesOf(file, findings), 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="composure check" tests="${tests}" failures="${failures}" errors="0">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function casesOf(file: string, findings: readonly ReportedFinding[]): number {
  return Math.max(1, findings.filter((each) => each.file === file).length);
}

function suiteOf(file: string, findings: readonly ReportedFinding[]): string {
  const name = escapeXml(file);
  const failures = findings.filter(({ fails }) => fails).length;
  const cases = findings.map((finding) => caseOf(name, finding));
  const body = cases.length === 0 ? [`    <testcase classname="${name}" name="check"/>`] : cases;
  const counts = `tests="${body.length}" failures="${failures}" errors="0" skipped="0"`;
  return [`  <testsuite name="${name}" ${counts}>`, ...body, '  </testsuite>'].join('\n');
}

function caseOf(name: string, { code, severity, message, range: { start }, file, fails }: ReportedFinding) {
  const head = `    <testcase classname="${name}" name="${escapeXml(`${code} ${start.line}:${start.column}`)}"`;
  const text = escapeXml(`${file}:${start.line}:${start.column}: ${severity}: ${message}`);
  const inner = fails
    ? `<failure type="${escapeXml(code)}" message="${escapeXml(message)}">${text}</failure>`
    : `<system-out>${text}</system-out>`;
  return `${head}>\n      ${inner}\n    </testcase>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** Characters that XML 1.0 has no place for become U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"\n]/g, (each) => entities[each] ?? each);
}
