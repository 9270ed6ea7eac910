import { isOneOff, label } from '#engine/project/labels.ts';
import { ignoreMissing } from '#engine/api/ignore-missing.ts';
import type { LogLine } from '#engine/logs/log-source.ts';
import { logBatches } from '#engine/logs/read-logs.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import type { EngineEvent } from '#engine/api/engine-objects.ts';

export interface Exit {
  readonly name: string;
  readonly service: string;
  readonly code: number;
  /** Its restart policy, or somebody, starts it again. */
  readonly restarting: boolean;
}

export interface Watched {
  readonly project: string;
  /** Services whose output is shown. */
  readonly attached: readonly string[];
  /** Services whose containers count: when the last of them has ended, it is over. */
  readonly watched: readonly string[];
  readonly containers: readonly { readonly id: string; readonly name: string; readonly service: string }[];
}

export interface MonitorSink {
  print(lines: readonly LogLine[]): Promise<void>;
  /** After all the container's lines have been printed. */
  onExit(exit: Exit): void;
  /** Asked when none is left: whether others are still to come. Absent: no. */
  stays?(): boolean;
}

/**
 * Watches a project's containers while they run. `ready`: from here on nothing that starts is missed. `finished`: all have ended and everything
 * they wrote is printed. Both reject with `EngineError`.
 */
export function monitor(
  engine: EnginePort,
  watched: Watched,
  sink: MonitorSink,
  signal: AbortSignal,
): {
  readonly ready: Promise<void>;
  readonly finished: Promise<void>;
  /** Asks again whether it is over, after everything has been stopped: a container that was never started does not end. */
  readonly settle: () => Promise<void>;
} {
  const watch = new ContainerWatch(engine, watched, sink, signal);
  const ready = watch.begin();
  const finished = ready.then(() => watch.finished);
  finished.catch(() => undefined);
  return { ready, finished, settle: () => watch.settle() };
}

class ContainerWatch {
  readonly #engine: EnginePort;
  readonly #watched: Watched;
  readonly #sink: MonitorSink;
  readonly #signal: AbortSignal;
  readonly #alive: Map<string, { readonly name: string; readonly service: string }>;
  /** Runs that have ended, by container: once when the engine said so, once when the log was read to its end. */
  readonly #logEnds = new Map<string, number>();
  readonly #awaitingLog = new Map<string, (() => void)[]>();
  readonly finished: Promise<void>;
  #finish: () => void = () => undefined;
  #fail: (error: unknown) => void = () => undefined;

  constructor(engine: EnginePort, watched: Watched, sink: MonitorSink, signal: AbortSignal) {
    this.#engine = engine;
    this.#watched = watched;
    this.#sink = sink;
    this.#signal = signal;
    this.#alive = new Map(watched.containers.map(({ id, name, service }) => [id, { name, service }]));
    this.finished = new Promise((resolve, reject) => {
      this.#finish = resolve;
      this.#fail = reject;
    });
    this.finished.catch(() => undefined);
  }

  async begin(): Promise<void> {
    const { project, attached } = this.#watched;
    const events = await this.#engine.events(
      { labels: [`${label.project}=${project}`], types: ['container'], actions: ['start', 'die'] },
      this.#signal,
    );
    this.#follow(this.#read(events));
    if (attached.length > 0) {
      await new Promise<void>((following, failed) => {
        const printing = this.#print(following);
        printing.catch(failed);
        this.#follow(printing);
      });
    }
    this.#look();
  }

  async settle(): Promise<void> {
    for (const id of [...this.#alive.keys()]) {
      const details = await ignoreMissing(this.#engine.inspectContainer(id, this.#signal));
      if (details === undefined || details.state === 'created') this.#alive.delete(id);
    }
    this.#look();
  }

  #look(): void {
    if (this.#alive.size === 0 && this.#sink.stays?.() !== true) this.#finish();
  }

  #follow(work: Promise<void>): void {
    work.catch((error: unknown) => this.#fail(error));
  }

  async #read(events: AsyncIterable<EngineEvent>): Promise<void> {
    for await (const event of events) {
      const { id, attributes } = event;
      const service = attributes[label.service];
      if (service === undefined || !this.#watched.watched.includes(service) || isOneOff(attributes)) continue;
      if (attributes[label.configHash] === undefined) continue;
      const name = attributes.name ?? id.slice(0, 12);
      if (event.action === 'start') this.#alive.set(id, { name: this.#alive.get(id)?.name ?? name, service });
      else this.#follow(this.#ended(id, name, service, Number(attributes.exitCode ?? 0)));
    }
  }

  async #ended(id: string, name: string, service: string, code: number): Promise<void> {
    const known = this.#alive.get(id)?.name ?? name;
    if (this.#watched.attached.includes(service)) await this.#logRead(id);
    const details = await ignoreMissing(this.#engine.inspectContainer(id, this.#signal));
    const restarting = details?.state === 'restarting' || details?.state === 'running';
    this.#sink.onExit({ name: known, service, code, restarting });
    if (restarting) return;
    this.#alive.delete(id);
    this.#look();
  }

  async #print(onFollowing: () => void): Promise<void> {
    const { project, attached } = this.#watched;
    const batches = logBatches(
      this.#engine,
      { project, services: attached },
      {
        follow: true,
        tail: 0,
        onFollowing,
        onEnded: ({ id }) => this.#logEnded(id),
        onUnreadable: (_name) => undefined,
      },
      this.#signal,
    );
    for await (const batch of batches) await this.#sink.print(batch);
  }

  #logEnded(id: string): void {
    const waiting = this.#awaitingLog.get(id)?.shift();
    if (waiting === undefined) this.#logEnds.set(id, (this.#logEnds.get(id) ?? 0) + 1);
    else waiting();
  }

  async #logRead(id: string): Promise<void> {
    const ends = this.#logEnds.get(id) ?? 0;
    if (ends > 0) {
      this.#logEnds.set(id, ends - 1);
      return;
    }
    await new Promise<void>((resolve) => {
      this.#awaitingLog.set(id, [...(this.#awaitingLog.get(id) ?? []), resolve]);
    });
  }
}
