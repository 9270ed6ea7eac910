import type { ScalarNode } from './node.ts';
import type { Span } from '../problem/span.ts';

/**
 * Where a part of a scalar's source stands in its document. `start` and `end` are offsets in `scalar.source`. Without the document's text, the whole
 * scalar where quoting, escapes or folding make the two differ.
 */
export function spanInScalar(scalar: ScalarNode, start: number, end: number, text?: string): Span {
  const { span, source } = scalar;
  const quotes = scalar.style === 'single' || scalar.style === 'double' ? 1 : 0;
  if (span.end - span.start === source.length + 2 * quotes && !isBlock(scalar)) {
    const first = span.start + quotes;
    return { uri: span.uri, start: first + start, end: first + end };
  }
  if (text === undefined) return span;
  const offsets = scalarOffsets(scalar, text);
  const from = offsets[start];
  const to = offsets[end];
  return from === undefined || to === undefined ? span : { uri: span.uri, start: from, end: to };
}

/** The offset in a scalar's source of a place in its document; `undefined` if the place is outside the scalar. */
export function offsetInSource(scalar: ScalarNode, text: string, place: number): number | undefined {
  if (place < scalar.span.start || place > scalar.span.end) return undefined;
  const offsets = scalarOffsets(scalar, text);
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * For every character of a scalar's source, and for its end, the offset in the document where it is written. A character that folding made from a line
 * break stands at the break.
 */
export function scalarOffsets(scalar: ScalarNode, text: string): readonly number[] {
  const raw = text.slice(scalar.span.start, scalar.span.end);
  const pieces = isBlock(scalar) ? blockPieces(raw) : flowPieces(raw, scalar.style);
  const { source } = scalar;
  const offsets: number[] = [];
  let lastEnd = 0;
  for (const piece of pieces) {
    if (offsets.length >= source.length) break;
    if (piece.made === undefined) {
      // A line break: a space, a line break, or nothing at all.
      const char = source[offsets.length];
      if (char !== ' ' && char !== '\n') continue;
      offsets.push(scalar.span.start + piece.at);
      lastEnd = piece.at + 1;
      continue;
    }
    for (let unit = 0; unit < piece.made.length; unit++) offsets.push(scalar.span.start + piece.at);
    lastEnd = piece.at + piece.length;
  }
  while (offsets.length < source.length) offsets.push(scalar.span.start + lastEnd);
  offsets.push(scalar.span.start + lastEnd);
  return offsets;
}

function isBlock({ style }: ScalarNode): boolean {
  return style === 'literal' || style === 'folded';
}

/** A stretch of the raw text and what it stands for; `made` is absent for a line break. */
interface Piece {
  readonly at: number;
  readonly length: number;
  readonly made?: string;
}

function* flowPieces(raw: string, style: ScalarNode['style']): Generator<Piece> {
  const quoted = style === 'single' || style === 'double';
  const end = quoted && raw.length > 1 ? raw.length - 1 : raw.length;
  let at = quoted ? 1 : 0;
  while (at < end) {
    const lineBreak = /^[ \t]*\r?\n[ \t]*/.exec(raw.slice(at, Math.min(end, at + 1000)))?.[0];
    if (lineBreak !== undefined) {
      yield { at: at + lineBreak.search(/\r?\n/), length: 1 };
      at += lineBreak.length;
    } else if (style === 'single' && raw.startsWith("''", at)) {
      yield { at, length: 2, made: "'" };
      at += 2;
    } else if (style === 'double' && raw[at] === '\\') {
      const escaped = escapeAt(raw, at);
      if (escaped.made !== '') yield { at, ...escaped };
      at += escaped.length;
    } else {
      yield { at, length: 1, made: raw[at] ?? '' };
      at += 1;
    }
  }
}

/** How much of the text an escape takes, and as many characters as it stands for. */
function escapeAt(raw: string, at: number): { readonly length: number; readonly made: string } {
  const lineBreak = /^\\\r?\n[ \t]*/.exec(raw.slice(at, at + 1000));
  if (lineBreak !== null) return { length: lineBreak[0].length, made: '' };
  const digits = { x: 2, u: 4, U: 8 }[raw[at + 1] ?? ''] ?? 0;
  const code = Number.parseInt(raw.slice(at + 2, at + 2 + digits), 16);
  return { length: 2 + digits, made: code > 0xffff ? '\ud800\udc00' : '?' };
}

function* blockPieces(raw: string): Generator<Piece> {
  const header = raw.indexOf('\n') + 1;
  if (header === 0) return;
  const body = raw.slice(header);
  const indent = Math.min(...[...body.matchAll(/^( *)[^ \r\n]/gm)].map(([, spaces = '']) => spaces.length));
  let at = header;
  for (const line of body.split('\n')) {
    const content = line.endsWith('\r') ? line.slice(0, -1) : line;
    for (let column = indent; column < content.length; column++) {
      yield { at: at + column, length: 1, made: content[column] ?? '' };
    }
    yield { at: at + content.length, length: 1 };
    at += line.length + 1;
  }
}
