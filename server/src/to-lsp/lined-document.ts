import type { Position, Range } from 'vscode-languageserver-textdocument';

/**
 * A version of a text with where its lines begin: the same positions as the library's own documents. An edit makes a new version, which looks for
 * lines where the edit was and keeps the others.
 */
export class LinedDocument {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly #text: string;
  #lines: Uint32Array | undefined;

  constructor(uri: string, languageId: string, version: number, text: string, lines?: Uint32Array) {
    this.uri = uri;
    this.languageId = languageId;
    this.version = version;
    this.#text = text;
    this.#lines = lines;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  getText(range?: Range): string {
    if (range === undefined) return this.#text;
    return this.#text.slice(this.offsetAt(range.start), this.offsetAt(range.end));
  }

  /** Within a line: what is at or behind its line end is before it. */
  positionAt(offset: number): Position {
    const at = Math.min(Math.max(offset, 0), this.#text.length);
    const line = lineAt(this.#starts, at);
    const start = this.#starts[line] ?? 0;
    return { line, character: this.#beforeLineEnd(at, start) - start };
  }

  /** The nearest offset there is: positions may be outside of the text. */
  offsetAt({ line, character }: Position): number {
    if (line < 0) return 0;
    const start = this.#starts[line];
    if (start === undefined) return this.#text.length;
    if (character <= 0) return start;
    const next = this.#starts[line + 1] ?? this.#text.length;
    return this.#beforeLineEnd(Math.min(start + character, next), start);
  }

  /** The next version, with `[start, end)` replaced. */
  edited(start: number, end: number, inserted: string, version: number): LinedDocument {
    const text = this.#text.slice(0, start) + inserted + this.#text.slice(end);
    const lines =
      this.#lines === undefined ? undefined : editedLines(this.#lines, text, start, end, inserted.length);
    return new LinedDocument(this.uri, this.languageId, version, text, lines);
  }

  get #starts(): Uint32Array {
    this.#lines ??= Uint32Array.from([0, ...lineStarts(this.#text, 0, this.#text.length)]);
    return this.#lines;
  }

  #beforeLineEnd(offset: number, lineStart: number): number {
    let at = offset;
    while (at > lineStart && isLineEnd(this.#text.charCodeAt(at - 1))) at -= 1;
    return at;
  }
}

/** Where lines begin after an edit. Looked for from before what stands in front of it, up to what follows it: both may be one half of a `\r\n`. */
function editedLines(
  lines: Uint32Array,
  text: string,
  start: number,
  end: number,
  length: number,
): Uint32Array {
  const by = length - (end - start);
  const first = lineAt(lines, Math.max(start - 1, 0));
  const next = lineAt(lines, end) + 1;
  const from = lines[first] ?? 0;
  const until = next < lines.length ? (lines[next] ?? 0) + by : text.length;
  const found = lineStarts(text, from, until);
  const kept = lines.subarray(next < lines.length ? next + 1 : next);
  const result = new Uint32Array(first + 1 + found.length + kept.length);
  result.set(lines.subarray(0, first + 1));
  result.set(found, first + 1);
  result.set(kept, first + 1 + found.length);
  if (by !== 0)
    for (let i = first + 1 + found.length; i < result.length; i += 1) result[i] = (result[i] ?? 0) + by;
  return result;
}

/** The starts of lines in `(from, until]`; `\n`, `\r\n` and a lone `\r` end one. */
function lineStarts(text: string, from: number, until: number): number[] {
  const starts: number[] = [];
  for (let at = from; at < until; at += 1) {
    const code = text.charCodeAt(at);
    if (!isLineEnd(code)) continue;
    if (code === CARRIAGE_RETURN && text.charCodeAt(at + 1) === LINE_FEED) at += 1;
    starts.push(at + 1);
  }
  return starts;
}

function lineAt(lines: Uint32Array, offset: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

function isLineEnd(code: number): boolean {
  return code === LINE_FEED || code === CARRIAGE_RETURN;
}
