import { EngineError } from '#engine/api/engine-error.ts';
import type {
  ContainerDetails,
  ContainerState,
  ContainerSummary,
  EngineEvent,
  ImageDetails,
  NetworkDetails,
  VolumeDetails,
} from '#engine/api/engine-objects.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { label } from '#engine/project/labels.ts';
import { frame } from '../../engine/streams.ts';
import { container } from '../containers.ts';
import { MemoryFiles } from './memory-files.ts';
import { MemorySwarm } from './memory-swarm.ts';

/** An engine in memory, as far as commands of the client need one: what it has, what it was told to do, and events of what changed. */
export class MemoryEngine {
  readonly containers = new Map<string, ContainerSummary>();
  readonly networks = new Map<string, NetworkDetails>();
  readonly volumes = new Map<string, VolumeDetails>();
  readonly images: ImageDetails[] = [];
  readonly swarm = new MemorySwarm();
  readonly files = new MemoryFiles();
  /** Calls that change something, with what they were about. */
  readonly calls: string[] = [];
  readonly endpoint: string;
  /** What containers wrote, by id. */
  readonly written = new Map<string, readonly string[]>();
  /** Samples of what containers use, by id: all there will be. */
  readonly samples = new Map<string, readonly object[]>();
  /** What an inspection says otherwise, by id. */
  readonly details = new Map<string, Partial<ContainerDetails>>();
  /** What the next call of this name rejects with. */
  readonly failures = new Map<string, EngineError>();
  isReachable = true;
  /** How often the engine has started a container again by itself, by id. */
  readonly restarts = new Map<string, number>();
  /** Every answer waits for it. */
  held: Promise<void> | undefined;
  /** With what containers end. */
  exitCode = 0;
  /** What is started has ended at once. */
  endsOnStart = false;
  /** As engines do, a network with containers on it is not removed. */
  keepsNetworksInUse = false;
  readonly #listeners = new Set<(event: EngineEvent | EngineError) => void>();
  #connection = new AbortController();

  constructor(endpoint = 'unix:///memory.sock') {
    this.endpoint = endpoint;
  }

