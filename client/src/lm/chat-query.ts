import type { TreeRow } from '../tree/tree-row.ts';

/**
 * How a question about rows of the tree begins in the chat: the tools that know them, and their names. Empty for rows that the tools do not know. Names
 * come from files and labels of others: what cannot be in a name of Docker Compose is left out.
 */
export function chatQuery(rows: readonly TreeRow[], nameOf: (stack: string) => string | undefined): string {
  const parts = new Set<string>();
  let asksService = false;
  for (const row of rows) {
    if (row.kind !== 'project' && row.kind !== 'service' && row.kind !== 'container') continue;
    const project = plain(nameOf(row.stack) ?? '');
    if (project === '') continue;
    if (row.kind === 'project') parts.add(`project ${project}`);
    else {
      asksService = true;
      parts.add(`service ${plain(row.service)} of project ${project}`);
    }
  }
  if (parts.size === 0) return '';
  const tools = asksService ? '#composeWhy #composeLogs' : '#composeList #composeProblems';
  return `${tools} ${[...parts].join(', ')}: `;
}

function plain(name: string): string {
  return name.replaceAll(/[^\w.-]/g, '');
}
