import { plainText } from './ansi.ts';
import type { Level } from './level.ts';
import type { LineStore } from './line-store.ts';
import { containerKey, serviceKey } from './source-names.ts';
import type { TimeRange } from './time-counts.ts';

/** A text or expression to look for. */
export interface Pattern {
  readonly text: string;
  readonly isExpression: boolean;
  readonly matchCase: boolean;
}

/** Which lines are shown. */
export interface Criteria {
  readonly pattern: Pattern;
  /** Lines that have this are left out. */
  readonly exclude: Pattern;
  /** Lines that matter less are left out. */
  readonly level: Level;
  /** Lines of the other output are left out; `undefined`: none. */
  readonly stream: 'stdout' | 'stderr' | undefined;
  /** Keys of services and containers that are left out. */
  readonly hidden: ReadonlySet<string>;
  /** Lines of other times, and those without one, are left out. */
  readonly time?: TimeRange | undefined;
}

/** Finds all places of a pattern in a text; `undefined` for an empty pattern, an `Error` for an expression that is none. */
export function compile({ text, isExpression, matchCase }: Pattern): RegExp | undefined | Error {
  if (text === '') return undefined;
  try {
    return new RegExp(
      isExpression ? text : text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'),
      matchCase ? 'g' : 'gi',
    );
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Whether a line of the store is shown; `undefined`: all are. An expression that is none leaves nothing out. */
export function toPredicate(
  store: LineStore,
  { pattern, exclude, level, stream, hidden, time }: Criteria,
): ((number: number) => boolean) | undefined {
  const wanted = expressionOf(pattern);
  const unwanted = expressionOf(exclude);
  const anyLevel = level >= 5;
  const anySource = stream === undefined && hidden.size === 0;
  if (wanted === undefined && unwanted === undefined && anyLevel && anySource && time === undefined)
    return undefined;
  /** By the source's number: there are few of them, and many lines. */
  const shown: boolean[] = [];
  const isShown = (number: number): boolean => {
    const known = shown[number];
    if (known !== undefined) return known;
    const source = store.sources[number];
    if (source === undefined) return true;
    shown[number] =
      (stream === undefined || source.stream === stream) &&
      !hidden.has(serviceKey(source)) &&
      !hidden.has(containerKey(source));
    return shown[number];
  };
  return (number) => {
    if (time !== undefined && !(store.time(number) >= time.from && store.time(number) < time.to))
      return false;
    if (!anyLevel && store.level(number) > level) return false;
    if (!anySource && !isShown(store.source(number))) return false;
    if (wanted === undefined && unwanted === undefined) return true;
    const text = plainText(store.text(number));
    return (wanted === undefined || has(wanted, text)) && (unwanted === undefined || !has(unwanted, text));
  };
}

function expressionOf(pattern: Pattern): RegExp | undefined {
  const compiled = compile(pattern);
  return compiled instanceof RegExp ? compiled : undefined;
}

export function matches(expression: RegExp, line: string): boolean {
  return has(expression, plainText(line));
}

function has(expression: RegExp, text: string): boolean {
  expression.lastIndex = 0;
  return expression.test(text);
}

/** How many lines are looked at before others get their turn. */
const sliceSize = 20_000;

/**
 * The numbers of those lines that a predicate holds for, kept up to date as lines come and go. A predicate of a million lines is worked
 * through a slice at a time.
 */
export class LineSelection {
  readonly #store: LineStore;
  #predicate: ((number: number) => boolean) | undefined;
  #numbers: number[] = [];
  /** Numbers that went from the front, at `#numbers[0 … #dropped]`. */
  #dropped = 0;
  /** The first line not looked at yet. */
  #next: number;

  constructor(store: LineStore, predicate?: (number: number) => boolean) {
    this.#store = store;
    this.#predicate = predicate;
    this.#next = store.first;
  }

  /** Looks at everything anew. */
  select(predicate: ((number: number) => boolean) | undefined): void {
    this.#predicate = predicate;
    this.#numbers = [];
    this.#dropped = 0;
    this.#next = this.#store.first;
  }

  get length(): number {
    return this.#predicate === undefined
      ? this.#store.end - this.#store.first
      : this.#numbers.length - this.#dropped;
  }

  /** The line's number at a place; `undefined` outside. */
  at(index: number): number | undefined {
    if (index < 0 || index >= this.length) return undefined;
    return this.#predicate === undefined ? this.#store.first + index : this.#numbers[this.#dropped + index];
  }

  /** The lines' numbers from a place up to another, as far as there are any. */
  *between(from: number, to: number): Generator<number> {
    for (let at = from; at < to; at += 1) {
      const line = this.at(at);
      if (line === undefined) return;
      yield line;
    }
  }

  /** The place of the first line with this number or a later one. */
  indexOf(number: number): number {
    if (this.#predicate === undefined) return Math.min(this.length, Math.max(0, number - this.#store.first));
    let low = this.#dropped;
    let high = this.#numbers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#numbers[middle] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    return low - this.#dropped;
  }

  /** Whether there are lines that have not been looked at. */
  get isBehind(): boolean {
    return this.#predicate !== undefined && this.#next < this.#store.end;
  }

  /** Looks at the next slice. */
  work(): void {
    const predicate = this.#predicate;
    const { first, end } = this.#store;
    if (predicate === undefined) return;
    this.#next = Math.max(this.#next, first);
    const stop = Math.min(end, this.#next + sliceSize);
    for (; this.#next < stop; this.#next++) if (predicate(this.#next)) this.#numbers.push(this.#next);
  }

  /** Drops what the store has forgotten since its first line was `before`. Returns how many places went from the front. */
  forget(before: number): number {
    const { first } = this.#store;
    if (this.#predicate === undefined) return Math.max(0, first - before);
    const dropped = this.#dropped;
    while (this.#dropped < this.#numbers.length && (this.#numbers[this.#dropped] ?? first) < first)
      this.#dropped++;
    const went = this.#dropped - dropped;
    if (this.#dropped > 100_000) {
      this.#numbers = this.#numbers.slice(this.#dropped);
      this.#dropped = 0;
    }
    return went;
  }
}
