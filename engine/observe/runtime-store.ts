import { setTimeout as delay } from 'node:timers/promises';
import { ignoreMissing } from '../api/ignore-missing.ts';
import { EngineError } from '../api/engine-error.ts';
import { Bursts } from './event-bursts.ts';
import { say } from '../api/message.ts';
import type { Loop } from './crash-history.ts';
import { CrashWatch, type LastLine, noPasts, type Pasts } from './crash-watch.ts';
import { otherProjects } from './other-containers.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { ContainerSummary, EngineEvent } from '../api/engine-objects.ts';
import { listObjects, mergeProjects, type RuntimeProject } from './runtime-project.ts';

/** What one engine runs, as of now. Immutable: a change makes a new one, in which unchanged projects are the same objects. */
export interface RuntimeSnapshot extends Pasts {
  /** By name. A project of which only networks or volumes are left has no services. */
  readonly projects: readonly RuntimeProject[];
  /** What Compose did not make, by the project of the tool that did; what has none is under ''. The same object as long as nothing of it changes. */
  readonly others: readonly RuntimeProject[];
  readonly connection: 'connecting' | 'connected' | 'disconnected';
  /** Why it is disconnected. */
  readonly error: EngineError | undefined;
  /** While it is not connected: until when it was, Unix time in ms; `undefined` if it never was. */
  readonly lastSeen: number | undefined;
}

/** Before anything was seen. */
export const nothingSeen: RuntimeSnapshot = {
  ...noPasts,
  projects: [],
  others: [],
  connection: 'connecting',
  error: undefined,
  lastSeen: undefined,
};

export interface RuntimeChange {
  readonly snapshot: RuntimeSnapshot;
  /** Names of projects that appeared, changed or went; empty when only the connection or the other containers changed. */
  readonly projects: ReadonlySet<string>;
}

export type ConnectEngine = (signal: AbortSignal) => Promise<EnginePort>;

export interface RuntimeStoreOptions {
  /** How to read what a container that crashes over and over wrote last; absent: that is not known. */
  readonly lastLine?: LastLine;
  readonly now?: () => number;
}

/** Events that change what is shown. Not `exec_*`: every probe of a health check makes three. */
const actions = [
  'create',
  'start',
  'die',
  'stop',
  'pause',
  'unpause',
  'rename',
  'update',
  'destroy',
  'health_status',
  'oom',
  'remove',
];

/** In ms. */
const backoff = { first: 250, most: 15_000 };
/**
 * All Compose projects of one engine, kept true by one event subscription: connects, observes, listens; when the engine goes away it says so, keeps
 * the last state, and tries again for ever with growing pauses; when it is back, observes anew. Never throws, and listeners that throw harm no one else.
 */
export class RuntimeStore {
  readonly #connect: ConnectEngine;
  readonly #listeners = new Set<(change: RuntimeChange) => void>();
  readonly #life = new AbortController();
  readonly #crashes: CrashWatch;
  readonly #now: () => number;
  #snapshot = nothingSeen;
  #engine: EnginePort | undefined;
  #bursts: Bursts | undefined;
  #calming: NodeJS.Timeout | undefined;
  #started = false;
  #retryNow = new AbortController();

  constructor(connect: ConnectEngine, { lastLine, now = Date.now }: RuntimeStoreOptions = {}) {
    this.#connect = connect;
    this.#now = now;
    this.#crashes = new CrashWatch(lastLine ?? (async () => undefined), now);
  }

  /** Starts at the first call; later ones do nothing. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    void this.#live();
  }

  snapshot(): RuntimeSnapshot {
    return this.#snapshot;
  }

  /** The engine in use while connected. */
  get engine(): EnginePort | undefined {
    return this.#engine;
  }

