import { setTimeout as delay } from 'node:timers/promises';
import { EngineError } from '../api/engine-error.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { say } from '../api/message.ts';
import type { RemovalStep } from './remove-stack.ts';

/** What a deploy has made, as the swarm has it. */
export type MadeObject = RemovalStep;

/** How long between two looks at a network that tasks still hold, in ms: the swarm has no events for tasks. */
const interval = 250;

/**
 * Removes what a deploy that failed has made, the last first: services before what they use. What is no longer there counts as removed; a network is tried
 * again for as long as tasks that are on their way out hold it.
 */
export async function removeMade(
  engine: EnginePort,
  made: readonly MadeObject[],
  report: (step: MadeObject) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const object of made.toReversed()) {
    report(object);
    await removeOne(engine, object, signal).catch((error: unknown) => {
      if (!(error instanceof EngineError) || error.kind !== 'not-found') throw error;
    });
  }
}

async function removeOne(engine: EnginePort, { kind, name }: MadeObject, signal: AbortSignal): Promise<void> {
  if (kind === 'service') return engine.removeService(name, signal);
  if (kind === 'network') return removeFreed(engine, name, signal);
  const found = await engine.listSwarmFiles(kind, { name: [name] }, signal);
  for (const { ID, Spec } of found) if (Spec.Name === name) await engine.removeSwarmFile(kind, ID, signal);
}

async function removeFreed(engine: EnginePort, name: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      return await engine.removeNetwork(name, signal);
    } catch (error) {
      if (!(error instanceof EngineError) || error.kind !== 'in-use') throw error;
    }
    await delay(interval, undefined, { signal }).catch(() => {
      throw new EngineError('cancelled', say`Cancelled.`);
    });
  }
}
