import { EngineError } from '../api/engine-error.ts';
import type { EnginePort } from '../api/engine-port.ts';

const attempts = 3;

/**
 * Takes the engine out of its swarm; `force`: also a manager. An engine gives its tasks only seconds to end, and answers that the time is over although it
 * goes on with them: it is asked again then. Rejects with `EngineError`.
 */
export async function leaveSwarm(
  engine: Pick<EnginePort, 'leaveSwarm'>,
  options: { readonly force: boolean },
  signal: AbortSignal,
): Promise<void> {
  for (let left = attempts - 1; ; left--)
    try {
      await engine.leaveSwarm(options, signal);
      return;
    } catch (error) {
      const text = error instanceof EngineError ? error.message : '';
      // By now it has left after all.
      if (left < attempts - 1 && /not part of a swarm/.test(text)) return;
      const late = /deadline exceeded/.test(text);
      if (!late || left === 0) throw error;
    }
}
