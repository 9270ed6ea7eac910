import type { Service, Volume } from '#compose/model/project.ts';
import { volumesFromService } from '../../project/service-graph.ts';
import { label } from '../../project/labels.ts';
import type { VolumeDetails } from '../../api/engine-objects.ts';
import type { PlanWarning } from '../plan-warning.ts';
import {
  type Context,
  containersOf,
  type Desired,
  refOf,
  stopOnce,
  type World,
} from './reconcile-context.ts';

/**
 * Plans the named volumes that the wanted services use. A changed volume is replaced only where `recreateVolumes` allows it, since its data is
 * lost; otherwise it stays as it is, with a warning.
 */
export function reconcileVolumes(context: Context): void {
  const changed = new Map(
    changedVolumes(context.desired, context.world).map((volume) => [volume.key, volume]),
  );
  const replaced: ChangedVolume[] = [];
  for (const key of usedVolumes(context.desired)) {
    const wanted = context.desired.project.volumes?.[key];
    if (wanted === undefined) continue;
    const foreign = context.world.surroundings.volumes[key];
    const current = ownVolume(context.world, key, wanted);
    const change = changed.get(key);
    context.volumeNames.set(key, wanted.name);
    if (foreign !== undefined && current === undefined) {
      if (wanted.external !== true) context.warnings.push(foreignWarning(context, wanted.name, foreign));
    } else if (current === undefined || current.name !== wanted.name) {
      if (wanted.external === true) continue;
      // A renamed volume is another volume: the old one and its data are left alone.
      const kind = current === undefined || change === undefined ? 'missing' : 'renamed';
      context.volumeNodes.set(
        key,
        context.plan.add({ kind: 'create-volume', key, name: wanted.name }, { kind }),
      );
    } else if (change !== undefined) {
      if (context.options.recreateVolumes.has(key)) replaced.push(change);
      else context.warnings.push({ kind: 'volume-kept', volume: wanted.name });
    }
  }
  recreateVolumes(context, replaced);
}

export interface ChangedVolume {
  readonly key: string;
  readonly name: string;
}

/** Volumes of the project whose configuration differs from what they were created with, under the same name. To be confirmed: data is lost. */
export function changedVolumes(desired: Desired, world: World): readonly ChangedVolume[] {
  const found: ChangedVolume[] = [];
  for (const key of usedVolumes(desired)) {
    const wanted = desired.project.volumes?.[key];
    const current = wanted === undefined ? undefined : ownVolume(world, key, wanted);
    const recorded = current?.labels[label.configHash] ?? '';
    if (wanted === undefined || current === undefined || recorded === '') continue;
    if (recorded !== desired.hashes.volume(wanted)) found.push({ key, name: wanted.name });
  }
  return found;
}

/** Those of the wanted services, and those that no service uses: the loader keeps these only where they were asked for. */
export function usedVolumes({ project, services }: Desired): readonly string[] {
  const all = Object.keys(project.volumes ?? {});
  return all.filter((key) => mounts(services, key) || !mounts(project.services, key)).sort();
}

function mounts(services: Readonly<Record<string, Service>>, key: string): boolean {
  return Object.values(services).some((service) =>
    (service.volumes ?? []).some((mount) => mount.type === 'volume' && mount.source === key),
  );
}

function ownVolume(world: World, key: string, wanted: Volume): VolumeDetails | undefined {
  if (wanted.external === true) return undefined;
  const matches = world.observed.volumes.filter((volume) => volume.labels[label.volume] === key);
  return matches.find((volume) => volume.name === wanted.name) ?? matches[0];
}

function foreignWarning(context: Context, volume: string, foreign: VolumeDetails): PlanWarning {
  const owner = foreign.labels[label.project];
  return { kind: 'foreign-volume', volume, owner, project: context.desired.project.name };
}

/** Containers that use a volume, if only through `volumes_from`, are removed before it can be: the engine refuses otherwise. */
function recreateVolumes(context: Context, volumes: readonly ChangedVolume[]): void {
  if (volumes.length === 0) return;
  const users = volumeUsers(context.desired.services, new Set(volumes.map((volume) => volume.key)));
  const removed: number[] = [];
  for (const service of users) {
    context.recreated.add(service);
    for (const container of containersOf(context, service)) {
      const stopped = stopOnce(context, container, { kind: 'mounted-volume-changed' });
      const node = context.plan.add(
        { kind: 'remove-container', container: refOf(container), volumes: false, force: true },
        { kind: 'mounted-volume-changed' },
        [stopped, ...(context.connects.get(container.id) ?? [])],
      );
      context.removals.set(container.id, node);
      removed.push(node);
    }
  }
  for (const { key, name } of volumes) {
    const gone = context.plan.add(
      { kind: 'remove-volume', name, tolerant: false },
      { kind: 'config-changed', attributes: [] },
      removed,
      { destroys: { kind: 'volume-data', volume: name } },
    );
    context.volumeNodes.set(
      key,
      context.plan.add({ kind: 'create-volume', key, name }, { kind: 'config-changed', attributes: [] }, [
        gone,
      ]),
    );
  }
}

function volumeUsers(
  services: Readonly<Record<string, Service>>,
  keys: ReadonlySet<string>,
): readonly string[] {
  const users = new Set<string>();
  const uses = (service: Service) =>
    (service.volumes ?? []).some((mount) => mount.source !== undefined && keys.has(mount.source)) ||
    (service.volumes_from ?? []).some((entry) => users.has(volumesFromService(entry) ?? ''));
  for (let before = -1; before !== users.size; ) {
    before = users.size;
    for (const [name, service] of Object.entries(services)) if (uses(service)) users.add(name);
  }
  return [...users].sort();
}
