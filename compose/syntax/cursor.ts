import type { CursorContext } from './cursor-context.ts';
import type { Path } from '../values/path.ts';
import { flowContext } from './cursor-flow.ts';
import { keyAt, valueKind } from './cursor-lines.ts';
import { BlockScan, type Container } from './cursor-scan.ts';

/** The context at `offset`, or `undefined` where nothing can be suggested: comments, text of block scalars, misfit indentation. */
export function cursorContext(text: string, offset: number): CursorContext | undefined {
  const scan = new BlockScan(text);
  const lineStart = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  scan.advanceTo(lineStart);
  const lineEnd = endOfLine(text, offset);
  const open = scan.openScalar(text.slice(lineStart, offset));
  if (open === 'text') return undefined;
  if (scan.flowStart !== undefined) {
    return flowContext(text, scan.flowStart, offset, scan.flowPath, scan.flowColumn);
  }

  const line = text.slice(lineStart, lineEnd);
  let column = 0;
  while (line[column] === ' ') column += 1;
  const cursor = offset - lineStart;
  if (cursor < column) {
    if (line.trim() !== '') return undefined;
    column = cursor;
  }
  if (line.trim() === '') column = cursor;
  if (line.startsWith('\t', column) || line[column] === '#') return undefined;

  // Dashes before the cursor open items; what follows one is a line of its own, further right.
  let inItem = false;
  while (line[column] === '-' && (line[column + 1] === ' ' || line[column + 1] === undefined)) {
    if (cursor <= column) return undefined;
    if (!scan.openItem(column)) return undefined;
    inItem = true;
    let next = column + 1;
    while (line[next] === ' ') next += 1;
    if (cursor < next || next >= line.length) {
      const at = Math.max(cursor, column + 1);
      return valueContext(scan.childPath(), text, lineStart + at, lineStart + at, offset, {
        column: Math.max(at, column + 2),
        spaceOwed: cursor === column + 1,
        key: true,
        keys: scan.keysBelow(lineEnd, column + 1),
        items: scan.items(),
      });
    }
    column = next;
  }

  const key = keyAt(line, column);
  if (key !== undefined && cursor > key.colon) {
    scan.openKey(column, key.name);
    return afterColon(scan, text, lineStart, line, key.colon, offset);
  }
  if (key === undefined && inItem) return itemWord(scan, text, lineStart, line, column, offset, lineEnd);
  if (valueKind(line[column]) === 'flow' && cursor > column) {
    const path = scan.flowPathAt(column);
    return path === undefined ? undefined : flowContext(text, lineStart + column, offset, path, column);
  }
  return keyOrSlot(scan, text, lineStart, line, column, offset, lineEnd, key?.colon);
}

