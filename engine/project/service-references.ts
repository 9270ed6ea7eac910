import type { Project, Service } from '#compose/model/project.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { sharedService, volumesFromService } from './service-graph.ts';

/** The first container (by name) of a service: its id and name, or `undefined` if it has none. */
export type ContainerOf = (service: string) => { readonly id: string; readonly name: string } | undefined;

/**
 * The service with `service:x` namespaces and `volumes_from` entries replaced by container ids, as the engine takes them. The configuration
 * hash is taken of this form. `missing` decides for a service without a container: `throw` when one is about to be created, `keep` when hashing.
 */
export function resolveReferences(
  service: Service,
  containerOf: ContainerOf,
  missing: 'throw' | 'keep' = 'throw',
): Service {
  const { network_mode, ipc, pid, volumes_from } = service;
  if ([network_mode, ipc, pid, volumes_from].every((each) => each === undefined)) return service;
  const find = (name: string, what: string): string | undefined => {
    const id = containerOf(name)?.id;
    if (id === undefined && missing === 'throw') {
      throw new EngineError('not-found', say`cannot share ${what} with service ${name}: container missing`, {
        subject: name,
      });
    }
    return id;
  };
  const namespace = (mode: string, what: string): string => {
    const shared = sharedService(mode);
    const id = shared === undefined ? undefined : find(shared, what);
    return id === undefined ? mode : `container:${id}`;
  };
  const volumes = service.volumes_from?.map((entry) => {
    const source = volumesFromService(entry);
    if (source === undefined) return entry.split(':')[1] ?? entry;
    return find(source, 'volume') ?? entry;
  });
  return {
    ...service,
    ...(service.network_mode !== undefined && {
      network_mode: namespace(service.network_mode, 'network namespace'),
    }),
    ...(service.ipc !== undefined && { ipc: namespace(service.ipc, 'IPC namespace') }),
    ...(service.pid !== undefined && { pid: namespace(service.pid, 'PID namespace') }),
    ...(volumes !== undefined && { volumes_from: volumes }),
  };
}

/** `container:alias` for `links` and `external_links`, under all three names that Docker Compose gives a linked container. */
export function linkList(
  project: Project,
  service: Service,
  number: number,
  containersOf: (service: string) => readonly { readonly name: string }[],
): readonly string[] {
  const links: string[] = [];
  for (const entry of service.links ?? []) {
    const [name = entry, alias = name] = entry.split(':');
    for (const container of containersOf(name)) {
      links.push(
        `${container.name}:${alias}`,
        `${container.name}:${name}-${number}`,
        `${container.name}:${project.name}-${name}-${number}`,
      );
    }
  }
  for (const entry of service.external_links ?? []) {
    const [name = entry, alias = name] = entry.split(':');
    links.push(`${name}:${alias}`);
  }
  return links;
}
