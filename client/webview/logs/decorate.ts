import type { Style, StyledText } from './ansi.ts';

/** Something in a line that leads elsewhere. */
export type Link =
  | { readonly kind: 'url'; readonly start: number; readonly end: number; readonly url: string }
  | {
      readonly kind: 'file';
      readonly start: number;
      readonly end: number;
      readonly path: string;
      readonly line: number;
      readonly column: number;
    };

/** A part of a line that looks the same throughout. */
export interface Piece {
  readonly text: string;
  readonly style: Style | undefined;
  readonly isMatch: boolean;
  readonly link: Link | undefined;
}

/** Longer lines are neither searched for links nor cut into pieces beyond this: nobody reads them, and the page has to draw them. */
export const drawnLength = 20_000;

const urls = /\bhttps?:\/\/[^\s"'<>`\\^{}|]+[^\s"'<>`\\^{}|.,;:!?)\]]/g;
const pythonFiles = /File "([^"]+)", line (\d+)/g;
/** `src/app.js:12`, `/app/src/app.js:12:5`, `C:\src\app.cs:12`; an extension is asked for, so that times and addresses are none. */
const files =
  /(?:file:\/\/)?((?:[A-Za-z]:[\\/]|[\\/]|\.{1,2}[\\/])?(?:[\w.@+-]+[\\/])*[\w.@+-]*[\w-]\.[A-Za-z]\w{0,7}):(\d+)(?::(\d+))?/g;

/** Addresses and places in files, in order, none over another. */
export function linksIn(text: string): readonly Link[] {
  if (text.length > drawnLength) return [];
  const links: Link[] = [];
  if (text.includes('://'))
    for (const match of text.matchAll(urls))
      links.push({ kind: 'url', start: match.index, end: match.index + match[0].length, url: match[0] });
  const isFree = (start: number, end: number) =>
    links.every((link) => end <= link.start || link.end <= start);
  for (const match of text.matchAll(pythonFiles)) {
    const end = match.index + match[0].length;
    if (isFree(match.index, end))
      links.push({
        kind: 'file',
        start: match.index,
        end,
        path: match[1] ?? '',
        line: Number(match[2]),
        column: 1,
      });
  }
  if (text.includes(':'))
    for (const match of text.matchAll(files)) {
      const end = match.index + match[0].length;
      const path = match[1] ?? '';
      if (!isFree(match.index, end) || isHostName(path)) continue;
      links.push({
        kind: 'file',
        start: match.index,
        end,
        path,
        line: Number(match[2]),
        column: Number(match[3] ?? 1),
      });
    }
  return links.sort((a, b) => a.start - b.start);
}

/** The line cut where anything about it changes. `expression` is global. */
export function pieces(
  { text: whole, ranges }: StyledText,
  links: readonly Link[],
  expression: RegExp | undefined,
): readonly Piece[] {
  const text = whole.length > drawnLength ? `${whole.slice(0, drawnLength)} …` : whole;
  const found = expression === undefined ? [] : matchesIn(text, expression);
  if (ranges.length === 0 && links.length === 0 && found.length === 0)
    return [{ text, style: undefined, isMatch: false, link: undefined }];
  const edges = new Set([0, text.length]);
  for (const { start, end } of [...ranges, ...links, ...found]) {
    if (start < text.length) edges.add(start);
    if (end < text.length) edges.add(end);
  }
  const sorted = [...edges].sort((a, b) => a - b);
  const parts: Piece[] = [];
  for (let i = 0; i + 1 < sorted.length; i++) {
    const start = sorted[i] ?? 0;
    const covers = (range: { readonly start: number; readonly end: number }) =>
      range.start <= start && start < range.end;
    parts.push({
      text: text.slice(start, sorted[i + 1]),
      style: ranges.find(covers)?.style,
      isMatch: found.some(covers),
      link: links.find(covers),
    });
  }
  return parts;
}

/** `example.com:443` is an address, `server.go:443` a place; only the common endings of addresses are told apart. */
function isHostName(path: string): boolean {
  return !/[\\/]/.test(path) && /\.(?:com|org|net|io|dev|local|internal|localhost)$/i.test(path);
}

function matchesIn(text: string, expression: RegExp): { readonly start: number; readonly end: number }[] {
  const found: { readonly start: number; readonly end: number }[] = [];
  for (const match of text.matchAll(expression)) {
    if (match[0] !== '') found.push({ start: match.index, end: match.index + match[0].length });
    if (found.length >= 1000) break;
  }
  return found;
}
