import type { MapEntry, Node } from '#compose/syntax/node.ts';

/** Lines of a value that a hover shows at most. */
const limit = 30;

/** An entry of a mapping as it is written, moved to the left margin. */
export function excerptOfEntry(text: string, entry: Pick<MapEntry, 'key' | 'value'>): string {
  const { start } = entry.key.span;
  return dedent(text, start, Math.max(entry.key.span.end, entry.value.span.end));
}

export function excerptOfNode(text: string, node: Node): string {
  return dedent(text, node.span.start, node.span.end);
}

function dedent(text: string, start: number, end: number): string {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lead = text.slice(lineStart, start);
  const margin = /^[\s-]*$/.test(lead) ? lead.length : (/^[\s-]*/.exec(lead)?.[0].length ?? 0);
  const lines = text.slice(start, end).trimEnd().split(/\r?\n/);
  const shown = lines.map((line, i) => (i === 0 ? line : line.slice(Math.min(margin, indentOf(line)))));
  if (shown.length > limit) shown.splice(limit, Infinity, '…');
  return shown.join('\n');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
