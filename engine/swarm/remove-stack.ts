import { setTimeout as delay } from 'node:timers/promises';
import { EngineError } from '../api/engine-error.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { removeFreedNetwork } from './remove-network.ts';
import { stackLabel } from './stack-labels.ts';

export interface RemovalStep {
  readonly kind: 'service' | 'secret' | 'config' | 'network';
  readonly name: string;
}

/**
 * Removes a stack's services, secrets, configs and networks; its volumes stay. Resolves with how many objects there were. With `wait`, only once
 * its tasks have stopped.
 */
export async function removeStack(
  engine: EnginePort,
  stack: string,
  { wait }: { readonly wait: boolean },
  report: (step: RemovalStep) => void,
  signal: AbortSignal,
): Promise<number> {
  const label = [`${stackLabel}=${stack}`];
  const [services, secrets, configs, networks] = await Promise.all([
    engine.listServices({ label }, signal),
    engine.listSwarmFiles('secret', { label }, signal),
    engine.listSwarmFiles('config', { label }, signal),
    engine.listNetworks({ labels: label }, signal),
  ]);
  for (const { ID, Spec } of services.toSorted((a, b) => (a.Spec.Name < b.Spec.Name ? -1 : 1))) {
    report({ kind: 'service', name: Spec.Name });
    await engine.removeService(ID, signal);
  }
  for (const [kind, files] of [
    ['secret', secrets],
    ['config', configs],
  ] as const)
    for (const { ID, Spec } of files) {
      report({ kind, name: Spec.Name });
      await engine.removeSwarmFile(kind, ID, signal);
    }
  for (const { id, name } of networks) {
    report({ kind: 'network', name });
    await removeFreedNetwork(engine, id, signal);
  }
  if (wait) await tasksGone(engine, label, signal);
  return services.length + secrets.length + configs.length + networks.length;
}

async function tasksGone(engine: EnginePort, label: readonly string[], signal: AbortSignal): Promise<void> {
  for (;;) {
    const tasks = await engine.listTasks({ label }, signal);
    const over = ['complete', 'shutdown', 'failed', 'rejected', 'orphaned', 'remove'];
    if (tasks.every(({ Status }) => over.includes(Status.State))) return;
    await delay(250, undefined, { signal }).catch(() => {
      throw new EngineError('cancelled', 'Canceled.');
    });
  }
}
