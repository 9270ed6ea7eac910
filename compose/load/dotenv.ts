import type { DotenvEntry, DotenvProblem, DotenvResult } from './dotenv-result.ts';
import { missingValue } from '../template/missing-value.ts';
import { substitute } from '../template/substitute.ts';
import { parseRawEnv } from './dotenv-raw.ts';
import { phrase, type Phrase } from '../problem/phrase.ts';

/** `raw`: lines as `docker run --env-file` takes them, without quotes and variables. Empty: the usual format. */
export type DotenvFormat = string;

/**
 * The variables of an env file (specification: "env_file format"). A name alone takes its value from `lookup`, and is left out if it has none there.
 * Variables in values are those of `lookup`, else those before it in the file, else those of `earlier` files. `each` is called for every line that counts,
 * in their order, for those of a name that is given again, too.
 */
export function parseDotenv(
  text: string,
  lookup: (name: string) => string | undefined,
  earlier: ReadonlyMap<string, string> = new Map(),
  format: DotenvFormat = '',
  each: (name: string, entry: DotenvEntry) => void = () => {},
): DotenvResult {
  if (format === 'raw') return parseRawEnv(text, lookup);
  if (format !== '' && format !== '.env') {
    const message = phrase('env-file.format', { format });
    return { values: new Map(), problem: { message, start: 0, end: 0 } };
  }
  const values = new Map<string, DotenvEntry>();
  const set = (name: string, entry: DotenvEntry) => {
    values.set(name, entry);
    each(name, entry);
  };
  const reader = new Reader(text);
  for (;;) {
    const key = reader.key();
    if (key === undefined) return { values };
    if (key.kind === 'problem') return { values, problem: key.problem };
    const place = { start: key.start, keyStart: key.start, keyEnd: key.end };
    if (key.kind === 'inherited') {
      const value = lookup(key.name);
      const none = { end: key.end, valueStart: key.end, valueEnd: key.end };
      if (value !== undefined) set(key.name, { value, ...place, ...none });
      continue;
    }
    const read = reader.value();
    if (read.kind === 'problem') return { values, problem: read.problem };
    const { start: valueStart, end: valueEnd } = read;
    const written = { ...place, end: valueEnd, valueStart, valueEnd };
    if (read.template === undefined) {
      set(key.name, { value: read.text, ...written });
      continue;
    }
    const { value, problems } = substitute(
      read.template,
      (name) => lookup(name) ?? values.get(name)?.value ?? earlier.get(name),
    );
    const [first] = problems;
    if (first !== undefined) {
      const message =
        first.kind === 'invalid' ? phrase('env-file.template', { name: key.name }) : missingValue(first);
      return { values, problem: { message, start: valueStart, end: valueEnd } };
    }
    set(key.name, { value, ...written });
  }
}

type Key =
  | {
      readonly kind: 'assigned' | 'inherited';
      readonly name: string;
      readonly start: number;
      readonly end: number;
    }
  | Failure;

type Value =
  | {
      readonly kind: 'value';
      readonly start: number;
      readonly end: number;
      /** What it says literally. */
      readonly text: string;
      /** Where variables count: the text with them. */
      readonly template?: string;
    }
  | Failure;

interface Failure {
  readonly kind: 'problem';
  readonly problem: DotenvProblem;
}

/** White space within a line. */
const blank = /[\t\v\f\r \u0085\u00a0]/;
const nameCharacter = /[_.\-[\]\p{L}\p{N}]/u;
const whitespace = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

class Reader {
  readonly #text: string;
  #at: number;

  constructor(text: string) {
    this.#text = text;
    this.#at = text.startsWith('\ufeff') ? 1 : 0;
  }

