import { callsWhere } from './call-facts.ts';
import { EngineError } from './engine-error.ts';
import { say } from './message.ts';
import type { EnginePort } from './engine-port.ts';
import { recordOf } from '#compose/values/record.ts';

/** How long, in ms, a call under way may take to end after it has been cancelled. */
const grace = 3000;

/**
 * The same engine, whose changes are not torn off in the middle: an engine goes on with what it has been told to do although nobody listens any
 * more, and whoever looks next would see it half done. A change that is cancelled under way still ends, or has its grace, before it rejects (kind
 * `cancelled`); none begins after the signal has fired. Reads, waits and streams end at once.
 */
export function finishingCalls(engine: EnginePort): EnginePort {
  const replaced = callsWhere(({ finishes }) => finishes).map((name) => {
    // What holds of all calls of the port: the signal comes last. Those in the table that finish are promises.
    const call = engine[name] as (...given: readonly unknown[]) => Promise<unknown>;
    return [name, finishing(call)] as const;
  });
  return { ...engine, ...recordOf(replaced) };
}

function finishing(call: (...given: readonly unknown[]) => Promise<unknown>): typeof call {
  return async (...given) => {
    const signal = given.at(-1) as AbortSignal;
    const rest = given.slice(0, -1);
    const late = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const onAbort = () => {
      timer = setTimeout(() => late.abort(signal.reason), grace);
    };
    refuseAborted(signal);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await call(...rest, late.signal).finally(() => refuseAborted(signal));
    } finally {
      signal.removeEventListener('abort', onAbort);
      clearTimeout(timer);
    }
  };
}

function refuseAborted(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw signal.reason instanceof EngineError
    ? signal.reason
    : new EngineError('cancelled', say`Canceled.`, { cause: signal.reason });
}