/** After `key:` on its line. */
function afterColon(
  scan: BlockScan,
  text: string,
  lineStart: number,
  line: string,
  colon: number,
  offset: number,
): CursorContext | undefined {
  let start = colon + 1;
  const cursor = offset - lineStart;
  while (line[start] === ' ' && start < cursor) start += 1;
  // Tags and anchors stand before the value.
  for (;;) {
    const property = /^[!&][^\s,[\]{}]*[ \t]+/.exec(line.slice(start, cursor));
    if (property === null) break;
    start += property[0].length;
  }
  const kind = valueKind(line[start]);
  if (kind === 'flow' && start < cursor) {
    return flowContext(text, lineStart + start, offset, scan.childPath(), start);
  }
  if (kind === 'comment' && start < cursor) return undefined;
  if (kind === 'block' && start < cursor) return undefined;
  if (/\s#/.test(line.slice(start, cursor)) && kind === 'plain') return undefined;
  return valueContext(scan.childPath(), text, lineStart + start, lineStart + line.length, offset, {
    column: start,
    spaceOwed: start === colon + 1,
    key: false,
    keys: [],
    items: [],
  });
}

/** A word after `- `: a scalar, or the first key of a map. */
function itemWord(
  scan: BlockScan,
  text: string,
  lineStart: number,
  line: string,
  column: number,
  offset: number,
  lineEnd: number,
): CursorContext | undefined {
  const kind = valueKind(line[column]);
  if (kind === 'flow' && offset > lineStart + column) {
    return flowContext(text, lineStart + column, offset, scan.childPath(), column);
  }
  if (kind === 'block' || kind === 'comment') return undefined;
  if (kind === 'plain' && /\s#/.test(line.slice(column, offset - lineStart))) return undefined;
  return valueContext(scan.childPath(), text, lineStart + column, lineEnd, offset, {
    column,
    spaceOwed: false,
    key: true,
    keys: scan.keysBelow(lineEnd, column),
    items: scan.items(),
  });
}

interface ValuePlace {
  readonly column: number;
  readonly spaceOwed: boolean;
  readonly key: boolean;
  readonly keys: readonly string[];
  readonly items: readonly string[];
}

function valueContext(
  path: Path,
  text: string,
  start: number,
  lineEnd: number,
  offset: number,
  place: ValuePlace,
): CursorContext | undefined {
  const first = text[start];
  const quote = start < offset && (first === '"' || first === "'") ? first : '';
  const from = quote === '' ? start : start + 1;
  let end = lineEnd;
  if (quote !== '') {
    const close = text.indexOf(quote, from);
    if (close !== -1 && close < offset) return undefined;
    if (close !== -1 && close < lineEnd) end = close;
  } else {
    const comment = /\s+#/.exec(text.slice(from, lineEnd));
    if (comment !== null) end = from + comment.index;
    while (end > offset && /\s/.test(text[end - 1] ?? '')) end -= 1;
    // Behind a finished word nothing but more words of a text could follow.
    if (/\S\s+$/.test(text.slice(from, offset))) return undefined;
  }
  return {
    path,
    fits: { key: place.key && quote === '', item: false, scalar: true },
    keys: place.keys,
    items: place.items,
    word: text.slice(from, offset),
    start: from,
    end: Math.max(end, offset),
    quote,
    flow: false,
    column: place.column,
    colonFollows: false,
    spaceOwed: place.spaceOwed,
  };
}

/** A key (being typed), or an empty place. */
function keyOrSlot(
  scan: BlockScan,
  text: string,
  lineStart: number,
  line: string,
  column: number,
  offset: number,
  lineEnd: number,
  colon: number | undefined,
): CursorContext | undefined {
  const container = scan.containerAt(column);
  if (container === undefined) return undefined;
  const isNew = line.trim() === '';
  if (isNew && container.path.length === 0 && scan.isMisfitAbove(lineEnd, column)) return undefined;
  const found = describeContainer(scan, container, lineEnd, column);
  const first = line[column];
  const quote = first === '"' || first === "'" ? first : '';
  const start = lineStart + column + quote.length;
  let end = colon === undefined ? lineEnd : lineStart + colon;
  while (end > offset && /\s/.test(text[end - 1] ?? '')) end -= 1;
  const word = text.slice(Math.min(start, offset), offset);
  if (/\s#/.test(word)) return undefined;
  return {
    ...found,
    fits: colon === undefined ? found.fits : { key: true, item: false, scalar: false },
    word,
    start: Math.min(start, offset),
    end: Math.max(end, offset),
    quote,
    flow: false,
    column,
    colonFollows: colon !== undefined,
    spaceOwed: false,
  };
}

function describeContainer(
  scan: BlockScan,
  container: Container,
  lineEnd: number,
  column: number,
): Pick<CursorContext, 'path' | 'fits' | 'keys' | 'items'> {
  const below = scan.firstBelow(lineEnd, column);
  switch (container.kind) {
    case 'map':
      return {
        path: container.path,
        fits: { key: true, item: false, scalar: false },
        keys: [...container.keys, ...scan.keysBelow(lineEnd, column)],
        items: [],
      };
    case 'seq':
      return {
        path: container.path,
        fits: { key: false, item: true, scalar: false },
        keys: [],
        items: container.items,
      };
    case 'empty':
      return {
        path: container.path,
        fits: {
          key: below !== 'item',
          item: below !== 'key',
          scalar: below === undefined && container.path.length > 0,
        },
        keys: below === 'key' ? scan.keysBelow(lineEnd, column) : [],
        items: [],
      };
  }
}

function endOfLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  const end = newline === -1 ? text.length : newline;
  return text[end - 1] === '\r' && end - 1 >= offset ? end - 1 : end;
}
