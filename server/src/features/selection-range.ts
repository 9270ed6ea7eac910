import type { SelectionRange, ServerCapabilities } from 'vscode-languageserver';
import { nodeAt } from '#compose/syntax/at.ts';
import type { Span } from '#compose/problem/span.ts';
import { type FeatureContext, onDocument } from '../context.ts';
import { toRange } from '../to-lsp/ranges.ts';
import { innerSpan } from '#compose/model/symbols.ts';
import type { SourceFile } from '../workspace/files.ts';

/** Grows a selection from the word to the value, the entry, the collection, up to the file. */
export function register(context: FeatureContext): Partial<ServerCapabilities> {
  context.connection.onSelectionRanges((params, token) =>
    onDocument<SelectionRange[]>(context, 'Selection', params.textDocument.uri, token, [], (file) =>
      params.positions.map((position) => selection(file, file.document.offsetAt(position))),
    ),
  );
  return { selectionRangeProvider: true };
}

type Range = Pick<Span, 'start' | 'end'>;

function selection(file: SourceFile, offset: number): SelectionRange {
  let range: SelectionRange = { range: toRange(file.document, { start: 0, end: file.text.length }) };
  let last: Range = { start: 0, end: file.text.length };
  for (const next of spansAround(file, offset)) {
    const grows = next.start >= last.start && next.end <= last.end;
    if (!grows || (next.start === last.start && next.end === last.end)) continue;
    range = { range: toRange(file.document, next), parent: range };
    last = next;
  }
  return range;
}

/** From the outermost to the innermost. */
function spansAround(file: SourceFile, offset: number): Range[] {
  const spans: Range[] = [];
  for (const root of file.roots) {
    if (offset < root.span.start || offset > root.span.end) continue;
    const { nodes, onKey } = nodeAt(root, offset);
    for (const node of nodes) {
      if (node.keySpan !== undefined) spans.push({ start: node.keySpan.start, end: node.span.end });
      if (node !== nodes.at(-1) || !onKey) spans.push(node.span);
    }
    const last = nodes.at(-1);
    if (onKey && last?.keySpan !== undefined) spans.push(last.keySpan);
    else if (last?.kind === 'scalar') spans.push(innerSpan(last));
  }
  return spans.filter((span) => span.start <= offset && offset <= span.end);
}
