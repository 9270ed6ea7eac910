import type { Style, StyledText } from './ansi.ts';
import { filePlaces } from './file-places.ts';

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

/** Longer lines are cut here: nobody reads them, and the page has to draw them. */
export const drawnLength = 20_000;
/** Links are looked for up to here. */
export const searchedLength = 2000;
/** So many links, styles and matches of a line are shown each; what comes behind is plain. */
export const mostLinks = 100;
export const mostParts = 500;

const urls = /\bhttps?:\/\/[^\s"'<>`\\^{}|]+[^\s"'<>`\\^{}|.,;:!?)\]]/g;
const pythonFiles = /File "([^"]{1,1000})", line (\d{1,7})/g;

/** Addresses and places in files, in order, none over another. `look` is called for each character that is looked at one by one. */
export function linksIn(whole: string, look?: () => void): readonly Link[] {
  const text = whole.length > searchedLength ? whole.slice(0, searchedLength) : whole;
  const links: Link[] = [];
  const add = (link: Link) => {
    if (links.length < mostLinks && links.every(({ start, end }) => link.end <= start || end <= link.start))
      links.push(link);
  };
  if (text.includes('://'))
    for (const match of text.matchAll(urls))
      add({ kind: 'url', start: match.index, end: match.index + match[0].length, url: match[0] });
  for (const match of text.matchAll(pythonFiles))
    add({
      kind: 'file',
      start: match.index,
      end: match.index + match[0].length,
      path: match[1] ?? '',
      line: Number(match[2]),
      column: 1,
    });
  if (text.includes(':'))
    for (const place of filePlaces(text, look)) if (!isHostName(place.path)) add({ kind: 'file', ...place });
  return links.sort((a, b) => a.start - b.start);
}

/** The line cut where anything about it changes. Ranges and links are in order, none over another; `expression` is global. */
export function pieces(
  { text: whole, ranges: all }: StyledText,
  links: readonly Link[],
  expression: RegExp | undefined,
): readonly Piece[] {
  const text = whole.length > drawnLength ? `${whole.slice(0, drawnLength)} …` : whole;
  const found = expression === undefined ? [] : matchesIn(text, expression);
  const ranges = all.length > mostParts ? all.slice(0, mostParts) : all;
  if (ranges.length === 0 && links.length === 0 && found.length === 0)
    return [{ text, style: undefined, isMatch: false, link: undefined }];
  const edges = new Set([0, text.length]);
  for (const { start, end } of [...ranges, ...links, ...found]) {
    if (start < text.length) edges.add(start);
    if (end < text.length) edges.add(end);
  }
  const sorted = [...edges].sort((a, b) => a - b);
  const rangeAt = walk(ranges);
  const linkAt = walk(links);
  const matchAt = walk(found);
  return sorted.slice(0, -1).map((start, i) => ({
    text: text.slice(start, sorted[i + 1]),
    style: rangeAt(start)?.style,
    isMatch: matchAt(start) !== undefined,
    link: linkAt(start),
  }));
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Which of the stretches a place is in, asked for places in their order. */
function walk<T extends Stretch>(stretches: readonly T[]): (place: number) => T | undefined {
  let at = 0;
  return (place) => {
    while ((stretches[at]?.end ?? Number.POSITIVE_INFINITY) <= place) at++;
    const stretch = stretches[at];
    return stretch !== undefined && stretch.start <= place ? stretch : undefined;
  };
}

/** `example.com:443` is an address, `server.go:443` a place; only the common endings of addresses are told apart. */
function isHostName(path: string): boolean {
  return !/[\\/]/.test(path) && /\.(?:com|org|net|io|dev|local|internal|localhost)$/i.test(path);
}

function matchesIn(text: string, expression: RegExp): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const match of text.matchAll(expression)) {
    if (match[0] !== '') found.push({ start: match.index, end: match.index + match[0].length });
    if (found.length >= mostParts) break;
  }
  return found;
}
