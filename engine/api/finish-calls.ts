import { EngineError } from './engine-error.ts';
import { say } from './message.ts';
import type { EnginePort } from './engine-port.ts';

/** How long, in ms, a call under way may take to end after it has been cancelled. */
const grace = 3000;

/**
 * The same engine, whose changes are not torn off in the middle: an engine goes on with what it has been told to do although nobody listens any
 * more, and whoever looks next would see it half done. A change that is cancelled under way still ends, or has its grace, before it rejects (kind
 * `cancelled`); none begins after the signal has fired. Reads, waits and streams end at once.
 */
export function finishingCalls(engine: EnginePort): EnginePort {
  return {
    ...engine,
    createContainer: finishing(engine.createContainer),
    startContainer: finishing(engine.startContainer),
    stopContainer: finishing(engine.stopContainer),
    restartContainer: finishing(engine.restartContainer),
    killContainer: finishing(engine.killContainer),
    pauseContainer: finishing(engine.pauseContainer),
    unpauseContainer: finishing(engine.unpauseContainer),
    renameContainer: finishing(engine.renameContainer),
    removeContainer: finishing(engine.removeContainer),
    createNetwork: finishing(engine.createNetwork),
    connectNetwork: finishing(engine.connectNetwork),
    disconnectNetwork: finishing(engine.disconnectNetwork),
    removeNetwork: finishing(engine.removeNetwork),
    createVolume: finishing(engine.createVolume),
    removeVolume: finishing(engine.removeVolume),
    removeImage: finishing(engine.removeImage),
  };
}

function finishing<A extends readonly unknown[], R>(
  call: (...given: [...A, AbortSignal]) => Promise<R>,
): (...given: [...A, AbortSignal]) => Promise<R> {
  return async (...given) => {
    // The types say that the last one is the signal; TypeScript cannot split a tuple at its end.
    const signal = given.at(-1) as AbortSignal;
    const rest = given.slice(0, -1) as unknown as A;
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
    : new EngineError('cancelled', say`Cancelled.`, { cause: signal.reason });
}