  /** An image that is here, by its name. */
  async *#pull(reference: string): AsyncIterable<never> {
    yield* [];
    const digest = this.registry.get(reference);
    if (digest === undefined)
      throw new EngineError('image-missing', `There is no image ${reference}.`, { subject: reference });
    this.#does('pull', reference);
    this.images.splice(
      0,
      this.images.length,
      ...this.images.filter(({ tags }) => !tags.includes(tagged(reference))),
    );
    this.hasImage(reference, { id: digest, contentDigest: digest, digests: [`${reference}@${digest}`] });
  }

  /** What the builder answers about Dockerfiles. */
  lint: Readonly<Record<string, string>> = {};
  /** The digests of what can be pulled, by reference. */
  readonly registry = new Map<string, string>();

  hasImage(reference: string, change: Partial<ImageDetails> = {}): void {
    this.images.push({
      id: `sha256:${reference}`,
      contentDigest: `sha256:${reference}`,
      config: {},
      tags: [tagged(reference)],
      digests: [],
      volumes: [],
      hasHealthcheck: false,
      os: 'linux',
      architecture: 'amd64',
      ...change,
    });
  }

  /** A container of a service, as Docker Compose would have made it. */
  has(project: string, service: string, change: Partial<ContainerSummary> = {}): ContainerSummary {
    const name = change.name ?? `${project}-${service}-1`;
    const made = container({
      ...change,
      name,
      labels: {
        [label.project]: project,
        [label.service]: service,
        [label.containerNumber]: '1',
        [label.configHash]: 'another',
        [label.oneOff]: 'False',
        [label.workingDirectory]: `/${project}`,
        ...change.labels,
      },
    });
    this.containers.set(made.id, made);
    return made;
  }

  hasVolume(project: string, key: string): void {
    const name = `${project}_${key}`;
    const labels = { [label.project]: project, [label.volume]: key };
    this.volumes.set(name, { name, driver: 'local', mountpoint: '', labels });
  }

  hasNetwork(project: string, key: string): void {
    const name = `${project}_${key}`;
    const labels = { [label.project]: project, [label.network]: key };
    this.networks.set(name, {
      id: `id-of-${name}`,
      name,
      driver: 'bridge',
      scope: 'local',
      labels,
      containers: [],
    });
  }

  /** Something happens to a container that nobody here asked for. */
  happens(action: string, id: string, change: Partial<ContainerSummary> = {}, exitCode?: number): void {
    const known = this.containers.get(id);
    if (known === undefined) return;
    this.containers.set(id, { ...known, ...change });
    this.#tell('container', action, id, exitCode);
  }

  /** A container crashes, and is started again by the engine. */
  crashes(id: string, exitCode: number): void {
    this.restarts.set(id, (this.restarts.get(id) ?? 0) + 1);
    this.happens('die', id, { state: 'restarting', exitCode }, exitCode);
    this.happens('start', id, { state: 'running', exitCode: undefined });
  }

  /** A container is gone. */
  goes(id: string): void {
    const labels = this.containers.get(id)?.labels ?? {};
    this.containers.delete(id);
    for (const listener of this.#listeners)
      listener({ type: 'container', action: 'destroy', id, attributes: labels, time: 0 });
  }

  /** The connection breaks: whoever listens learns it. */
  breaks(): void {
    this.isReachable = false;
    this.#connection.abort();
    this.#connection = new AbortController();
    for (const listener of this.#listeners) listener(new EngineError('unreachable', 'The engine went away.'));
  }

  /** What a client connects to. Calls that no test needs reject as unsupported. */
  get port(): EnginePort {
    const known: Partial<EnginePort> = {
      ...this.swarm.calls((what, name) => this.#does(what, name)),
      ...this.files.calls((what, name) => this.#does(what, name)),
      info: { apiVersion: '1.51', serverVersion: '28.5.2', endpoint: this.endpoint, os: 'linux' },
      close: () => {},
      ping: async () => {},
      events: async (_filter, signal) => this.#events(signal),
      listContainers: async ({ labels, all }) =>
        [...this.containers.values()].filter(
          (each) => (all === true || each.state === 'running') && matches(each.labels, labels),
        ),
      listNetworks: async ({ labels }) =>
        [...this.networks.values()].filter((each) => matches(each.labels, labels)),
      listVolumes: async ({ labels }) =>
        [...this.volumes.values()].filter((each) => matches(each.labels, labels)),
      listImages: async () => this.images,
      inspectDisk: async () => ({
        layers: 0,
        images: this.images.map(({ id, size = 0 }) => ({ id, name: id, size, shared: 0, containers: 0 })),
        containers: [...this.containers.values()].map(({ id, name }) => ({
          id,
          name,
          size: 3000,
          isRunning: false,
        })),
        volumes: [],
        cache: { size: 5_000_000, free: 4_000_000 },
      }),
      inspectContainer: async (id) => {
        const summary = this.#container(id);
        const restartCount = this.restarts.get(summary.id) ?? 0;
        return { ...detailsOf(summary), restartCount, ...this.details.get(summary.id) };
      },
      inspectNetwork: async (name) => found(this.networks, name),
      inspectVolume: async (name) => found(this.volumes, name),
      architecture: async () => 'amd64',
      listEngineLabels: async () => [],
      inspectImage: async (reference) => {
        const image = this.images.find(
          ({ id, tags }) => id === reference || tags.includes(tagged(reference)),
        );
        if (image === undefined) throw new EngineError('not-found', `No such image: ${reference}`);
        return image;
      },
      inspectBuilder: async () => ({ hostGateway: undefined, holdsIndexes: false }),
      askBuilder: async (question, { attributes }) => {
        this.#does('ask', `${question} ${attributes['target'] ?? ''}`.trim());
        return this.lint;
      },
      inspectRemoteImage: async (reference) => {
        const digest = this.registry.get(reference);
        if (digest === undefined) throw new EngineError('image-missing', `There is no image ${reference}.`);
        return { digest, platforms: [] };
      },
      pullImage: (reference) => this.#pull(reference),
      createNetwork: async ({ Name, Labels }) => {
        const name = String(Name);
        const labels = Labels as Readonly<Record<string, string>>;
        this.#does('create network', name);
        const id = `id-of-${name}`;
        this.networks.set(name, { id, name, driver: 'bridge', scope: 'local', labels, containers: [] });
        return { id };
      },
      createVolume: async ({ Name, Labels }) => {
        const name = String(Name);
        this.#does('create volume', name);
        const labels = Labels as Readonly<Record<string, string>>;
        const volume = { name, driver: 'local', mountpoint: '', labels };
        this.volumes.set(name, volume);
        return volume;
      },
      createContainer: async ({ name, body }) => {
        this.#does('create', name);
        const labels = body.Labels as Readonly<Record<string, string>>;
        const made = container({ name, labels, state: 'created', status: 'Created' });
        this.containers.set(made.id, made);
        return { id: made.id, warnings: [] };
      },
      renameContainer: async (id, name) => {
        this.containers.set(id, { ...this.#container(id), name });
      },
      connectNetwork: async () => {},
      startContainer: async (id) => this.#becomes('start', id, this.endsOnStart ? 'exited' : 'running'),
      stopContainer: async (id) => this.#becomes('stop', id, 'exited'),
      restartContainer: async (id) => this.#becomes('restart', id, 'running'),
      pauseContainer: async (id) => this.#becomes('pause', id, 'paused'),
      unpauseContainer: async (id) => this.#becomes('unpause', id, 'running'),
      killContainer: async (id) => this.#becomes('kill', id, 'exited'),
      removeContainer: async (id) => {
        this.#does('remove', id);
        this.goes(id);
      },
      removeNetwork: async (name) => {
        const isUsed = [...this.containers.values()].some(({ networks }) =>
          Object.values(networks).some(({ networkId }) => networkId === name),
        );
        if (isUsed && this.keepsNetworksInUse) throw new EngineError('in-use', 'It has active endpoints.');
        this.#does('remove network', name);
        for (const [key, network] of this.networks)
          if ([key, network.id].includes(name)) this.networks.delete(key);
      },
      removeVolume: async (name) => {
        this.#does('remove volume', name);
        this.volumes.delete(name);
      },
      removeImage: async (reference) => this.#does('remove image', reference),
      prune: async (kind) => {
        this.#does('prune', String(kind));
        return { names: [], reclaimed: 0 } as never;
      },
      containerLogs: async (id, { follow }, signal) => {
        const lines = this.written.get(id) ?? [];
        const frames = lines.map((line, at) => frame('stdout', `${stampOf(at)} ${line}\n`));
        return follow ? this.#following(frames, signal) : each(frames);
      },
      containerStats: async (id, _options, signal) => this.#following(this.samples.get(id) ?? [], signal),
      waitContainer: async () => ({ exitCode: 0 }),
    };
    return new Proxy(known, {
      get: (calls, name: keyof EnginePort & string) => {
        const call: unknown = calls[name];
        if (typeof call === 'function' && name !== 'close')
          return (...args: readonly unknown[]) => this.#answer(() => call.apply(calls, args));
        if (name in calls || typeof name !== 'string' || (name as string) === 'then') return calls[name];
        return async () => {
          throw new EngineError('unsupported', `The engine in memory has no ${name}.`);
        };
      },
    }) as EnginePort;
  }

  /** What there is, then nothing until nobody waits any more or the connection breaks. */
  async *#following<T>(all: readonly T[], signal: AbortSignal): AsyncGenerator<T> {
    yield* all;
    const end = AbortSignal.any([signal, this.#connection.signal]);
    await new Promise<void>((resolve) => {
      if (end.aborted) resolve();
      else end.addEventListener('abort', () => resolve(), { once: true });
    });
    if (!signal.aborted) throw new EngineError('unreachable', 'The engine went away.');
  }

  /** Answers when it is let, as long as there is a connection. */
  #answer(call: () => unknown): unknown {
    const { held } = this;
    if (held === undefined && this.isReachable) return call();
    const answering = async () => {
      await held;
      if (!this.isReachable) throw new EngineError('unreachable', 'The engine went away.');
      return call();
    };
    return answering();
  }

  #container(idOrName: string): ContainerSummary {
    const known = [...this.containers.values()].find(({ id, name }) => id === idOrName || name === idOrName);
    if (known === undefined) throw new EngineError('not-found', `No such container: ${idOrName}`);
    return known;
  }

  #does(what: string, id: string): void {
    const failure = this.failures.get(what);
    this.failures.delete(what);
    if (failure !== undefined) throw failure;
    this.calls.push(`${what} ${this.containers.get(id)?.name ?? id}`.trimEnd());
  }

  #becomes(what: string, id: string, state: ContainerState): void {
    this.#does(what, id);
    this.containers.set(id, {
      ...this.#container(id),
      state,
      exitCode: state === 'exited' ? this.exitCode : undefined,
    });
    // In the engine's own order.
    if (what !== 'start' && what !== 'pause' && what !== 'unpause')
      this.#tell('container', 'die', id, this.exitCode);
    if (what === 'stop' || what === 'restart') this.#tell('container', 'stop', id);
    if (what !== 'stop' && what !== 'kill') this.#tell('container', what === 'restart' ? 'start' : what, id);
  }

  #tell(type: string, action: string, id: string, exitCode?: number): void {
    const labels = this.containers.get(id)?.labels ?? {};
    const attributes = exitCode === undefined ? labels : { ...labels, exitCode: String(exitCode) };
    for (const listener of this.#listeners) listener({ type, action, id, attributes, time: 0 });
  }

  /** From the call on, as a real one. */
  #events(signal: AbortSignal): AsyncIterable<EngineEvent> {
    const waiting: (EngineEvent | EngineError)[] = [];
    let wake = () => {};
    const listener = (event: EngineEvent | EngineError) => {
      waiting.push(event);
      wake();
    };
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => wake(), { once: true });
    const listening = async function* (forget: () => void) {
      try {
        while (!signal.aborted) {
          const next = waiting.shift();
          if (next instanceof EngineError) throw next;
          if (next !== undefined) yield next;
          else
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
        }
      } finally {
        forget();
      }
    };
    return listening(() => this.#listeners.delete(listener));
  }
}

async function* each<T>(all: readonly T[]): AsyncGenerator<T> {
  yield* all;
}

function stampOf(at: number): string {
  return `2026-01-31T10:20:30.${String(at).padStart(9, '0')}Z`;
}

function tagged(reference: string): string {
  return /:[^/]*$/.test(reference) ? reference : `${reference}:latest`;
}

function matches(labels: Readonly<Record<string, string>>, filters: readonly string[]): boolean {
  return filters.every((filter) => {
    const [name = '', value] = filter.split('=');
    return name in labels && (value === undefined || labels[name] === value);
  });
}

function found<T>(all: ReadonlyMap<string, T>, name: string): T {
  const known = all.get(name);
  if (known === undefined) throw new EngineError('not-found', `No such object: ${name}`);
  return known;
}

function detailsOf(summary: ContainerSummary): ContainerDetails {
  const { id, name, image, imageId, state, health, labels, mounts } = summary;
  return {
    id,
    name,
    image,
    imageId,
    state,
    health,
    healthOutput: undefined,
    exitCode: summary.exitCode ?? 0,
    error: '',
    startedAt: 0,
    finishedAt: undefined,
    restartCount: 0,
    tty: false,
    hasHealthcheck: false,
    labels,
    env: ['DB_PASSWORD=hunter2', 'MODE=test'],
    config: {},
    hostConfig: {},
    networks: {},
    mounts,
  };
}
