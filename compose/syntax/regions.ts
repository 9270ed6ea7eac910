import type { MapEntry, MapNode } from './node.ts';
import type { ParsedFile } from './parsed-file.ts';

/** The part of a text that changed between two versions of it. */
export interface Change {
  readonly start: number;
  /** In the old text. */
  readonly oldEnd: number;
  /** In the new text. */
  readonly newEnd: number;
}

const PIECE = 1024;

/** The shortest change that makes one text of the other; lines that are put in or taken out count as whole lines. */
export function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  // Whole pieces first: comparing them costs next to nothing.
  while (start + PIECE <= shorter && before.slice(start, start + PIECE) === after.slice(start, start + PIECE))
    start += PIECE;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let tail = 0;
  const pieceAt = (text: string) => text.slice(text.length - tail - PIECE, text.length - tail);
  while (tail + PIECE <= shorter - start && pieceAt(before) === pieceAt(after)) tail += PIECE;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail += 1;
  }
  return toLineStart({ start, oldEnd: before.length - tail, newEnd: after.length - tail }, before, after);
}

/** `  a` before `  b` may be seen as put in before the spaces of `b` or after them: before them is what people mean. */
function toLineStart(change: Change, before: string, after: string): Change {
  const { start, oldEnd, newEnd } = change;
  if (start !== oldEnd && start !== newEnd) return change;
  const longer = start === oldEnd ? after : before;
  const end = Math.max(oldEnd, newEnd);
  let by = 0;
  while (start - by > 0 && longer[start - by - 1] !== '\n') {
    if (longer[start - by - 1] !== longer[end - by - 1]) return change;
    by += 1;
  }
  return { start: start - by, oldEnd: oldEnd - by, newEnd: newEnd - by };
}

/**
 * A part of a file that can be parsed by itself: an entry of the top level, or of a mapping there (one service), from its key up to the last line
 * before the next.
 */
export interface Region {
  /** From the root down to the mapping that has the entry, and which of its entries lead there. */
  readonly levels: readonly { readonly map: MapNode; readonly index: number }[];
  readonly entry: MapEntry;
  /** Of the key; it is the first on its line. */
  readonly start: number;
  /** After the line end before the next entry's line, or of the text. */
  readonly end: number;
  /** Spaces before the key. */
  readonly indent: number;
}

/** The smallest region of a file that has the whole change in it; `undefined` when there is none. */
export function regionAround(file: ParsedFile, change: Change): Region | undefined {
  const [document] = file.documents;
  const root = document?.root;
  if (file.documents.length !== 1 || root?.kind !== 'map') return undefined;
  return regionIn(file.text, root, file.text.length, [], change);
}

const MAX_LEVELS = 2;

function regionIn(
  text: string,
  map: MapNode,
  mapEnd: number,
  above: Region['levels'],
  change: Change,
): Region | undefined {
  // An anchor that is still open would make its aliases inside mean something else.
  if (map.flow || map.anchor !== undefined || map.broken) return undefined;
  const index = map.entries.findLastIndex((entry) => entry.key.span.start <= change.start);
  const entry = map.entries[index];
  if (entry === undefined) return undefined;
  const start = entry.key.span.start;
  const indent = indentBefore(text, start);
  const end = regionEnd(text, map.entries[index + 1], mapEnd);
  if (indent === undefined || end === undefined || change.oldEnd > end) return undefined;
  const levels = [...above, { map, index }];
  const { value } = entry;
  if (value.kind === 'map' && levels.length < MAX_LEVELS) {
    const inner = regionIn(text, value, end, levels, change);
    if (inner !== undefined && inner.indent > indent) return inner;
  }
  return { levels, entry, start, end, indent };
}

/** How many spaces stand before an offset on its line; `undefined` if anything else does. */
function indentBefore(text: string, offset: number): number | undefined {
  // An empty key, an explicit one or an item: what it means depends on the lines above.
  if (INDICATOR.test(text.slice(offset, offset + 2))) return undefined;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  for (let at = lineStart; at < offset; at += 1) {
    if (text.charCodeAt(at) !== SPACE) return undefined;
  }
  return offset - lineStart;
}

function regionEnd(text: string, next: MapEntry | undefined, mapEnd: number): number | undefined {
  if (next === undefined) return mapEnd;
  const indent = indentBefore(text, next.key.span.start);
  return indent === undefined ? undefined : next.key.span.start - indent;
}

const SPACE = 0x20;
const INDICATOR = /^[:?-](?:\s|$)/;

/**
 * Whether the text of a region, from its key on, ends where its entry ends: every line after the first that says something is indented further
 * than the key, and nothing in it can change how lines below are read.
 */
export function isSelfContained(text: string, indent: number): boolean {
  if (INDICATOR.test(text)) return false;
  let lineStart = text.indexOf('\n') + 1;
  while (lineStart > 0 && lineStart < text.length) {
    let at = lineStart;
    while (text.charCodeAt(at) === SPACE) at += 1;
    const first = text[at];
    if (first === '\t') return false;
    const blank = first === undefined || first === '\n' || first === '\r' || first === '#';
    if (!blank && at - lineStart <= indent) return false;
    lineStart = text.indexOf('\n', at) + 1;
  }
  // Keys that are aliases, and carriage returns by themselves, are left to the whole parse.
  return !/^[ -]*\*[^\s:]+ *:|\r(?!\n)/m.test(text);
}
