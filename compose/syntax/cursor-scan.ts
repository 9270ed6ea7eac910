import type { Path } from '../values/path.ts';
import { flowEnds, indentOf, keyAt, linesFrom, scalarText, valueKind } from './cursor-lines.ts';

/** A block collection around a place, or the empty value of a key or item. */
export type Container =
  | { readonly kind: 'map'; readonly path: Path; readonly keys: readonly string[] }
  | { readonly kind: 'seq'; readonly path: Path; readonly items: readonly string[] }
  | { readonly kind: 'empty'; readonly path: Path };

interface Frame {
  readonly kind: 'map' | 'seq';
  readonly column: number;
  readonly path: Path;
  readonly keys: string[];
  readonly items: string[];
  index: number;
  /** Whether the newest child has a value on its line, or lines of its own below. */
  filled: boolean;
}

/**
 * Reads block structure line by line and remembers only what encloses the current line. Anything that is not
 * structure (comments, text of scalars, inside of brackets) is stepped over. Never fails: misfit lines are taken for text.
 */
export class BlockScan {
  readonly #text: string;
  #position = 0;
  #frames: Frame[] = [];
  /** Whether the document has any structure yet: only then does the first word's column matter. */
  #begun = false;
  /** Lines further right than this column belong to a block or plain scalar. */
  #scalarColumn: number | undefined;
  #openQuote: '"' | "'" | undefined;
  #justOpenedItem = false;
  /** Where the brackets around the current line start, when it is inside some. */
  flowStart: number | undefined;
  flowPath: Path = [];
  flowColumn = 0;

  constructor(text: string) {
    this.#text = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
    if (text.startsWith('\uFEFF')) this.#position = 1;
  }

  /** Reads all lines that start before `offset`. */
  advanceTo(offset: number): void {
    while (this.#position < offset) {
      const newline = this.#text.indexOf('\n', this.#position);
      const end = newline === -1 ? this.#text.length : newline;
      this.#line(this.#position, end);
      this.#position = newline === -1 ? this.#text.length + 1 : newline + 1;
    }
  }

