import type { WatchSwitch } from './up-menu.ts';

/** Watches files until its signal fires; asks in the end whether somebody has turned it off. */
type Watching = (signal: AbortSignal, wasStopped: () => boolean) => Promise<void>;

/** The watch of an `up`, which can be turned off and on again. */
export class FileWatch {
  readonly #watching: Watching;
  readonly #ended: AbortSignal;
  #current: { readonly stop: AbortController; readonly over: Promise<void> } | undefined;
  #wasStopped = false;

  constructor(watching: Watching, ended: AbortSignal) {
    this.#watching = watching;
    this.#ended = ended;
  }

  /** Somebody has turned it off at least once. */
  get wasStopped(): boolean {
    return this.#wasStopped;
  }

  /** Resolves when it has been turned off, or all is over; rejects when nothing can be watched. */
  run(): Promise<void> {
    const stop = new AbortController();
    const over = this.#watching(
      AbortSignal.any([this.#ended, stop.signal]),
      () => stop.signal.aborted,
    ).finally(() => {
      if (this.#current?.stop === stop) this.#current = undefined;
    });
    this.#current = { stop, over };
    return over;
  }

  /** `settle`: whoever has stayed because of it looks again whether to go on. `onFailure` hears why it could not be turned on. */
  switchFor(settle: () => Promise<void>, onFailure: (error: unknown) => void): WatchSwitch {
    return {
      isOn: () => this.#current !== undefined,
      toggle: async () => {
        const current = this.#current;
        if (current === undefined) {
          this.run().catch(onFailure);
          return;
        }
        this.#wasStopped = true;
        this.#current = undefined;
        current.stop.abort();
        await current.over.catch(() => undefined);
        await settle();
      },
    };
  }
}
