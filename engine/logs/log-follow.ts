import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { HistorySource, mergeByTime } from './log-history.ts';
import { LogPosition } from './log-position.ts';
import { LogReader } from './log-reader.ts';
import {
  isGone,
  isSelected,
  isUnreadable,
  type LogLine,
  type LogSelection,
  type LogSource,
  type LogsOptions,
  listSources,
  logLabels,
  toLogLine,
} from './log-source.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { EngineEvent } from '../api/engine-objects.ts';

/**
 * History in order, then lines as they come. Events say when a container starts again or joins; its log is then read from just after the last
 * line seen, so the moment at which it is opened does not matter.
 */
export async function* followLogs(
  engine: EnginePort,
  selection: LogSelection,
  options: LogsOptions,
  signal: AbortSignal,
): AsyncGenerator<readonly LogLine[]> {
  // Before the listing, so that no start falls between the two.
  const events = await engine.events(
    { labels: logLabels(selection), types: ['container'], actions: ['start', 'die', 'destroy'] },
    signal,
  );
  const followers = new Map<string, Follower>();
  const arrivals = new Arrivals(signal);
  const lastEnds = new Map<string, string>();
  const add = (source: LogSource, position: LogPosition, onlyNew: boolean) => {
    const after = lastEnds.get(source.id);
    const follower = new Follower(engine, source, { position, onlyNew, after, options, arrivals, signal });
    followers.set(source.id, follower);
    return follower;
  };

  const sources = await listSources(engine, selection, signal);
  const positions = new Map(sources.map((source) => [source.id, new LogPosition()]));
  const started = new Set<string>();
  arrivals.watch(
    (async () => {
      for await (const event of events) {
        started.add(event.id);
        onEvent(event);
      }
      // The engine said goodbye; it does so too when `until` has passed, which no event subscription here asks for.
      throw new EngineError(
        'unreachable',
        say`The engine closed its event stream: it is stopping or restarting.`,
      );
    })(),
  );

  // With a tail of nothing there is no history to put in order; but where it ends is to be known before anything new is written.
  if (options.tail === 0) {
    const stopped = sources.filter(({ running }) => !running);
    await Promise.all(
      stopped.map(async ({ id }) => {
        const { finishedAt } = await engine.inspectContainer(id, signal);
        if (finishedAt !== undefined) lastEnds.set(id, secondsOf(finishedAt));
      }),
    );
  } else {
    const histories = sources.map((source) => new HistorySource(engine, source, options, signal));
    for await (const batch of mergeByTime(histories)) {
      arrivals.throwIfFailed();
      for (const line of batch) positions.get(line.containerId)?.note(line);
      yield batch;
    }
  }
  for (const source of sources) {
    const follower =
      followers.get(source.id) ??
      add(source, positions.get(source.id) ?? new LogPosition(), options.tail === 0);
    if (source.running || started.has(source.id)) follower.wake();
  }

  options.onFollowing?.();

  const isOver = () => options.untilStopped === true && [...followers.values()].every((each) => each.idle);
  yield* arrivals.drain(isOver);

  function onEvent({ action, id, attributes }: EngineEvent): void {
    const known = followers.get(id);
    if (action !== 'start') {
      arrivals.wake();
      return;
    }
    if (known !== undefined) known.wake();
    else if (!positions.has(id) && isSelected(selection, id, attributes)) {
      const service = attributes['com.docker.compose.service'] ?? '';
      add(
        { id, name: attributes.name ?? id.slice(0, 12), service, running: true },
        new LogPosition(),
        false,
      ).wake();
    }
  }
}

interface FollowerOptions {
  readonly position: LogPosition;
  /** Nothing of what it wrote before. */
  readonly onlyNew: boolean;
  /** When its last run ended, if it was not running when following began. */
  readonly after: string | undefined;
  readonly options: LogsOptions;
  readonly arrivals: Arrivals;
  readonly signal: AbortSignal;
}

/** Follows one container; asleep while it does not run. */
class Follower {
  readonly #engine: EnginePort;
  readonly #source: LogSource;
  readonly #given: FollowerOptions;
  #reading = false;
  /** It started again while the log of its last run was still being read. */
  #again = false;
  /** Its restart policy will start it again. */
  #returning = false;
  #opened = false;