  /** Whether the next line continues a scalar that began above, judged by what it has before the cursor. */
  openScalar(head: string): 'text' | undefined {
    if (this.#openQuote !== undefined) return 'text';
    if (this.#scalarColumn === undefined) return undefined;
    const column = head.length - head.trimStart().length;
    return column <= this.#scalarColumn ? undefined : 'text';
  }

  /** The path of the newest key's or item's value. */
  childPath(): Path {
    const top = this.#frames.at(-1);
    return top === undefined ? [] : childOf(top);
  }

  items(): readonly string[] {
    return this.#frames.at(-1)?.items ?? [];
  }

  /** Begins an item at a column; false if no list can be there. */
  openItem(column: number): boolean {
    this.#begun = true;
    this.#pop(column);
    let top = this.#frames.at(-1);
    if (top?.kind === 'seq' && top.column === column) {
      top.index += 1;
      top.filled = false;
      this.#justOpenedItem = true;
      return true;
    }
    if (top?.filled === true) return false;
    const path = top === undefined ? [] : childOf(top);
    if (top !== undefined) top.filled = true;
    top = { kind: 'seq', column, path, keys: [], items: [], index: 0, filled: false };
    this.#frames.push(top);
    this.#justOpenedItem = true;
    return true;
  }

  openKey(column: number, name: string): void {
    this.#begun = true;
    this.#pop(column, true);
    this.#justOpenedItem = false;
    let top = this.#frames.at(-1);
    if (top === undefined || top.column !== column || top.kind !== 'map') {
      const path = top === undefined ? [] : childOf(top);
      if (top !== undefined) top.filled = true;
      top = { kind: 'map', column, path, keys: [], items: [], index: 0, filled: false };
      this.#frames.push(top);
    }
    top.keys.push(name);
    top.filled = false;
  }

  /** What a word at a column would belong to; `undefined` if nothing can stand there. */
  containerAt(column: number): Container | undefined {
    this.#pop(column);
    const top = this.#frames.at(-1);
    if (top === undefined) return this.#begun ? undefined : { kind: 'map', path: [], keys: [] };
    if (top.column === column) {
      if (top.kind === 'map') return { kind: 'map', path: top.path, keys: top.keys };
      // A list as far left as its key: the word is rather the next key.
      const outer = this.#frames.at(-2);
      if (outer?.kind === 'map' && outer.column === column) {
        return { kind: 'map', path: outer.path, keys: outer.keys };
      }
      return { kind: 'seq', path: top.path, items: top.items };
    }
    return top.filled ? undefined : { kind: 'empty', path: childOf(top) };
  }

  /** Keys of the same map on later lines. */
  keysBelow(offset: number, column: number): string[] {
    const keys: string[] = [];
    for (const line of linesFrom(this.#text, offset)) {
      const indent = indentOf(line);
      if (indent < column || /^(?:---|\.\.\.)(?:\s|$)/.test(line)) break;
      if (indent > column) continue;
      if (/^-(?:\s|$)/.test(line.slice(indent))) {
        if (column > 0) break;
        continue;
      }
      const key = keyAt(line, column);
      if (key === undefined) continue;
      keys.push(key.name);
    }
    return keys;
  }

  /** Whether a first word at a column would not line up with what follows. */
  isMisfitAbove(offset: number, column: number): boolean {
    if (this.#begun) return false;
    for (const line of linesFrom(this.#text, offset)) {
      return !/^(?:---|\.\.\.)(?:\s|$)/.test(line) && indentOf(line) !== column;
    }
    return false;
  }

  /** What the next line of the same or deeper indentation is. */
  firstBelow(offset: number, column: number): 'key' | 'item' | undefined {
    for (const line of linesFrom(this.#text, offset)) {
      const indent = indentOf(line);
      if (indent < column) return undefined;
      if (/^-(?:\s|$)/.test(line.slice(indent))) return 'item';
      return keyAt(line, indent) === undefined ? undefined : 'key';
    }
    return undefined;
  }

  #line(start: number, end: number): void {
    const text = this.#text;
    if (this.#openQuote !== undefined) {
      this.#closeQuote(start, end);
      return;
    }
    const line = text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
    let column = 0;
    while (line[column] === ' ') column += 1;
    if (this.flowStart !== undefined && !this.#flowGivenUp(line, column)) {
      if (flowEnds(text, this.flowStart, end)) this.flowStart = undefined;
      return;
    }
    if (line.trim() === '') return;
    if (this.#scalarColumn !== undefined) {
      if (column > this.#scalarColumn) return;
      this.#scalarColumn = undefined;
    }
    if (line[column] === '#') return;
    if (column === 0 && /^(?:---|\.\.\.)(?:\s|$)/.test(line)) {
      this.#frames = [];
      this.#begun = false;
      return;
    }
    if (column === 0 && line.startsWith('%')) return;
    this.#structure(line, start, column);
  }

  /** An unclosed bracket must not swallow the rest of the file: a line that is clearly a key ends it. */
  #flowGivenUp(line: string, column: number): boolean {
    if (column > this.flowColumnOfParent) return false;
    if (!/^[\w.-]+:(?:\s|$)/.test(line.slice(column))) return false;
    this.flowStart = undefined;
    return true;
  }

  get flowColumnOfParent(): number {
    return this.#frames.at(-1)?.column ?? 0;
  }

  #structure(line: string, start: number, from: number): void {
    let column = from;
    this.#justOpenedItem = false;
    while (line[column] === '-' && (line[column + 1] === ' ' || line[column + 1] === undefined)) {
      if (!this.openItem(column)) return;
      column += 1;
      while (line[column] === ' ') column += 1;
      if (column >= line.length) return;
    }
    const key = keyAt(line, column);
    if (key === undefined) {
      if (!this.#justOpenedItem) {
        this.#valueOnItsOwnLine(line, start, column);
        return;
      }
      const top = this.#frames.at(-1);
      if (top !== undefined) {
        top.items.push(scalarText(line.slice(column)));
        this.#value(line, start, column, top);
      }
      return;
    }
    this.openKey(column, key.name);
    const top = this.#frames.at(-1);
    if (top !== undefined) this.#value(line, start, key.colon + 1, top);
  }

  /** Brackets may stand below their key, or be the whole document. */
  #valueOnItsOwnLine(line: string, start: number, column: number): void {
    if (valueKind(line[column]) !== 'flow') return;
    const path = this.flowPathAt(column);
    if (path === undefined || flowEnds(this.#text, start + column, start + line.length)) return;
    this.flowStart = start + column;
    this.flowPath = path;
    this.flowColumn = column;
  }

  /** The path of brackets that open a line at a column. */
  flowPathAt(column: number): Path | undefined {
    const container = this.containerAt(column);
    if (container?.kind === 'empty') return container.path;
    return this.#begun || container === undefined ? undefined : [];
  }

  /** What a value on its key's or dash's line means for the lines below. */
  #value(line: string, start: number, from: number, frame: Frame): void {
    let column = from;
    const properties = /^[ \t]*(?:[!&][^\s,[\]{}]*(?:[ \t]+|$))*[ \t]*/.exec(line.slice(column));
    column += properties?.[0].length ?? 0;
    const first = line[column];
    if (first === undefined) return;
    switch (valueKind(first)) {
      case 'comment':
        return;
      case 'block':
      case 'plain':
        this.#scalarColumn = frame.column;
        break;
      case 'quoted':
        this.#openQuote = first === '"' ? '"' : "'";
        this.#closeQuote(start + column + 1, start + line.length);
        break;
      case 'flow':
        if (!flowEnds(this.#text, start + column, start + line.length)) {
          this.flowStart = start + column;
          this.flowPath = childOf(frame);
          this.flowColumn = column;
        }
        break;
    }
    frame.filled = true;
  }

  #closeQuote(from: number, end: number): void {
    for (let i = from; i < end; i += 1) {
      const char = this.#text[i];
      if (char === '\\' && this.#openQuote === '"') i += 1;
      else if (char === this.#openQuote) {
        if (char === "'" && this.#text[i + 1] === "'") i += 1;
        else {
          this.#openQuote = undefined;
          return;
        }
      }
    }
    // A quote that closes nowhere below is one being typed: its line ends it.
    if (this.#openQuote !== undefined && !this.#text.includes(this.#openQuote, end))
      this.#openQuote = undefined;
  }

  #pop(column: number, forKey = false): void {
    for (;;) {
      const top = this.#frames.at(-1);
      if (top === undefined) return;
      if (top.column < column || (top.column === column && !(forKey && top.kind === 'seq'))) return;
      this.#frames.pop();
    }
  }
}

function childOf(frame: Frame): Path {
  return [...frame.path, frame.kind === 'map' ? (frame.keys.at(-1) ?? '') : frame.index];
}
