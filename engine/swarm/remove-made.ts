import { EngineError } from '../api/engine-error.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { removeFreedNetwork } from './remove-network.ts';
import type { RemovalStep } from './remove-stack.ts';

/** What a deploy has made, as the swarm has it. */
export type MadeObject = RemovalStep;

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
  if (kind === 'network') return removeFreedNetwork(engine, name, signal);
  const found = await engine.listSwarmFiles(kind, { name: [name] }, signal);
  for (const { ID, Spec } of found) if (Spec.Name === name) await engine.removeSwarmFile(kind, ID, signal);
}
