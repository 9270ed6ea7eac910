import * as vscode from 'vscode';
import { EngineError } from '#engine/api/engine-error.ts';
import { stampToEngineTime } from '#engine/api/engine-time.ts';
import type { LogLine, LogSelection } from '#engine/logs/log-source.ts';
import { logBatches } from '#engine/logs/read-logs.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { maskSecrets } from '../shared/mask.ts';
import type { EngineSession } from '../workspace/engine-session.ts';

const { l10n } = vscode;

/** Where a log begins: so many lines of each container before now, a time (Unix, s), or, without either, with the first line. */
export interface LogStart {
  readonly tail?: number;
  readonly since?: string;
}

export interface LogReceiver {
  /** Holds the reading back until it resolves. */
  readonly push: (lines: readonly LogLine[]) => Promise<void>;
  /** What was written before is handed over, or cannot be read now. */
  readonly live: () => void;
  /** Told what is wrong, and `''` when nothing is any more. */
  readonly note: (text: string) => void;
  readonly signal: AbortSignal;
}

/** The log of a selection until the signal fires: over restarts of containers, and of the engine, behind the last line that was read. */
export async function followLogs(
  session: EngineSession,
  selection: LogSelection,
  start: LogStart,
  { push, live, note, signal }: LogReceiver,
): Promise<void> {
  let last: string | undefined;
  let used: EnginePort | undefined;
  while (!signal.aborted) {
    try {
      used = await session.engine(signal);
      note('');
      const resumed = last;
      const since = resumed === undefined ? undefined : stampToEngineTime(resumed);
      const options = {
        follow: true,
        ...(since === undefined ? start : { since }),
        onFollowing: live,
        onUnreadable: (name: string, error: EngineError) => note(`${name}: ${maskSecrets(error.message)}`),
      };
      for await (const batch of logBatches(used, selection, options, signal)) {
        const fresh =
          resumed === undefined ? batch : batch.filter(({ time }) => time === undefined || time > resumed);
        const newest = batch.at(-1)?.time;
        if (newest !== undefined && (last === undefined || newest > last)) last = newest;
        if (fresh.length > 0) await push(fresh);
      }
      return;
    } catch (error) {
      if (signal.aborted) return;
      live();
      note(maskSecrets(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)));
      if (!(error instanceof EngineError) || error.kind !== 'unreachable') return;
    }
    await anotherEngine(session, used, signal);
    note(l10n.t('The engine is back'));
  }
}

/** Resolves with another connection than the one that broke, or when the signal fires. */
function anotherEngine(
  session: EngineSession,
  used: EnginePort | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (session.current !== undefined && session.current !== used) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      listening.dispose();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const listening = session.onDidChange(({ snapshot }) => {
      if (snapshot.connection === 'connected') done();
    });
    signal.addEventListener('abort', done, { once: true });
  });
}
