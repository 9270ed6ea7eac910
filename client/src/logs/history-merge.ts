import { compareStamps } from '#engine/api/engine-time.ts';
import type { LogLine } from '#engine/logs/log-source.ts';

interface Part {
  /** Whether its history is over: it is not waited for any more. */
  isLive: boolean;
  lines: readonly LogLine[];
  at: number;
  taken: (() => void) | undefined;
}

/**
 * Puts what several projects wrote so far in the order of time. Each hands over a batch and waits until it was taken; a line is taken when every
 * project whose history goes on has one to compare it with. Once a history is over its lines go through as they come.
 */
export class HistoryMerge {
  readonly #parts: readonly Part[];
  readonly #take: (lines: readonly LogLine[], part: number) => Promise<void>;
  #isTaking = false;

  constructor(parts: number, take: (lines: readonly LogLine[], part: number) => Promise<void>) {
    this.#parts = Array.from({ length: parts }, () => ({
      isLive: parts === 1,
      lines: [],
      at: 0,
      taken: undefined,
    }));
    this.#take = take;
  }

  /** Resolves when the lines were taken. */
  async push(lines: readonly LogLine[], part: number): Promise<void> {
    const each = this.#parts[part];
    if (each === undefined || lines.length === 0) return;
    if (this.#parts.every(({ isLive }) => isLive)) return this.#take(lines, part);
    await new Promise<void>((resolve) => {
      each.lines = lines;
      each.at = 0;
      each.taken = resolve;
      void this.#work();
    });
  }

  /** The history of this one is over, or cannot be read. */
  live(part: number): void {
    const each = this.#parts[part];
    if (each === undefined) return;
    each.isLive = true;
    void this.#work();
  }

  async #work(): Promise<void> {
    if (this.#isTaking) return;
    this.#isTaking = true;
    for (let run = this.#next(); run !== undefined; run = this.#next()) {
      const { part, lines } = run;
      await this.#take(lines, this.#parts.indexOf(part));
      if (part.at < part.lines.length) continue;
      const { taken } = part;
      part.taken = undefined;
      taken?.();
      // Who waited may hand over the next at once.
      await Promise.resolve();
    }
    this.#isTaking = false;
  }

  /** The earliest lines of one project up to the first of another; `undefined` while one is waited for, or none has any. */
  #next(): { readonly part: Part; readonly lines: readonly LogLine[] } | undefined {
    if (this.#parts.some((part) => !part.isLive && part.at >= part.lines.length)) return undefined;
    const [first, second] = this.#parts
      .filter(({ at, lines }) => at < lines.length)
      .sort((one, other) => compareStamps(timeOf(one), timeOf(other)));
    if (first === undefined) return undefined;
    const until = second === undefined ? undefined : timeOf(second);
    const from = first.at++;
    while (first.at < first.lines.length && (until === undefined || compareStamps(timeOf(first), until) <= 0))
      first.at++;
    return { part: first, lines: first.lines.slice(from, first.at) };
  }
}

function timeOf({ lines, at }: Part): string {
  return lines[at]?.time ?? '';
}
