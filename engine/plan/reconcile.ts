import { isOneOff, label } from '../project/labels.ts';
import type { Plan } from './plan.ts';
import type { ContainerSummary } from '../api/engine-objects.ts';
import { reconcileOrphans, reconcileService } from './reconcile/reconcile-containers.ts';
import {
  type Desired,
  newContext,
  type ReconcileOptions,
  type World,
} from './reconcile/reconcile-context.ts';
import { settleNames } from './reconcile/container-names.ts';
import { reconcileNetworks } from './reconcile/reconcile-networks.ts';
import { refuseUnsupported } from './reconcile/refusals.ts';
import { planFinalWaits, planStart } from './reconcile/plan-starts.ts';
import { reconcileVolumes } from './reconcile/reconcile-volumes.ts';

/**
 * What to do so that the engine has what the project wants. Pure: the same desired state and world give the same plan. Rejects with `EngineError`
 * what cannot be done on this engine, before anything is done.
 *
 * Networks and volumes come first, then containers in dependency order, each created before the one it replaces is removed; then the starts,
 * each after the conditions of `depends_on`, and after what has its host port has gone.
 */
export function reconcile(desired: Desired, world: World, options: ReconcileOptions): Plan {
  const context = newContext(desired, world, options);
  for (const { reference, platform, cause } of options.pulls) {
    const node = context.plan.add(
      { kind: 'pull-image', reference, ...(platform !== undefined && { platform }) },
      cause,
    );
    context.pullNodes.set(reference, node);
  }
  reconcileNetworks(context);
  reconcileVolumes(context);
  for (const name of context.graph.order) {
    const service = desired.services[name];
    if (service === undefined) continue;
    if (name === desired.oneOff) refuseUnsupported(context, name, service);
    else reconcileService(context, name, service);
  }
  const orphans = orphansOf(desired, world);
  if (options.removeOrphans) reconcileOrphans(context, orphans);
  else if (orphans.length > 0 && !options.ignoreOrphans) {
    context.warnings.push({ kind: 'orphans', containers: orphans.map(({ name }) => name) });
  }
  settleNames(context);

  if (options.start) {
    const started = new Map<string, readonly number[]>();
    for (const name of context.graph.order) {
      const service = desired.services[name];
      if (service !== undefined && name !== desired.oneOff) planStart(context, name, service, started);
    }
    if (options.waitForAll !== undefined) planFinalWaits(context, started, options.waitForAll.timeout);
  }
  return {
    project: desired.project.name,
    nodes: context.plan.nodes,
    warnings: context.warnings,
    upToDate: context.upToDate,
  };
}

function orphansOf(desired: Desired, world: World): readonly ContainerSummary[] {
  return world.observed.containers.filter((container) =>
    isOneOff(container.labels)
      ? container.state === 'exited' || container.state === 'dead'
      : !desired.declared.has(container.labels[label.service] ?? ''),
  );
}
