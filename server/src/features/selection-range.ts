import type { SelectionRange, ServerCapabilities } from 'vscode-languageserver';
import { locate } from '#compose/syntax/locate.ts';
import type { Span } from '#compose/syntax/span.ts';
import { type FeatureContext, onDocument } from '../context.ts';
import { toRange } from '../convert/ranges.ts';
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
    const found = locate(root, offset);
    if (found === undefined) continue;
    for (const node of [...found.parents, found.node]) {
      if (node.keySpan !== undefined) spans.push({ start: node.keySpan.start, end: node.span.end });
      spans.push(node.span);
    }
    const word = found.key ?? found.node;
    spans.push(word.span);
    if (word.kind === 'scalar') spans.push(innerSpan(word));
  }
  return spans.filter((span) => span.start <= offset && offset <= span.end);
}
