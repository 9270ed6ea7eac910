import type { ObservedSwarm } from '#engine/swarm/observe-swarm.ts';
import { findService } from '../swarm/swarm-tree.ts';
import type { TreeRow } from '../tree/tree-row.ts';
import type { Stack } from '../workspace/stacks.ts';

/** What the engine is asked for to inspect a row, as the path of a document: `/container/shop-web-1.json`. `undefined`: it has no such thing. */
export function inspectPath(
  row: TreeRow,
  stack: Stack | undefined,
  swarm: ObservedSwarm | undefined,
): string | undefined {
  if (row.kind === 'network' || row.kind === 'volume') return `/${row.kind}/${row.name}.json`;
  if (row.kind === 'swarm-service')
    return `/service/${findService(swarm, row.swarmService)?.name ?? row.swarmService}.json`;
  if (row.kind !== 'container') return undefined;
  const containers = stack?.services.flatMap((service) => service.containers) ?? [];
  const name = containers.find(({ id }) => id === row.container)?.name;
  return name === undefined ? undefined : `/container/${name}.json`;
}
