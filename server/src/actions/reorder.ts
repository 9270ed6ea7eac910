import { formatPath } from '#compose/values/path.ts';
import type { MapEntry, Node } from '#compose/syntax/node.ts';
import { keyText } from '#compose/syntax/edit.ts';
import type { SourceFile } from '../workspace/files.ts';
import type { Edit } from './fix.ts';

/** The parts of a collection, each with the comments above it, in another order; `undefined` where it is not written line by line. */
export function reorder(file: SourceFile, path: string, order: readonly string[]): Edit | undefined {
  for (const root of file.roots) {
    const found = collectionAt(root, path);
    if (found !== undefined) return reordered(file.text, found, order);
  }
  return undefined;
}

function collectionAt(root: Node, path: string, at: readonly string[] = []): Node | undefined {
  if (formatPath(at) === path) return root;
  if (root.kind !== 'map') return undefined;
  for (const entry of root.entries) {
    const inner = [...at, keyText(entry)];
    if (path === formatPath(inner) || path.startsWith(`${formatPath(inner)}.`)) {
      const found = collectionAt(entry.value, path, inner);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function reordered(text: string, node: Node, order: readonly string[]): Edit | undefined {
  if ((node.kind !== 'map' && node.kind !== 'seq') || node.flow) return undefined;
  const places =
    node.kind === 'map'
      ? node.entries.map((entry: MapEntry) => ({ name: keyText(entry), at: entry.key.span.start }))
      : node.items.flatMap((item) =>
          item.kind === 'scalar' ? [{ name: item.source, at: item.span.start }] : [],
        );
  const first = places[0];
  if (first === undefined) return undefined;
  // A key that shares its line with a dash has no line to be moved with.
  const lead = (at: number) => text.slice(lineStart(text, at), at);
  if (places.some(({ at }) => (node.kind === 'map' ? lead(at).trim() !== '' : /[^\s-]/.test(lead(at)))))
    return undefined;
  const top = lead(first.at) === '' && node.kind === 'map';
  const starts = places.map(({ at }, i) => {
    // What a file begins with is about the whole of it.
    const start = lineStart(text, at);
    return i === 0 && top ? start : withComments(text, start);
  });
  const [begin = 0] = starts;
  const end = endOf(text, node.span.end);
  // Blank lines stay where they are: they part first from second, whatever these are.
  const parts = places.map(({ name }, i) => {
    const content = text.slice(starts[i], starts[i + 1] ?? end);
    const body = content.trimEnd();
    const rest = content.slice(body.length);
    return { name, body, gap: rest.startsWith('\r') ? rest.slice(2) : rest.slice(1) };
  });
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const bodies = new Map(parts.map(({ name, body }) => [name, body]));
  const newText = order.map((name, i) => `${bodies.get(name) ?? ''}${eol}${parts[i]?.gap ?? ''}`).join('');
  return { start: begin, end, newText: text.slice(begin, end).endsWith('\n') ? newText : newText.trimEnd() };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Comments right above a line belong to it. */
function withComments(text: string, start: number): number {
  let at = start;
  while (at > 0) {
    const above = lineStart(text, at - 1);
    if (!text.slice(above, at).trim().startsWith('#')) break;
    at = above;
  }
  return at;
}

function endOf(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at -= 1;
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.length : newline + 1;
}
