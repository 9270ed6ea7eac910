import { EngineError } from '#engine/api/engine-error.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { type ObservedSwarm, observeSwarm } from '#engine/swarm/observe-swarm.ts';

/** How often a swarm is looked at, in ms: it has no events for tasks. */
const period = 2000;
/** How often it is looked whether there is one. */
const patience = 15_000;

/** Looks at the swarm that the engine manages, as long as somebody looks at the tree. */
export class SwarmWatch {
  readonly #engine: () => EnginePort | undefined;
  readonly #onChange: () => void;
  #swarm: ObservedSwarm | undefined;
  #shown = '';
  #following = false;
  #timer: NodeJS.Timeout | undefined;
  #abort: AbortController | undefined;

  constructor(engine: () => EnginePort | undefined, onChange: () => void) {
    this.#engine = engine;
    this.#onChange = onChange;
  }

  /** `undefined`: this engine manages none, or nobody has looked yet. */
  get swarm(): ObservedSwarm | undefined {
    return this.#swarm;
  }

  /** Looks now, and from now on, or no more. */
  follow(following: boolean): void {
    if (following === this.#following) return;
    this.#following = following;
    clearTimeout(this.#timer);
    if (following) void this.look();
  }

  /** Looks now: something has changed it, or there is another engine. Resolves when what was seen is in `swarm`. */
  async look(): Promise<void> {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    const engine = this.#engine();
    try {
      this.#take(engine === undefined ? undefined : await observeSwarm(engine, abort.signal));
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      // A look that was overtaken says nothing; any other failure is the connection's, which is told of elsewhere.
      if (abort.signal.aborted) return;
      if (engine !== this.#engine()) this.#take(undefined);
    }
    if (abort.signal.aborted || !this.#following) return;
    this.#timer = setTimeout(() => void this.look(), this.#swarm === undefined ? patience : period);
  }

  dispose(): void {
    this.#following = false;
    clearTimeout(this.#timer);
    this.#abort?.abort();
  }

  #take(swarm: ObservedSwarm | undefined): void {
    this.#swarm = swarm;
    const shown = JSON.stringify(swarm) ?? '';
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#onChange();
  }
}

export interface SwarmContext {
  readonly swarm: SwarmWatch;
}
