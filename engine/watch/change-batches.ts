import type { Change } from './file-watch.ts';

/** What changed since the last batch. */
export type Batch = ReadonlyMap<string, Change>;

/** Changes come in crowds (an editor saves several files, a branch is switched): they are handed on once it has been quiet for so many ms. */
const quiet = 500;
/** A file that is written all the time keeps no other change waiting longer than this. */
const longest = 5000;

/** Gathers changes into batches. */
export class Batches {
  #pending = new Map<string, Change>();
  #since = 0;
  #timer: NodeJS.Timeout | undefined;
  #wake: (() => void) | undefined;
  #isDue = false;
  #failure: Error | undefined;

  add(path: string, change: Change): void {
    if (this.#pending.size === 0) this.#since = Date.now();
    if (change === 'entry' || !this.#pending.has(path)) this.#pending.set(path, change);
    clearTimeout(this.#timer);
    const left = Math.max(0, Math.min(quiet, this.#since + longest - Date.now()));
    this.#timer = setTimeout(() => {
      this.#isDue = true;
      this.#wake?.();
    }, left);
  }

  /** Hands a batch on again, together with the next. */
  keep(batch: Batch): void {
    const newer = this.#pending;
    this.#pending = new Map(batch);
    for (const [path, change] of newer) this.#pending.set(path, change);
  }

  fail(error: Error): void {
    this.#failure = error;
    this.#wake?.();
  }

  /** The next batch, when it is due; `undefined` once the signal has fired. Rejects with what `fail` was called with. */
  async next(signal: AbortSignal): Promise<Batch | undefined> {
    while (!signal.aborted) {
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#isDue) {
        const batch = this.#pending;
        this.#pending = new Map();
        this.#isDue = false;
        return batch;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    clearTimeout(this.#timer);
    return undefined;
  }
}
