import type { LoadedProject } from '#compose/load/request.ts';
import type { AttributeChange } from '../plan/attribute-changes.ts';
import { isOneOff, label } from '../project/labels.ts';
import { imageName } from '../project/names.ts';
import type { Plan } from '../plan/plan.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { configChanges } from '../plan/reconcile/config-changes.ts';
import { changedVolumes } from '../plan/reconcile/reconcile-volumes.ts';
import { resolveReferences } from '../project/service-references.ts';
import { planIn, type UpOptions } from './up.ts';

/** What an up would do, with all that a person needs to agree to it. */
export interface UpPreview {
  readonly plan: Plan;
  /** Of containers that are replaced since their settings changed, by id: what changed. */
  readonly changes: ReadonlyMap<string, readonly AttributeChange[]>;
  /** Volumes whose settings changed: up keeps them, unless it is told to lose their data. */
  readonly changedVolumes: readonly string[];
  /** Services whose images are built first. */
  readonly builds: readonly string[];
}

/** {@link UpPreview} of what `up` would do now. Nothing is pulled, built or changed. */
export async function previewUp(
  engine: EnginePort,
  loaded: LoadedProject,
  options: UpOptions,
  signal: AbortSignal,
): Promise<UpPreview> {
  const { confirm: _, ...unasked } = options;
  const { plan, desired, world } = await planIn(engine, loaded, unasked, signal);
  const first = (service: string) =>
    world.observed.containers.find(({ labels }) => labels[label.service] === service && !isOneOff(labels));
  const changes = new Map<string, readonly AttributeChange[]>();
  for (const { operation } of plan.nodes) {
    if (operation.kind !== 'create-container' || operation.replaces === undefined) continue;
    const service = desired.services[operation.service];
    if (service === undefined) continue;
    const resolved = resolveReferences(service, first, 'keep');
    const found = configChanges(desired, world, operation.service, resolved, operation.replaces);
    if (found !== undefined) changes.set(operation.replaces.id, found);
  }
  const builds = Object.entries(desired.services).flatMap(([name, service]) => {
    if (service.build === undefined) return [];
    const missing = world.surroundings.images[imageName(loaded.project.name, name, service)] === undefined;
    return missing || options.forceBuild === true || service.pull_policy === 'build' ? [name] : [];
  });
  return {
    plan,
    changes,
    changedVolumes: changedVolumes(desired, world).map(({ name }) => name),
    builds,
  };
}

/** What a plan takes away: nothing, something that is made anew, or data. */
export function weightOf({ plan, changedVolumes: volumes }: UpPreview): 'harmless' | 'changes' | 'loss' {
  if (volumes.length > 0 || plan.nodes.some(({ destroys }) => destroys !== undefined)) return 'loss';
  const takes = plan.nodes.some(({ operation: { kind } }) =>
    ['remove-container', 'remove-network', 'remove-volume', 'remove-image'].includes(kind),
  );
  return takes ? 'changes' : 'harmless';
}
