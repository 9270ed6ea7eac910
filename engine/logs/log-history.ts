import { compareStamps } from '../api/engine-time.ts';
import { LogReader } from './log-reader.ts';
import {
  isGone,
  isUnreadable,
  type LogLine,
  type LogSource,
  type LogsOptions,
  toLogLine,
} from './log-source.ts';
import type { EnginePort } from '../api/engine-port.ts';

/** What a container has written so far, a portion at a time. */
export class HistorySource {
  readonly source: LogSource;
  /** Not taken yet, in order. */
  lines: readonly LogLine[] = [];
  /** The first of `lines` that has not been taken. */
  at = 0;
  readonly #open: () => Promise<AsyncIterator<Uint8Array> | undefined>;
  readonly #unreadable: (error: unknown) => void;
  #bytes: AsyncIterator<Uint8Array> | undefined;
  #reader: LogReader | undefined;
  #ended = false;

  /** `stamped`: with the time of each line, which merging needs. */
  constructor(
    engine: EnginePort,
    source: LogSource,
    options: LogsOptions,
    signal: AbortSignal,
    stamped = true,
  ) {
    this.source = source;
    this.#open = async () => {
      const { tty } = await engine.inspectContainer(source.id, signal);
      this.#reader = new LogReader({ tty, stamped });
      const { tail, since, until } = options;
      const bytes = await engine.containerLogs(
        source.id,
        {
          follow: false,
          stdout: true,
          stderr: true,
          timestamps: stamped,
          ...(tail === undefined ? {} : { tail }),
          ...(since === undefined ? {} : { since }),
          ...(until === undefined ? {} : { until }),
        },
        signal,
      );
      return bytes[Symbol.asyncIterator]();
    };
    this.#unreadable = (error) => {
      if (isGone(error)) return;
      if (!isUnreadable(error)) throw error;
      options.onUnreadable?.(source.name, error);
    };
  }

  /** The next line, or `undefined` when `fill` is needed. */
  get head(): LogLine | undefined {
    return this.lines[this.at];
  }

  /** Reads on until there is a line; `false` when there are no more. */
  async fill(): Promise<boolean> {
    try {
      while (this.head === undefined && !this.#ended) {
        this.#bytes ??= await this.#open();
        const result = await this.#bytes?.next();
        this.#ended = result === undefined || result.done === true;
        const stamped = result?.done === false ? this.#reader?.push(result.value) : this.#reader?.flush();
        this.lines = (stamped ?? []).map((line) => toLogLine(this.source, line));
        this.at = 0;
      }
    } catch (error) {
      this.#unreadable(error);
      this.#ended = true;
    }
    return this.head !== undefined;
  }
}

/** Many lines at once, so that a million of them do not cost a million turns of the event loop. */
const batchSize = 1024;

/** All lines in the order of time; equal times in the order of the sources. Each source is in order by itself. */
export async function* mergeByTime(sources: readonly HistorySource[]): AsyncGenerator<readonly LogLine[]> {
  await Promise.all(sources.map((source) => source.fill()));
  let open = sources.filter((source) => source.head !== undefined);
  let batch: LogLine[] = [];
  while (open.length > 0) {
    const [first, second] = earliestTwo(open);
    if (first === undefined) break;
    // Containers write in bursts: as long as the first is earlier than every other, there is nothing to compare.
    const limit = second?.head?.time;
    for (let line = first.head; line !== undefined; line = first.head) {
      if (limit !== undefined && compareStamps(line.time ?? '', limit) > 0) break;
      batch.push(line);
      first.at++;
      if (batch.length >= batchSize) {
        yield batch;
        batch = [];
      }
    }
    if (first.head !== undefined) continue;
    if (batch.length > 0) yield batch;
    batch = [];
    if (!(await first.fill())) open = open.filter((source) => source !== first);
  }
}

function earliestTwo(
  sources: readonly HistorySource[],
): [HistorySource | undefined, HistorySource | undefined] {
  let first: HistorySource | undefined;
  let second: HistorySource | undefined;
  for (const source of sources) {
    if (first === undefined || isEarlier(source, first)) {
      second = first;
      first = source;
    } else if (second === undefined || isEarlier(source, second)) second = source;
  }
  return [first, second];
}

function isEarlier(a: HistorySource, b: HistorySource): boolean {
  return compareStamps(a.head?.time ?? '', b.head?.time ?? '') < 0;
}
