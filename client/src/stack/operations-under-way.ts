import type { EngineError } from '#engine/api/engine-error.ts';

// Which operations are under way, and how the last ones ended: for those who watch what happens to the containers.

interface Work {
  count: number;
  /** One that is under way, or was a moment ago, ends containers: that they end is no incident. */
  stopping: boolean;
  endedAt: number;
  failures: number;
  waiting: (() => void)[];
}

/** How an operation ended; without an error also when it was cancelled. */
export interface Ending {
  readonly project: string;
  readonly error: EngineError | undefined;
}

/** Events of what an operation did arrive a moment after it is over. In ms. */
const aftermath = 3000;

const works = new Map<string, Work>();
const listeners = new Set<(ending: Ending) => void>();

/** Notes that an operation on a project begins; the returned function, that it is over, and what it failed with. */
export function begin(project: string, stops: boolean): (error?: EngineError) => void {
  const work = works.get(project) ?? { count: 0, stopping: false, endedAt: 0, failures: 0, waiting: [] };
  works.set(project, work);
  work.stopping = stops || (work.count > 0 && work.stopping);
  work.count++;
  return (error) => {
    work.count--;
    work.endedAt = Date.now();
    if (error !== undefined) work.failures++;
    for (const listener of listeners) listener({ project, error });
    if (work.count === 0) for (const resolve of work.waiting.splice(0)) resolve();
  };
}

/** Called at the end of each operation until the returned function is called. */
export function onEnd(listener: (ending: Ending) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether a container that ends now was told to. */
export function isStopping(project: string): boolean {
  const work = works.get(project);
  return work?.stopping === true && (work.count > 0 || Date.now() - work.endedAt < aftermath);
}

/** How many operations on the project have failed so far. */
export function failuresOf(project: string): number {
  return works.get(project)?.failures ?? 0;
}

/** Resolves when nothing is done to the project any more: at once, if nothing is. */
export async function settled(project: string): Promise<void> {
  const work = works.get(project);
  if (work === undefined || work.count === 0) return;
  await new Promise<void>((resolve) => work.waiting.push(resolve));
}
