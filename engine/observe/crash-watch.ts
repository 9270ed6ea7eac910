import type { EnginePort } from '../api/engine-port.ts';
import { ignoreMissing } from '../api/ignore-missing.ts';
import type { ContainerSummary, EngineEvent } from '../api/engine-objects.ts';
import { label } from '../project/labels.ts';
import {
  afterEvent,
  calmAt,
  endedByItself,
  isLooping,
  type Loop,
  type Past,
  pastFrom,
} from './crash-history.ts';

/** What is remembered of containers beside what the listing says. */
export interface Pasts {
  /** By id, of those in a crash loop. */
  readonly loops: ReadonlyMap<string, Loop>;
  /** Ids of those that came to a good end by themselves. */
  readonly done: ReadonlySet<string>;
}

export const noPasts: Pasts = { loops: new Map(), done: new Set() };

/** The last that a container wrote. */
export type LastLine = (
  engine: EnginePort,
  project: string,
  id: string,
  signal: AbortSignal,
) => Promise<string | undefined>;

/** A log that takes longer than this must not keep what is shown behind what is. In ms. */
const logWithin = 3000;

/**
 * Remembers how the containers of one engine ended and were started again, and asks the engine about those in a loop: how often, and what they wrote
 * last. Asks once after each crash, and of what was there before only for those that were started a moment ago.
 */
export class CrashWatch {
  readonly #lastLine: LastLine;
  readonly #now: () => number;
  readonly #pasts = new Map<string, Past>();
  readonly #loops = new Map<string, Loop>();
  /** What was asked about already: the crashes by then, by id. */
  readonly #asked = new Map<string, number>();
  readonly #seen = new Set<string>();

  constructor(lastLine: LastLine, now: () => number = Date.now) {
    this.#lastLine = lastLine;
    this.#now = now;
  }

  note(event: EngineEvent): void {
    if (event.type !== 'container') return;
    const past = afterEvent(this.#pasts.get(event.id), event, this.#now());
    if (past === undefined) this.#forget(event.id);
    else this.#pasts.set(event.id, past);
  }

  /** Events were missed: only what has ended is remembered. */
  renew(): void {
    this.#seen.clear();
    for (const [id, { isRunning }] of [...this.#pasts])
      if (isRunning || this.#loops.has(id)) this.#forget(id);
  }

  /** What has to be asked about these containers is asked. Rejects only when the engine is gone. */
  async look(
    engine: EnginePort,
    containers: readonly ContainerSummary[],
    signal: AbortSignal,
  ): Promise<void> {
    await Promise.all(containers.map((container) => this.#lookAt(engine, container, signal)));
  }

  /** As of now. */
  get pasts(): Pasts {
    const now = this.#now();
    const loops = [...this.#loops].filter(([id]) => {
      const past = this.#pasts.get(id);
      return past !== undefined && isLooping(past, now);
    });
    const done = [...this.#pasts].filter(([, past]) => endedByItself(past)).map(([id]) => id);
    return { loops: new Map(loops), done: new Set(done) };
  }

  /** When {@link pasts} is another without anything happening. */
  get changesAt(): number | undefined {
    const now = this.#now();
    const times = [...this.#loops.keys()].flatMap((id) => {
      const past = this.#pasts.get(id);
      const at = past === undefined ? undefined : calmAt(past);
      return at === undefined || at <= now ? [] : [at];
    });
    return times.length === 0 ? undefined : Math.min(...times);
  }

  async #lookAt(engine: EnginePort, container: ContainerSummary, signal: AbortSignal): Promise<void> {
    const { id, labels } = container;
    const isNew = !this.#seen.has(id);
    this.#seen.add(id);
    const past = this.#pasts.get(id);
    const now = this.#now();
    if (past === undefined && isNew && mayLoop(container)) {
      const details = await ignoreMissing(engine.inspectContainer(id, signal));
      if (details === undefined || this.#pasts.has(id)) return;
      const found = pastFrom(details, now);
      if (!isLooping(found, now)) return;
      this.#pasts.set(id, found);
      this.#asked.set(id, found.crashes);
      const lastLine = await this.#said(engine, labels[label.project] ?? '', id, signal);
      this.#loops.set(id, {
        restarts: details.restartCount,
        exitCode: exitCodeOf(found, container),
        lastLine,
      });
      return;
    }
    if (past === undefined || !isLooping(past, now) || this.#asked.get(id) === past.crashes) return;
    this.#asked.set(id, past.crashes);
    const details = await ignoreMissing(engine.inspectContainer(id, signal));
    // Whoever starts it again by hand, or lets it lie, makes no loop.
    if (details === undefined || details.restartCount === 0 || details.state === 'exited') {
      this.#loops.delete(id);
      return;
    }
    const lastLine = await this.#said(engine, labels[label.project] ?? '', id, signal);
    this.#loops.set(id, { restarts: details.restartCount, exitCode: past.exitCode, lastLine });
  }

  async #said(
    engine: EnginePort,
    project: string,
    id: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const within = AbortSignal.any([signal, AbortSignal.timeout(logWithin)]);
    // Its log may be of a kind that cannot be read, or it is gone.
    return this.#lastLine(engine, project, id, within).catch(() => undefined);
  }

  #forget(id: string): void {
    this.#pasts.delete(id);
    this.#loops.delete(id);
    this.#asked.delete(id);
    this.#seen.delete(id);
  }
}

/** Restarting, or started less than a minute ago. */
function mayLoop({ state, status }: ContainerSummary): boolean {
  return state === 'restarting' || (state === 'running' && /^Up (?:Less than a|\d+) seconds?\b/.test(status));
}

function exitCodeOf({ exitCode }: Past, container: ContainerSummary): number | undefined {
  return exitCode ?? container.exitCode;
}
