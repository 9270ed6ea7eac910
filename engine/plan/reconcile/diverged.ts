import type { Service } from '#compose/model/project.ts';
import { sharedParents } from '../../project/service-graph.ts';
import { imageMountDigests, imageOf } from '../../observe/local-images.ts';
import { label } from '../../project/labels.ts';
import type { ContainerSummary } from '../../api/engine-objects.ts';
import type { Cause } from '../cause.ts';
import { resolveReferences } from '../../project/service-references.ts';
import { configChanges } from './config-changes.ts';
import { type Context, firstContainerOf, type RecreatePolicy } from './reconcile-context.ts';

/** Decides for one service which containers must be replaced, and says why. */
export interface DivergenceCheck {
  /** Why this container must be replaced; `undefined` if it need not be. */
  causeFor(container: ContainerSummary): Cause | undefined;
}

export function divergenceCheck(context: Context, name: string, service: Service): DivergenceCheck {
  const policy = policyFor(context, name);
  const resolved = resolveReferences(service, firstContainerOf(context), 'keep');
  const accepted = context.desired.hashes.accepted(resolved);
  const recreatedParent = sharedParents(service).find((parent) => context.recreated.has(parent));
  const image = imageOf(context.world.surroundings.images, context.desired.project.name, name, service);

  const mountedNow = imageMountDigests(service, context.world.surroundings.images);

  return {
    causeFor(container) {
      if (policy === 'never') return undefined;
      if (policy === 'force' && context.options.recreateOnly?.has(container.id) !== false)
        return { kind: 'asked-for', what: 'recreation' };
      if (recreatedParent !== undefined) return { kind: 'shares-with-recreated', service: recreatedParent };
      if (!accepted.includes(container.labels[label.configHash] ?? '')) {
        return configCause(context, name, resolved, container);
      }
      const digest = container.labels[label.imageDigest];
      if (image !== undefined && digest !== image.contentDigest) return { kind: 'image-newer' };
      // Only Docker Compose 5 and this write the label.
      const mounted = container.labels[label.imageMountDigests];
      if (mounted !== undefined && mountedNow !== undefined && mounted !== mountedNow)
        return { kind: 'mounted-image-newer' };
      return networkCause(context, service, container) ?? volumeCause(context, service, container);
    },
  };
}

function policyFor(context: Context, service: string): RecreatePolicy {
  const { targets, recreate, recreateDependencies } = context.options;
  return targets.length === 0 || targets.includes(service) ? recreate : recreateDependencies;
}

function configCause(
  { desired, world }: Context,
  name: string,
  service: Service,
  container: ContainerSummary,
): Cause {
  const changes = configChanges(desired, world, name, service, container) ?? [];
  return { kind: 'config-changed', attributes: changes.map(({ attribute }) => attribute) };
}

/**
 * Whether running or not: a container that is started on a network that has gone, or was made anew, fails. One that never ran knows its networks
 * by name only.
 */
function networkCause(context: Context, service: Service, container: ContainerSummary): Cause | undefined {
  const connected = new Set(Object.values(container.networks).map((network) => network.networkId));
  for (const key of Object.keys(service.networks ?? {}).sort()) {
    const id = context.networkIds.get(key);
    if (id === undefined) return { kind: 'network-recreated', network: key };
    const name = context.desired.project.networks?.[key]?.name ?? key;
    if (!connected.has(id) && container.networks[name]?.networkId !== '') {
      return { kind: 'network-not-connected', network: key };
    }
  }
  return undefined;
}

function volumeCause(context: Context, service: Service, container: ContainerSummary): Cause | undefined {
  for (const mount of service.volumes ?? []) {
    if (mount.type !== 'volume' || !mount.source) continue;
    const name = context.volumeNames.get(mount.source);
    if (name === undefined) continue;
    const mounted = container.mounts.some((point) => point.type === 'volume' && point.name === name);
    if (!mounted) return { kind: 'volume-not-mounted', volume: mount.source };
  }
  return undefined;
}
