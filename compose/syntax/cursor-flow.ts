import type { Path } from '../values/path.ts';
import type { CursorContext } from './cursor-context.ts';

interface FlowFrame {
  readonly kind: 'map' | 'seq';
  readonly path: Path;
  readonly keys: string[];
  readonly items: string[];
  index: number;
  /** The key whose value is being written. */
  key: string | undefined;
}

/** The context inside brackets that open at `start`: reads forward to the cursor, then on for the siblings. */
export function flowContext(
  text: string,
  start: number,
  offset: number,
  path: Path,
  column: number,
): CursorContext | undefined {
  const reader = new FlowReader(text, start, path);
  reader.readTo(offset);
  const frame = reader.frames.at(-1);
  if (frame === undefined || reader.inComment) return undefined;
  const { word } = reader;
  const quote = word?.quote ?? '';
  const from = word?.start ?? offset;
  if (word?.closed === true) return undefined;
  const end = wordEnd(text, offset, quote);
  const atKey = frame.kind === 'map' && frame.key === undefined;
  reader.readSiblings(frame, end);
  const typed = text.slice(from, offset);
  return {
    path: atKey ? frame.path : [...frame.path, frame.kind === 'map' ? (frame.key ?? '') : frame.index],
    fits: { key: atKey, item: false, scalar: !atKey },
    keys: frame.keys,
    items: frame.items,
    word: typed,
    start: from,
    end,
    quote,
    flow: true,
    column,
    colonFollows: atKey && /^["']?[ \t]*:/.test(text.slice(end)),
    spaceOwed: text[from - 1] === ':' && quote === '',
  };
}

class FlowReader {
  readonly frames: FlowFrame[] = [];
  word: { start: number; quote: '' | '"' | "'"; closed: boolean } | undefined;
  inComment = false;
  readonly #text: string;
  #position: number;
  readonly #root: Path;

  constructor(text: string, start: number, root: Path) {
    this.#text = text;
    this.#position = start;
    this.#root = root;
  }

  readTo(offset: number): void {
    while (this.#position < offset) this.#step(offset);
  }

  /** Keys and items after the cursor, up to the end of the collection. */
  readSiblings(frame: FlowFrame, from: number): void {
    const depth = this.frames.length;
    const limit = Math.min(this.#text.length, from + 10_000);
    this.word = undefined;
    this.#position = from;
    while (this.#position < limit && this.frames.length >= depth) {
      // An unclosed bracket: the next line with a block key is not ours.
      if (
        this.#text[this.#position] === '\n' &&
        /^\s*[\w.-]+:\s/.test(this.#text.slice(this.#position + 1, this.#position + 200)) &&
        frame.kind === 'seq'
      )
        return;
      this.#step(limit);
    }
  }

  #step(limit: number): void {
    const text = this.#text;
    const char = text[this.#position] ?? '';
    const frame = this.frames.at(-1);
    switch (char) {
      case '[':
      case '{':
        this.#push(char);
        break;
      case ']':
      case '}':
        this.#endWord();
        this.frames.pop();
        this.word = undefined;
        break;
      case ',':
        this.#endWord();
        if (frame !== undefined) {
          frame.index += 1;
          frame.key = undefined;
        }
        break;
      case ':':
        if (
          frame?.kind === 'map' &&
          frame.key === undefined &&
          /[\s,\]}"'[{]|^$/.test(text[this.#position + 1] ?? '')
        ) {
          const key = this.#wordText();
          frame.key = key;
          if (key !== '') frame.keys.push(key);
          this.word = undefined;
          break;
        }
        this.#begin();
        break;
      case '"':
      case "'":
        if (this.word === undefined) {
          this.#quoted(char, limit);
          return;
        }
        break;
      case '#':
        if (/\s/.test(text[this.#position - 1] ?? '')) {
          const newline = text.indexOf('\n', this.#position);
          this.inComment = newline === -1 || newline >= limit;
          this.#position = newline === -1 ? limit : newline;
          return;
        }
        break;
      case ' ':
      case '\t':
      case '\r':
      case '\n':
        break;
      default:
        this.#begin();
    }
    this.#position += 1;
  }

  #begin(): void {
    this.word ??= { start: this.#position, quote: '', closed: false };
  }

  #quoted(quote: '"' | "'", limit: number): void {
    let i = this.#position + 1;
    while (i < limit && this.#text[i] !== quote) i += this.#text[i] === '\\' && quote === '"' ? 2 : 1;
    this.word = { start: this.#position + 1, quote, closed: i < limit };
    this.#position = Math.min(i + 1, limit);
  }

  #push(open: '[' | '{'): void {
    const parent = this.frames.at(-1);
    const path =
      parent === undefined
        ? this.#root
        : [...parent.path, parent.kind === 'map' ? (parent.key ?? '') : parent.index];
    this.frames.push({
      kind: open === '{' ? 'map' : 'seq',
      path,
      keys: [],
      items: [],
      index: 0,
      key: undefined,
    });
    this.word = undefined;
  }

  #endWord(): void {
    const frame = this.frames.at(-1);
    const word = this.#wordText();
    if (frame !== undefined && word !== '') {
      if (frame.kind === 'seq') frame.items.push(word);
      else if (frame.key === undefined) frame.keys.push(word);
    }
    this.word = undefined;
  }

  #wordText(): string {
    if (this.word === undefined) return '';
    const raw = this.#text.slice(this.word.start, this.#position).trimEnd();
    return this.word.quote === '' ? raw : raw.replace(/["']$/, '');
  }
}

function wordEnd(text: string, offset: number, quote: string): number {
  let end = offset;
  if (quote !== '') {
    while (end < text.length && text[end] !== quote && text[end] !== '\n') end += 1;
    return text[end] === quote ? end : offset;
  }
  while (end < text.length && !/[\s,\]}[{:]/.test(text[end] ?? '')) end += 1;
  return end;
}
