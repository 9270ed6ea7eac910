import type { LoadedProject } from '#compose/load/request.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { execute } from '../execute/execute.ts';
import { queued } from '../execute/project-queue.ts';
import { type ObservedState, observe } from '../observe/observe.ts';
import { orphansOf } from '../observe/orphans.ts';
import type { Report } from '../observe/progress.ts';
import { existing, type Plan, planBuilder } from '../plan/plan.ts';
import { label } from '../project/labels.ts';
import { declaredIn } from '../project/declared-services.ts';

export interface RemoveOrphansOptions {
  /** Only those of these services; absent: all. */
  readonly services?: readonly string[];
}

/**
 * Stops and removes containers of services that the files do not have, and nothing else: what runs of the files goes on running. Volumes stay. Waits
 * its turn. Rejects with `EngineError`.
 */
export function removeOrphans(
  engine: EnginePort,
  loaded: LoadedProject,
  options: RemoveOrphansOptions,
  report: Report,
  signal: AbortSignal,
): Promise<Plan> {
  const { name } = loaded.project;
  return queued(engine.info.endpoint, name, signal, async () => {
    const observed = await observe(engine, name, signal);
    const plan = planOrphans(loaded, observed, options);
    await execute(engine, plan, { observed }, report, signal);
    return plan;
  });
}

/** Pure. */
export function planOrphans(
  loaded: LoadedProject,
  observed: ObservedState,
  { services }: RemoveOrphansOptions,
): Plan {
  const plan = planBuilder();
  for (const container of orphansOf(declaredIn(loaded), observed)) {
    const service = container.labels[label.service] ?? '';
    if (services !== undefined && !services.includes(service)) continue;
    const ref = existing(container, service);
    const ended = ['exited', 'created', 'dead'].includes(container.state);
    const before = ended ? [] : [plan.add({ kind: 'stop-container', container: ref }, { kind: 'orphan' })];
    plan.add(
      { kind: 'remove-container', container: ref, volumes: false, force: true },
      { kind: 'orphan' },
      before,
    );
  }
  return { project: loaded.project.name, nodes: plan.nodes, warnings: [], upToDate: [] };
}
