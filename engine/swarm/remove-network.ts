import { setTimeout as delay } from 'node:timers/promises';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import type { EnginePort } from '../api/engine-port.ts';

/** How long between two tries, in ms: the swarm has no events for tasks. */
const interval = 250;

/** Removes a network of a swarm, as soon as the tasks of services that have just been removed have let go of it. A service that uses it is refused at once. */
export async function removeFreedNetwork(engine: EnginePort, id: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      return await engine.removeNetwork(id, signal);
    } catch (error) {
      if (!(error instanceof EngineError) || !/is in use by task/.test(error.message)) throw error;
    }
    await delay(interval, undefined, { signal }).catch(() => {
      throw new EngineError('cancelled', say`Canceled.`);
    });
  }
}
