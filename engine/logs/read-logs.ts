import { followLogs } from './log-follow.ts';
import { HistorySource, mergeByTime } from './log-history.ts';
import { type LogLine, type LogSelection, type LogsOptions, listSources } from './log-source.ts';
import type { EnginePort } from '../api/engine-port.ts';

/**
 * The merged log: history in the order of time, then, with `follow`, lines as they come. Pull-based: nothing is read before it is asked for, and
 * what is held is one chunk a container. Lines are whole; none is lost or repeated between history and following or over a restart.
 * Rejects with `EngineError`: `cancelled` at once when the signal fires, `unreachable` when the engine goes away.
 * To stop early, fire the signal, or end the iteration between two lines; either destroys every socket.
 */
export async function* logs(
  engine: EnginePort,
  selection: LogSelection,
  options: LogsOptions,
  signal: AbortSignal,
): AsyncGenerator<LogLine> {
  for await (const batch of logBatches(engine, selection, options, signal)) yield* batch;
}

/** The same, in the portions they come in: for writers of many lines. */
export async function* logBatches(
  engine: EnginePort,
  selection: LogSelection,
  options: LogsOptions,
  signal: AbortSignal,
): AsyncGenerator<readonly LogLine[]> {
  const inner = new AbortController();
  const combined = AbortSignal.any([signal, inner.signal]);
  try {
    if (options.follow) {
      yield* followLogs(engine, selection, options, combined);
    } else {
      const sources = await listSources(engine, selection, combined);
      const stamped = options.times !== false || sources.length > 1;
      const histories = sources.map(
        (source) => new HistorySource(engine, source, options, combined, stamped),
      );
      yield* mergeByTime(histories);
    }
  } finally {
    inner.abort();
  }
}