  constructor(engine: EnginePort, source: LogSource, given: FollowerOptions) {
    this.#engine = engine;
    this.#source = source;
    this.#given = given;
  }

  get idle(): boolean {
    return !this.#reading && !this.#returning;
  }

  /** It runs. */
  wake(): void {
    this.#again = true;
    this.#returning = false;
    if (this.#reading) return;
    this.#reading = true;
    this.#given.arrivals.watch(this.#run());
  }

  async #run(): Promise<void> {
    const { options, arrivals, signal } = this.#given;
    try {
      while (this.#again) {
        this.#again = false;
        try {
          await this.#readOnce();
        } finally {
          options.onEnded?.(this.#source);
        }
      }
      if (options.untilStopped === true) {
        const { state } = await this.#engine.inspectContainer(this.#source.id, signal);
        this.#returning = state === 'restarting' || state === 'running';
      }
    } catch (error) {
      if (isGone(error)) return;
      if (!isUnreadable(error)) throw error;
      options.onUnreadable?.(this.#source.name, error);
    } finally {
      this.#reading = false;
      arrivals.wake();
    }
  }

  async #readOnce(): Promise<void> {
    const { options, position, onlyNew, after, signal } = this.#given;
    const { tty, finishedAt } = await this.#engine.inspectContainer(this.#source.id, signal);
    const seen = position.resume();
    const isFirst = !this.#opened;
    this.#opened = true;
    // Nothing old: in the run that is under way, what comes from now on; in a later one, all that came after the end of the one before.
    const nothing = onlyNew && seen === undefined && isFirst && this.#source.running;
    const before = isFirst ? after : finishedAt === undefined ? undefined : secondsOf(finishedAt);
    const finished = onlyNew && !nothing ? before : undefined;
    const since = seen ?? finished ?? options.since;
    const reader = new LogReader({ tty });
    const bytes = await this.#engine.containerLogs(
      this.#source.id,
      {
        follow: true,
        stdout: true,
        stderr: true,
        timestamps: true,
        ...(since === undefined ? {} : { since }),
        ...(options.until === undefined ? {} : { until: options.until }),
        ...(nothing ? { tail: 0 } : {}),
      },
      signal,
    );
    for await (const chunk of bytes) await this.#deliver(reader.push(chunk));
    await this.#deliver(reader.flush());
  }

  async #deliver(stamped: ReturnType<LogReader['push']>): Promise<void> {
    const lines = stamped
      .map((line) => toLogLine(this.#source, line))
      .filter((line) => this.#given.position.isNew(line));
    if (lines.length > 0) await this.#given.arrivals.offer(lines);
  }
}

/** Unix time in ms, as the engine takes it. */
function secondsOf(time: number): string {
  return (time / 1000).toFixed(3);
}

/** Portions in the order they come. Who offers one waits until it has been taken: that is what holds a fast writer back. */
class Arrivals {
  readonly #signal: AbortSignal;
  readonly #ready: { readonly lines: readonly LogLine[]; readonly taken: () => void }[] = [];
  #wake: () => void = () => {};
  #failure: { readonly error: unknown } | undefined;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#release(), { once: true });
  }

  offer(lines: readonly LogLine[]): Promise<void> {
    if (this.#signal.aborted) return Promise.resolve();
    return new Promise((taken) => {
      this.#ready.push({ lines, taken });
      this.#wake();
    });
  }

  /** A failure of this work ends the whole. */
  watch(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#failure ??= { error };
      this.#wake();
    });
  }

  wake(): void {
    this.#wake();
  }

  throwIfFailed(): void {
    if (this.#signal.aborted) throw new EngineError('cancelled', say`Canceled.`);
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async *drain(isOver: () => boolean): AsyncGenerator<readonly LogLine[]> {
    for (;;) {
      for (let next = this.#ready.shift(); next !== undefined; next = this.#ready.shift()) {
        yield next.lines;
        next.taken();
      }
      this.throwIfFailed();
      if (isOver()) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        if (this.#ready.length > 0 || this.#failure !== undefined || this.#signal.aborted) resolve();
      });
    }
  }

  #release(): void {
    for (const { taken } of this.#ready.splice(0)) taken();
    this.#wake();
  }
}
