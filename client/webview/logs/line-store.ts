import { type Level, Level as Levels, levelOf } from './level.ts';
import type { LineBatch, LogSource } from './protocol.ts';

interface Block {
  readonly texts: string[];
  /** Numbers of sources. */
  readonly sources: Uint16Array;
  /** Unix time in ms; `NaN` where there is none. */
  readonly times: Float64Array;
  readonly levels: Uint8Array;
  characters: number;
}

const blockSize = 8192;

export interface StoreLimits {
  readonly lines: number;
  readonly characters: number;
}

/** Enough for a day of most stacks, and less than a tab of a browser holds. */
export const defaultLimits: StoreLimits = { lines: 1_000_000, characters: 400_000_000 };

/**
 * The lines that are kept, numbered from 0 in the order they came. Beyond the limits the oldest go, a block of them at a time; numbers
 * stay what they were. Adding and asking for a line take the same time however many there are.
 */
export class LineStore {
  readonly #limits: StoreLimits;
  readonly sources: LogSource[] = [];
  #blocks: Block[] = [];
  /** Blocks that went. */
  #gone = 0;
  #end = 0;
  #characters = 0;
  /** The last level of each source, for lines that go on with the one before. */
  #levels: Level[] = [];

  constructor(limits: StoreLimits = defaultLimits) {
    this.#limits = limits;
  }

  /** The number of the oldest line that is kept. */
  get first(): number {
    return this.#gone * blockSize;
  }

  /** One more than the number of the newest. */
  get end(): number {
    return this.#end;
  }

  append({ sources, runs, texts, times }: LineBatch): void {
    this.sources.push(...sources);
    const lines = texts.split('\n');
    const stamps = times.split('\n');
    let at = 0;
    for (let run = 0; run < runs.length; run += 2) {
      const source = runs[run] ?? 0;
      for (let left = runs[run + 1] ?? 0; left > 0; left--, at++)
        this.#add(lines[at] ?? '', source, stamps[at] ?? '');
    }
    this.#forget();
  }

  text(number: number): string {
    return this.#block(number)?.texts[number % blockSize] ?? '';
  }

  /** The number of its source. */
  source(number: number): number {
    return this.#block(number)?.sources[number % blockSize] ?? 0;
  }

  time(number: number): number {
    return this.#block(number)?.times[number % blockSize] ?? Number.NaN;
  }

  level(number: number): Level {
    return (this.#block(number)?.levels[number % blockSize] ?? Levels.unknown) as Level;
  }

  /** Forgets the lines, not who wrote them; numbers go on. */
  clear(): void {
    this.#gone = Math.ceil(this.#end / blockSize);
    this.#end = this.#gone * blockSize;
    this.#blocks = [];
    this.#characters = 0;
  }

  #add(text: string, source: number, stamp: string): void {
    const at = this.#end % blockSize;
    if (at === 0) this.#blocks.push(newBlock());
    const block = this.#blocks.at(-1);
    if (block === undefined) return;
    const level = levelOf(text, this.#levels[source] ?? Levels.unknown);
    this.#levels[source] = level;
    block.texts.push(text);
    block.sources[at] = source;
    block.times[at] = stamp === '' ? Number.NaN : Date.parse(stamp);
    block.levels[at] = level;
    block.characters += text.length;
    this.#characters += text.length;
    this.#end++;
  }

  #forget(): void {
    while (
      this.#blocks.length > 1 &&
      (this.#end - this.first - blockSize >= this.#limits.lines || this.#characters > this.#limits.characters)
    ) {
      this.#characters -= this.#blocks.shift()?.characters ?? 0;
      this.#gone++;
    }
  }

  #block(number: number): Block | undefined {
    return this.#blocks[Math.floor(number / blockSize) - this.#gone];
  }
}

function newBlock(): Block {
  return {
    texts: [],
    sources: new Uint16Array(blockSize),
    times: new Float64Array(blockSize),
    levels: new Uint8Array(blockSize),
    characters: 0,
  };
}
