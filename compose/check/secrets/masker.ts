import { base64 } from './base64.ts';
import { isCommonWord } from './plain-value.ts';
import { type Piece, secretPieces } from './secret-shapes.ts';
import { shortest } from './secret-values.ts';

/** What stands instead of a secret. */
export const mask = '***';

/**
 * The texts that a set of values may stand as: as they are, escaped in JSON, YAML and URLs, in Base64, their lines apart. Finding them takes as long
 * as the text is, however many there are.
 */
export class KnownValues {
  /** By their first characters, the longest first. */
  readonly #byStart = new Map<string, readonly string[]>();

  constructor(values: Iterable<string>) {
    const forms = new Set<string>();
    for (const value of values) for (const form of formsOf(value)) forms.add(form);
    const longestFirst = [...forms]
      .filter(({ length }) => length >= shortest)
      .sort((a, b) => b.length - a.length);
    for (const form of longestFirst) {
      const start = form.slice(0, shortest);
      this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), form]);
    }
  }

  piecesIn(text: string): readonly Piece[] {
    if (this.#byStart.size === 0) return [];
    const pieces: Piece[] = [];
    for (let at = 0; at + shortest <= text.length; at += 1) {
      const found = this.#byStart.get(text.slice(at, at + shortest))?.find((form) => stands(form, text, at));
      if (found !== undefined) pieces.push({ start: at, end: at + found.length });
    }
    return pieces;
  }
}

/** The text without what is known to be a secret, and without what looks like one. */
export function maskText(text: string, known: KnownValues | undefined): string {
  return withoutPieces(text, [...(known?.piecesIn(text) ?? []), ...secretPieces(text)]);
}

/** The text with pieces replaced; those that overlap become one. */
export function withoutPieces(text: string, pieces: readonly Piece[]): string {
  let result = '';
  let end = 0;
  let covered: Piece | undefined;
  const close = (): void => {
    if (covered === undefined) return;
    result += text.slice(end, covered.start) + mask;
    end = covered.end;
  };
  for (const piece of [...pieces].sort((a, b) => a.start - b.start)) {
    if (covered !== undefined && piece.start < covered.end)
      covered = { start: covered.start, end: Math.max(covered.end, piece.end) };
    else {
      close();
      covered = piece;
    }
  }
  close();
  return result + text.slice(end);
}

/** A short value only where it is a word of its own: `abcd` is not in `abcdef`. */
function stands(form: string, text: string, at: number): boolean {
  if (!text.startsWith(form, at)) return false;
  if (form.length > 6) return true;
  return !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '') && !/[\p{L}\p{N}]/u.test(text[at + form.length] ?? '');
}

function formsOf(value: string): readonly string[] {
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  const texts =
    lines.length === 1
      ? [value]
      : [value, ...lines.filter((line) => line.length >= 8 && !isCommonWord(line))];
  return texts.flatMap((text) => [
    text,
    text.replaceAll('$', '$$$$'),
    text.replaceAll("'", "''"),
    JSON.stringify(text).slice(1, -1),
    text.replaceAll(/[\\`*_{}[\]()#+\-.!|<>$~]/g, '\\$&'),
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    ...encoded(text),
  ]);
}

/** As a part of a URL, and in Base64 with whatever stands before and behind it. */
function encoded(text: string): readonly string[] {
  if (text.length < 6 || /\p{Surrogate}/u.test(text)) return [];
  const url = encodeURIComponent(text);
  const inBase64 = [0, 1, 2].flatMap((before) => {
    const whole = base64(`${' '.repeat(before)}${text}`);
    // The characters at both ends hold bits of the neighbours.
    const inner = whole.slice(before === 0 ? 0 : before + 1).replace(/[^=]={1,2}$/, '');
    return inner.length < 8 ? [] : [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return [
    url,
    url.replaceAll(/%[\dA-F]{2}/g, (escaped) => escaped.toLowerCase()),
    url.replaceAll('%20', '+'),
    ...inBase64,
  ];
}
