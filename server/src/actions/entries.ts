import { nodeAt } from '#compose/syntax/at.ts';
import type { MapNode } from '#compose/syntax/node.ts';
import type { SourceFile } from '../workspace/files.ts';
import type { Edit } from './fix.ts';

/** Takes away the mapping entry whose key is at an offset: whole lines in block style, with its comma in flow style. */
export function removeEntryAt(file: SourceFile, offset: number): Edit | undefined {
  for (const root of file.roots) {
    if (offset < root.span.start || offset > root.span.end) continue;
    const { nodes } = nodeAt(root, offset);
    for (const [depth, node] of nodes.entries()) {
      if (node.kind !== 'map') continue;
      const index = node.entries.findIndex(({ key }) => key.span.start <= offset && offset <= key.span.end);
      if (index !== -1) return removeEntry(file.text, node, index, depth === 0);
    }
  }
  return undefined;
}

function removeEntry(text: string, map: MapNode, index: number, top: boolean): Edit | undefined {
  const entry = map.entries[index];
  if (entry === undefined || !isInOrder(map, index)) return undefined;
  if (map.flow) {
    const next = map.entries[index + 1];
    const previous = map.entries[index - 1];
    if (next !== undefined) return { start: entry.key.span.start, end: next.key.span.start, newText: '' };
    const start = previous === undefined ? entry.key.span.start : previous.value.span.end;
    return { start, end: entry.value.span.end, newText: '' };
  }
  const start = text.lastIndexOf('\n', entry.key.span.start - 1) + 1;
  const newline = text.indexOf('\n', Math.max(entry.key.span.end, trimmedEnd(text, entry.value.span.end)));
  let end = newline === -1 ? text.length : newline + 1;
  // An item's first key shares its line with the dash.
  if (text.slice(start, entry.key.span.start).trim() !== '') {
    const next = map.entries[index + 1];
    return next === undefined
      ? undefined
      : { start: entry.key.span.start, end: next.key.span.start, newText: '' };
  }
  // The only child would leave its parent without a value.
  if (map.entries.length === 1 && !top) {
    const before = text.lastIndexOf('\n', start - 1);
    return {
      start: before === -1 ? start : before,
      end: newline === -1 ? text.length : newline,
      newText: ' {}',
    };
  }
  // A blank line that set it apart goes with it.
  if (top && /^\r?\n/.test(text.slice(end)) && start === 0) end = text.indexOf('\n', end) + 1;
  return { start, end, newText: '' };
}

/** In a broken file what is read last may stand first: nobody can say where such an entry begins and ends. */
function isInOrder(map: MapNode, index: number): boolean {
  const [previous, entry, next] = [map.entries[index - 1], map.entries[index], map.entries[index + 1]];
  const places = [
    previous?.value.span.end,
    entry?.key.span.start,
    entry?.key.span.end,
    entry?.value.span.end,
    next?.key.span.start,
  ].filter((place) => place !== undefined);
  return places.every((place, at) => at === 0 || place >= (places[at - 1] ?? 0));
}

function trimmedEnd(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at -= 1;
  return at;
}
