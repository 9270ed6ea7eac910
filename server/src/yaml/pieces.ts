import type { MapNode } from '#compose/syntax/node.ts';
import type { ParsedFile } from '#compose/syntax/parsed-file.ts';

/** A part of a text that is formatted by itself. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  /** The line of the section that the piece is in, to be put in front of it. */
  readonly lead: string;
}

/** Shorter ones are not worth their overhead, longer ones keep other requests waiting. */
const lengthOfPiece = 8_000;

/**
 * A long text cut between entries of the top level and of its sections, such that its pieces, each formatted by itself, make up the formatted text.
 * The whole text as one piece where that is not certain: what has anchors, more documents than one or parts in flow style.
 */
export function piecesOf({ text, documents }: ParsedFile): readonly Piece[] {
  const whole = [{ start: 0, end: text.length, lead: '' }];
  const [document, ...others] = documents;
  const root = document?.root;
  if (text.length <= lengthOfPiece || root?.kind !== 'map' || others.length > 0) return whole;
  if (document?.anchors.length !== 0 || text.includes('prettier-ignore') || text.includes('\t')) return whole;
  const pieces: Piece[] = [];
  let piece = { start: 0, end: text.length, lead: '' };
  for (const { start, lead } of cutsIn(root, text)) {
    if (start - piece.start < lengthOfPiece) continue;
    pieces.push({ ...piece, end: start });
    piece = { start, end: text.length, lead };
  }
  return [...pieces, piece];
}

/** Places where a text can be cut, in order. */
function cutsIn(root: MapNode, text: string): readonly { readonly start: number; readonly lead: string }[] {
  if (root.flow) return [];
  const cuts: { start: number; lead: string }[] = [];
  for (const { key, value } of root.entries) {
    const section = lineStartOf(text, key.span.start);
    if (section === key.span.start && endsClearly(text, section)) cuts.push({ start: section, lead: '' });
    const line = text.slice(section, text.indexOf('\n', section) + 1);
    if (value.kind !== 'map' || value.flow || !/^[\w.-]+:\r?\n$/.test(line)) continue;
    for (const entry of value.entries) {
      const start = lineStartOf(text, entry.key.span.start);
      const isIndented =
        start < entry.key.span.start && text.slice(start, entry.key.span.start).trim() === '';
      if (isIndented && start > section + line.length && endsClearly(text, start))
        cuts.push({ start, lead: line.replace('\r', '') });
    }
  }
  return cuts;
}

function lineStartOf(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Whether the line before says something: comments and empty lines may belong to what comes next. */
function endsClearly(text: string, start: number): boolean {
  if (start === 0) return false;
  const before = text.slice(lineStartOf(text, start - 1), start).trim();
  return before !== '' && !before.startsWith('#') && !before.startsWith('---') && !before.startsWith('%');
}