  /** Called after each change; the returned function ends that. */
  subscribe(listener: (change: RuntimeChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tries to connect now instead of after the pause. */
  retry(): void {
    this.#retryNow.abort();
  }

  /** Looks at a project now; resolves when what it is by then has been told, or when there is no connection. */
  async look(project: string): Promise<void> {
    await this.#bursts?.lookAt(project);
  }

  /** Closes the connection; nothing is told to listeners any more. */
  dispose(): void {
    this.#listeners.clear();
    clearTimeout(this.#calming);
    this.#life.abort();
    this.#engine?.close();
  }

  async #live(): Promise<void> {
    const { signal } = this.#life;
    let pause = backoff.first;
    while (!signal.aborted) {
      try {
        await this.#session(signal, () => {
          pause = backoff.first;
        });
      } catch (error) {
        if (signal.aborted) return;
        const { connection, lastSeen } = this.#snapshot;
        this.#publish(
          {
            connection: 'disconnected',
            error: toEngineError(error),
            lastSeen: connection === 'connected' ? this.#now() : lastSeen,
          },
          new Set(),
        );
      }
      this.#retryNow = new AbortController();
      await delay(pause, undefined, {
        signal: AbortSignal.any([signal, this.#retryNow.signal]),
        ref: false,
      }).catch(() => {});
      pause = Math.min(pause * 2, backoff.most);
    }
  }

  /** From connecting to the loss of the connection, which rejects. */
  async #session(life: AbortSignal, onConnected: () => void): Promise<void> {
    const session = new AbortController();
    const signal = AbortSignal.any([life, session.signal]);
    try {
      const engine = await this.#connect(signal);
      this.#engine = engine;
      // Listening first: what happens during the first look is looked at again.
      const events = await engine.events({ types: ['container', 'network', 'volume'], actions }, signal);
      this.#crashes.renew();
      const everything = listEverything(engine, signal);
      await Promise.all([
        this.#observe(engine, 'all', true, signal, { everything }),
        this.#observeOthers(everything),
      ]);
      this.#publish({ connection: 'connected', error: undefined, lastSeen: undefined }, new Set());
      onConnected();
      const bursts = new Bursts(async ({ projects, resources, others, ended }) => {
        if (others) await this.#observeOthers(listEverything(engine, signal));
        if (projects.size > 0 || resources)
          await this.#observe(engine, projects, resources, signal, { ended });
      });
      this.#bursts = bursts;
      await Promise.race([bursts.failed, this.#listen(events, bursts)]);
    } finally {
      session.abort();
      this.#bursts?.close();
      this.#bursts = undefined;
      this.#engine?.close();
      this.#engine = undefined;
    }
  }

  async #listen(events: AsyncIterable<EngineEvent>, bursts: Bursts): Promise<never> {
    for await (const event of events) {
      this.#crashes.note(event);
      bursts.touch(event);
    }
    throw new EngineError(
      'unreachable',
      say`The engine closed the connection: it is stopping or restarting.`,
    );
  }

  async #observe(
    engine: EnginePort,
    names: ReadonlySet<string> | 'all',
    resources: boolean,
    signal: AbortSignal,
    {
      ended = new Set(),
      everything,
    }: {
      readonly ended?: ReadonlySet<string>;
      readonly everything?: Promise<readonly ContainerSummary[]>;
    },
  ): Promise<void> {
    let listed = await listObjects(engine, names, resources, signal, everything);
    // An engine tells of an end before its list knows (20.10); an inspection waits until it does.
    const behind = listed.containers.filter(({ id, state }) => ended.has(id) && state === 'running');
    if (behind.length > 0) {
      await Promise.all(behind.map(({ id }) => ignoreMissing(engine.inspectContainer(id, signal))));
      listed = await listObjects(engine, names, resources, signal);
    }
    await this.#crashes.look(engine, listed.containers, signal);
    const before = new Map(this.#snapshot.projects.map((project) => [project.name, project]));
    const after = mergeProjects(before, listed);
    const changed = new Set<string>();
    for (const name of new Set([...before.keys(), ...after.keys()]))
      if (before.get(name) !== after.get(name)) changed.add(name);
    this.#remember([...after.values()], changed);
  }

  async #observeOthers(everything: Promise<readonly ContainerSummary[]>): Promise<void> {
    const others = otherProjects(this.#snapshot.others, await everything);
    if (others !== this.#snapshot.others) this.#publish({ others }, new Set());
  }

  /** Tells of these projects together with what is remembered of their containers, and again when a crash loop comes to rest. */
  #remember(all: readonly RuntimeProject[], changed: Set<string>): void {
    const { loops, done } = this.#crashes.pasts;
    const before = this.#snapshot;
    for (const { name, services } of all)
      for (const { id } of services.flatMap(({ containers }) => containers))
        if (!isSameLoop(loops.get(id), before.loops.get(id)) || done.has(id) !== before.done.has(id))
          changed.add(name);
    if (changed.size > 0) {
      const projects = [...all].sort((a, b) => (a.name < b.name ? -1 : 1));
      this.#publish({ projects, loops, done }, changed);
    }
    clearTimeout(this.#calming);
    const at = this.#crashes.changesAt;
    if (at === undefined) return;
    this.#calming = setTimeout(
      () => this.#remember(this.#snapshot.projects, new Set()),
      Math.max(0, at - this.#now()),
    ).unref();
  }

  #publish(change: Partial<RuntimeSnapshot>, projects: ReadonlySet<string>): void {
    if (this.#life.signal.aborted) return;
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of [...this.#listeners]) {
      try {
        listener({ snapshot: this.#snapshot, projects });
      } catch {
        // Its own bug; the others still have to hear.
      }
    }
  }
}

function listEverything(engine: EnginePort, signal: AbortSignal): Promise<readonly ContainerSummary[]> {
  return engine.listContainers({ labels: [], all: true }, signal);
}

function isSameLoop(a: Loop | undefined, b: Loop | undefined): boolean {
  return a?.restarts === b?.restarts && a?.exitCode === b?.exitCode && a?.lastLine === b?.lastLine;
}

function toEngineError(error: unknown): EngineError {
  return error instanceof EngineError
    ? error
    : new EngineError('engine', error instanceof Error ? error.message : String(error), { cause: error });
}
