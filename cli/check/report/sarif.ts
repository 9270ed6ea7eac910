import type { Severity } from '#compose/problem/problem.ts';
import type { TextRange } from '../../../server/src/check/finding.ts';
import { pageOf, type Report, type ReportedFinding } from './report.ts';

const levels = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
} as const satisfies Record<Severity, string>;

/** SARIF 2.1.0, as GitHub's and Azure's code scanning take it in. */
export function sarifReport({ findings, version }: Report): string {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Composure',
            semanticVersion: version,
            informationUri: pageOf('').replace(/#$/, ''),
            rules: codes.map((code) => ({ id: code, helpUri: pageOf(code) })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => toResult(finding, codes.indexOf(finding.code))),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function toResult(finding: ReportedFinding, ruleIndex: number) {
  const { file, code, severity, message, range, related, fingerprint } = finding;
  return {
    ruleId: code,
    ruleIndex,
    level: levels[severity],
    message: { text: message },
    locations: [{ physicalLocation: physical(file, range) }],
    partialFingerprints: { 'composure/v1': fingerprint },
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((each, id) => ({
            id,
            message: { text: each.message },
            physicalLocation: physical(each.file, each.range),
          })),
        }),
  };
}

function physical(file: string, { start, end }: TextRange) {
  const region = {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
  return { artifactLocation: { uri: encodeURI(file).replace(/[?#]/g, encodeURIComponent) }, region };
}
