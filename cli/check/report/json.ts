import { countsOf, pageOf, type Report } from './report.ts';

/** Everything, for programs. `version` grows when a field changes its meaning. */
export function jsonReport({ files, findings }: Report): string {
  const found = findings.map(({ range, related, ...finding }) => ({
    ...finding,
    ...range,
    ...(related.length === 0
      ? {}
      : { related: related.map(({ range: place, ...each }) => ({ ...each, ...place })) }),
    page: pageOf(finding.code),
  }));
  return `${JSON.stringify({ version: 1, files, findings: found, counts: countsOf(findings) }, undefined, 2)}\n`;
}
