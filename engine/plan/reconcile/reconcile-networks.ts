import type { Network, Service } from '#compose/model/project.ts';
import { label } from '../../project/labels.ts';
import type { ContainerSummary, NetworkDetails } from '../../api/engine-objects.ts';
import type { Cause } from '../cause.ts';
import type { PlanWarning } from '../plan-warning.ts';
import { type Context, type Desired, refOf, stopOnce } from './reconcile-context.ts';

/** Plans the networks that the wanted services use: creates missing ones, replaces changed ones with their containers reattached. */
export function reconcileNetworks(context: Context): void {
  const { project, hashes } = context.desired;
  for (const key of usedNetworks(context.desired)) {
    const wanted = project.networks?.[key];
    if (wanted === undefined) continue;
    const foreign = context.world.surroundings.networks[key];
    const current = ownNetwork(context, key, wanted);
    if (foreign !== undefined && current === undefined) {
      context.networkIds.set(key, foreign.id);
      if (wanted.external !== true) context.warnings.push(foreignWarning(context, wanted.name, foreign));
    } else if (current === undefined) {
      context.networkNodes.set(
        key,
        context.plan.add({ kind: 'create-network', key, name: wanted.name }, { kind: 'missing' }),
      );
    } else {
      context.networkIds.set(key, current.id);
      const recorded = current.labels[label.configHash] ?? '';
      if (recorded !== '' && recorded !== hashes.network(wanted)) {
        recreateNetwork(context, key, wanted, current);
      }
    }
  }
}

/** Those of the wanted services, and those that no service uses: the loader keeps these only where they were asked for. */
export function usedNetworks({ project, services }: Desired): readonly string[] {
  const all = Object.keys(project.networks ?? {});
  return all.filter((key) => uses(services, key) || !uses(project.services, key)).sort();
}

function uses(services: Readonly<Record<string, Service>>, key: string): boolean {
  return Object.values(services).some((service) => service.networks !== undefined && key in service.networks);
}

function ownNetwork(context: Context, key: string, wanted: Network): NetworkDetails | undefined {
  if (wanted.external === true) return undefined;
  const matches = context.world.observed.networks.filter((network) => network.labels[label.network] === key);
  const chosen = matches.find((network) => network.name === wanted.name) ?? matches[0];
  for (const other of matches) {
    if (other === chosen || chosen === undefined) continue;
    context.warnings.push({ kind: 'second-network', network: other.name, key, used: chosen.name });
  }
  return chosen;
}

function foreignWarning(context: Context, network: string, foreign: NetworkDetails): PlanWarning {
  const isOwned = foreign.labels[label.project] !== undefined;
  return { kind: 'foreign-network', network, project: isOwned ? context.desired.project.name : undefined };
}

/**
 * The network's containers are stopped and detached, keep their identity, and are attached again. A renamed network is created first: the old
 * one then goes only if nothing else uses it.
 */
function recreateNetwork(context: Context, key: string, wanted: Network, current: NetworkDetails): void {
  const renamed = current.name !== wanted.name;
  const cause: Cause = { kind: renamed ? 'network-renamed' : 'network-changed', network: key };
  const own: Cause = renamed ? { kind: 'renamed' } : { kind: 'config-changed', attributes: [] };
  const attached = context.world.observed.containers.filter(
    (container) => container.networks[current.name] !== undefined,
  );
  const detached = attached.map((container) => {
    const wantedService = context.desired.services[container.labels[label.service] ?? ''] !== undefined;
    // Containers of services that are not brought up here stay as they are, but for the network under them.
    const stop = wantedService && container.state === 'running' ? [stopOnce(context, container, cause)] : [];
    return context.plan.add(
      { kind: 'disconnect-network', network: current.name, container: refOf(container) },
      cause,
      stop,
    );
  });
  const removed = context.plan.add(
    { kind: 'remove-network', id: current.id, name: current.name, tolerant: renamed },
    own,
    detached,
  );
  const created = context.plan.add(
    { kind: 'create-network', key, name: wanted.name },
    own,
    renamed ? [] : [removed],
  );
  context.networkNodes.set(key, created);
  attached.forEach((container, index) => {
    const after = renamed ? [created, detached[index] ?? created] : [created];
    connect(context, key, wanted, container, after);
  });
}

function connect(
  context: Context,
  key: string,
  wanted: Network,
  container: ContainerSummary,
  after: readonly number[],
): void {
  const node = context.plan.add(
    { kind: 'connect-network', key, network: wanted.name, container: refOf(container) },
    { kind: 'network-recreated', network: key },
    after,
  );
  context.connects.set(container.id, [...(context.connects.get(container.id) ?? []), node]);
}
