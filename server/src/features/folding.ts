import { type FoldingRange, FoldingRangeKind, type ServerCapabilities } from 'vscode-languageserver';
import type { Node } from '#compose/syntax/node.ts';
import { type FeatureContext, onDocument } from '../context.ts';
import type { SourceFile } from '../workspace/files.ts';

/** Whatever takes several lines can be folded to its first: entries, items, texts, brackets, and runs of comments. */
export function register(context: FeatureContext): Partial<ServerCapabilities> {
  context.connection.onFoldingRanges((params, token) =>
    onDocument<FoldingRange[]>(context, 'Folding', params.textDocument.uri, token, [], (file) =>
      file.derive(foldingRanges).slice(0, context.client.foldingLimit),
    ),
  );
  return { foldingRangeProvider: true };
}

function foldingRanges(file: SourceFile): FoldingRange[] {
  const ranges = new Map<number, FoldingRange>();
  const lineOf = (offset: number) => file.document.positionAt(offset).line;
  const add = (from: number, to: number) => {
    const startLine = lineOf(from);
    const endLine = lineOf(lastVisible(file.text, to));
    const known = ranges.get(startLine);
    if (endLine > startLine && (known === undefined || known.endLine < endLine))
      ranges.set(startLine, { startLine, endLine });
  };
  const visit = (node: Node): void => {
    if (node.kind === 'map') {
      if (node.flow) add(node.span.start, node.span.end);
      for (const { key, value } of node.entries) {
        add(key.span.start, Math.max(key.span.end, value.span.end));
        visit(value);
      }
    } else if (node.kind === 'seq') {
      if (node.flow) add(node.span.start, node.span.end);
      for (const item of node.items) {
        add(item.span.start, item.span.end);
        visit(item);
      }
    }
  };
  for (const root of file.roots) visit(root);
  return [...ranges.values(), ...commentRanges(file.text)].sort((a, b) => a.startLine - b.startLine);
}

/** The last character before an offset that is not white space. */
function lastVisible(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at -= 1;
  return Math.max(at - 1, 0);
}

function commentRanges(text: string): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  let start: number | undefined;
  const lines = text.split('\n');
  for (let line = 0; line <= lines.length; line += 1) {
    if (lines[line]?.trimStart().startsWith('#') === true) {
      start ??= line;
      continue;
    }
    if (start !== undefined && line - 1 > start)
      ranges.push({ startLine: start, endLine: line - 1, kind: FoldingRangeKind.Comment });
    start = undefined;
  }
  return ranges;
}
