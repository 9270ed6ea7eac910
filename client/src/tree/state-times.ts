import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import { isLive } from '#engine/api/is-live.ts';
import type { Since } from './since.ts';

/** Calls to the engine under way at once: the tree is not the only one who asks. */
const parallel = 4;

/** When a container came into its state, as the engine knows it: Unix time, ms. */
export interface StateTimesSource {
  readonly inspect: (
    id: string,
  ) => Promise<{ readonly startedAt: number | undefined; readonly finishedAt: number | undefined }>;
}

/**
 * Learns the times that listings only round, one after the other in the background. Nothing is asked twice, and what has gone or does not answer
 * keeps its estimate. `onLearned` is called when a round is done.
 */
export class StateTimes {
  readonly #since: Since;
  readonly #source: StateTimesSource;
  readonly #onLearned: () => void;
  #running = false;

  constructor(since: Since, source: StateTimesSource, onLearned: () => void) {
    this.#since = since;
    this.#source = source;
    this.#onLearned = onLearned;
  }

  /** Resolves when nothing is left to learn of what has been drawn by then. */
  async learn(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (;;) {
        const containers = [...this.#since.takeEstimated()];
        if (containers.length === 0) return;
        const worker = async () => {
          for (let next = containers.shift(); next !== undefined; next = containers.shift())
            await this.#learnOne(next);
        };
        await Promise.all(Array.from({ length: parallel }, worker));
        this.#onLearned();
      }
    } finally {
      this.#running = false;
    }
  }

  async #learnOne(container: ContainerSummary): Promise<void> {
    try {
      const { startedAt, finishedAt } = await this.#source.inspect(container.id);
      const at = isLive(container) ? startedAt : finishedAt;
      if (at !== undefined) this.#since.learn(container, at);
    } catch {
      // Gone meanwhile, or no engine.
    }
  }
}
