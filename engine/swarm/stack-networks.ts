import type { Project, Service } from '#compose/model/project.ts';

/** Where a service stands that names no network: also one with a `network_mode`, which a swarm has not. */
const standard = 'default';

/** The networks of a service in a stack: as `docker stack deploy` has it, never none. */
export function networksOfService({ networks = {} }: Service): NonNullable<Service['networks']> {
  return Object.keys(networks).length === 0 ? { [standard]: null } : networks;
}

/** As the swarm has it. The standard network need not be in the file. */
export function networkName({ networks }: Project, stack: string, key: string): string {
  return networks?.[key]?.name ?? (key === standard ? `${stack}_${standard}` : key);
}

/** Those that a service of the stack uses, in the order of the file; the standard one last if the file does not speak of it. */
export function usedNetworks(
  { services, networks = {} }: Project,
  stack: string,
): readonly NonNullable<Project['networks']>[string][] {
  const used = new Set(Object.values(services).flatMap((service) => Object.keys(networksOfService(service))));
  const own = Object.entries(networks).flatMap(([key, network]) => (used.has(key) ? [network] : []));
  return used.has(standard) && networks[standard] === undefined
    ? [...own, { name: `${stack}_${standard}` }]
    : own;
}
