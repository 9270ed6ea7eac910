import type { Timer } from './disk-port.ts';

/**
 * Lets so many tasks run at a time; the others wait in the order they came. One that has not ended after `slowAfter` milliseconds goes on without
 * its place: what is slow never blocks what is not.
 */
export class Turns {
  readonly #slowAfter: number;
  readonly #after: Timer;
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(atOnce: number, slowAfter: number, after: Timer) {
    this.#free = atOnce;
    this.#slowAfter = slowAfter;
    this.#after = after;
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    let held = true;
    const give = () => {
      if (!held) return;
      held = false;
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    };
    const cancel = this.#after(this.#slowAfter, give);
    try {
      return await task();
    } finally {
      cancel();
      give();
    }
  }
}
