import type { EngineError } from '#engine/api/engine-error.ts';
import type { OnEngine } from '../workspace/engines.ts';

/** A project on an engine. Projects of one name on two engines are two. */
export interface ProjectPlace extends OnEngine {
  readonly project: string;
}

/** What was asked for. */
export interface Asked extends ProjectPlace {
  /** It ends containers: that they end is no incident. */
  readonly stops: boolean;
}

/** How an operation ended; without an error also when it was cancelled. */
export interface Ending extends ProjectPlace {
  readonly error: EngineError | undefined;
}

interface Work {
  readonly underWay: Set<Asked>;
  /** One that is under way, or was a moment ago, ends containers. */
  stopping: boolean;
  endedAt: number;
  failures: number;
  waiting: (() => void)[];
}

/** Events of what an operation did arrive a moment after it is over. In ms. */
const aftermath = 3000;

/** What was asked for and is under way, and how the last of it ended: for those who watch what happens to the containers. */
export class OperationsUnderWay {
  readonly #now: () => number;
  readonly #works = new Map<string, Work>();
  readonly #listeners = new Set<(ending: Ending) => void>();

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Notes that an operation begins; the returned function, that it is over, and what it failed with. */
  begin(asked: Asked): (error?: EngineError) => void {
    const key = keyOf(asked);
    const work = this.#works.get(key) ?? {
      underWay: new Set(),
      stopping: false,
      endedAt: 0,
      failures: 0,
      waiting: [],
    };
    this.#works.set(key, work);
    work.stopping = asked.stops || (work.underWay.size > 0 && work.stopping);
    const entry = { ...asked };
    work.underWay.add(entry);
    return (error) => {
      work.underWay.delete(entry);
      work.endedAt = this.#now();
      if (error !== undefined) work.failures++;
      const { engine, project } = asked;
      for (const listener of this.#listeners) listener({ engine, project, error });
      if (work.underWay.size === 0) for (const resolve of work.waiting.splice(0)) resolve();
    };
  }

  /** Called at the end of each operation until the returned function is called. */
  onEnd(listener: (ending: Ending) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What is under way there, in the order it was asked for. */
  underWay(place: ProjectPlace): readonly Asked[] {
    return [...(this.#works.get(keyOf(place))?.underWay ?? [])];
  }

  /** Whether a container that ends now was told to. */
  isStopping(place: ProjectPlace): boolean {
    const work = this.#works.get(keyOf(place));
    if (work?.stopping !== true) return false;
    return work.underWay.size > 0 || this.#now() - work.endedAt < aftermath;
  }

  /** How many operations on the project have failed so far. */
  failuresOf(place: ProjectPlace): number {
    return this.#works.get(keyOf(place))?.failures ?? 0;
  }

  /** Resolves when nothing is done to the project any more: at once, if nothing is. */
  async settled(place: ProjectPlace): Promise<void> {
    const work = this.#works.get(keyOf(place));
    if (work === undefined || work.underWay.size === 0) return;
    await new Promise<void>((resolve) => work.waiting.push(resolve));
  }
}

/** The same text for the same place, for a map. */
export function keyOf({ engine = '', project }: ProjectPlace): string {
  return `${engine}\n${project}`;
}

export interface OperationsContext {
  readonly operations: OperationsUnderWay;
}