  /** The next name, up to and with its `=`, `:` or line break; `undefined` at the end of the file. */
  key(): Key | undefined {
    this.#skipToStatement();
    if (this.#at >= this.#text.length) return undefined;
    if (this.#text.startsWith('export', this.#at) && whitespace.test(this.#text[this.#at + 6] ?? '')) {
      this.#at += 6;
      this.#skipBlanks();
      if (this.#at >= this.#text.length)
        return failure(phrase('env-file.export-name'), this.#at - 1, this.#at);
    }
    const start = this.#at;
    for (let at = start; at < this.#text.length; ) {
      const character = String.fromCodePoint(this.#text.codePointAt(at) ?? 0);
      if (character === '=' || character === ':' || character === '\n') return this.#endKey(start, at);
      if (!blank.test(character) && !nameCharacter.test(character)) {
        return failure(
          phrase('env-file.character', { character: visible(character) }),
          at,
          at + character.length,
        );
      }
      at += character.length;
    }
    // Without a line break at its end, the last line of a file counts as the value of a variable without a name.
    return { kind: 'assigned', name: '', start, end: start };
  }

  #endKey(start: number, separator: number): Key {
    const name = trimEnd(this.#text.slice(start, separator));
    const end = start + name.length;
    this.#at = separator + 1;
    this.#skipBlanks();
    if (name.includes(' ')) return failure(phrase('env-file.space-in-name', { name }), start, end);
    return { kind: this.#text[separator] === '\n' ? 'inherited' : 'assigned', name, start, end };
  }

  /** What follows a key, up to the end of the line or of the quotes. */
  value(): Value {
    const quote = this.#text[this.#at];
    if (quote === '"' || quote === "'") return this.#quoted(quote);
    const start = this.#at;
    const newline = this.#text.indexOf('\n', start);
    const lineEnd = newline === -1 ? this.#text.length : newline;
    const line = this.#text.slice(start, lineEnd);
    const comment = line.indexOf(' #');
    const value = trimEnd(comment === -1 ? line : line.slice(0, comment));
    this.#at = newline === -1 ? lineEnd : lineEnd + 1;
    return { kind: 'value', start, end: start + value.length, text: value, template: value };
  }

  /** A quoted value may go over several lines. In single quotes only the quote itself can be escaped. */
  #quoted(quote: '"' | "'"): Value {
    const start = this.#at;
    let value = '';
    for (let at = start + 1; at < this.#text.length; at++) {
      const character = this.#text[at] ?? '';
      if (character === quote) {
        this.#at = at + 1;
        const place = { kind: 'value', start, end: at + 1 } as const;
        return quote === "'"
          ? { ...place, text: value }
          : { ...place, text: value, template: expandEscapes(value) };
      }
      if (character === '\\' && at + 1 < this.#text.length) {
        at += 1;
        const escaped = this.#text[at] ?? '';
        value += escaped === quote ? escaped : `\\${escaped}`;
      } else value += character;
    }
    const newline = this.#text.indexOf('\n', start);
    const end = newline === -1 ? this.#text.length : newline;
    return failure(phrase('env-file.not-closed', { quote }), start, end);
  }

  #skipToStatement(): void {
    for (;;) {
      while (this.#at < this.#text.length && whitespace.test(this.#text[this.#at] ?? '')) this.#at += 1;
      if (this.#text[this.#at] !== '#') return;
      const newline = this.#text.indexOf('\n', this.#at);
      this.#at = newline === -1 ? this.#text.length : newline;
    }
  }

  #skipBlanks(): void {
    while (this.#at < this.#text.length && blank.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }
}

/** What cannot be seen is named by its number. */
function visible(character: string): string {
  if (!/[\p{C}\p{Z}]/u.test(character)) return character;
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function failure(message: Phrase, start: number, end: number): Failure {
  return { kind: 'problem', problem: { message, start, end } };
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && whitespace.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}

const controls: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '"': '"',
  '\\': '\\',
  // What it stands for is not a variable's beginning.
  $: '$$',
};

/**
 * Escapes of double quotes. `\0` and three octal digits are a character by its number; without them the 0 gets lost. Other escapes stay as they are.
 */
function expandEscapes(text: string): string {
  return text.replace(/\\(?:([abcfnrtv$"\\])|0(\d{0,3}))/g, (whole, control?: string, digits?: string) => {
    if (control !== undefined) return controls[control] ?? whole;
    const code = /^[0-7]{3}$/.test(digits ?? '') ? Number.parseInt(digits ?? '', 8) : 256;
    return code < 256 ? String.fromCharCode(code) : `\\${digits}`;
  });
}
