import type { ObservedSwarm } from './observe-swarm.ts';

/** On which nodes of the swarm the tasks of a service run, by name: of a project's service that was deployed as a stack, or of one by its whole name. */
export function nodesOfTasks(
  swarm: ObservedSwarm | undefined,
  project: string | undefined,
  service: string,
): readonly string[] {
  const services = (swarm?.stacks ?? [])
    .filter(({ name }) => project === undefined || name === project)
    .flatMap((stack) => stack.services.filter(({ shortName }) => shortName === service))
    .concat((swarm?.services ?? []).filter(({ name }) => name === service));
  const nodes = services.flatMap(({ tasks }) => tasks.filter(({ state }) => state === 'running'));
  return [...new Set(nodes.map(({ node }) => node))].sort();
}
