import type { Project, Service } from '../../model/project.ts';
import { type ContainerPort, portsOf } from './ports.ts';
import { recordOf } from '../../values/record.ts';

/**
 * Environments of one project in which a service has ports wherever it has some in one of them: a Service with ports cannot become one without, nor the other
 * way round, and the container is the same.
 */
export function withSharedPorts(projects: readonly Project[]): readonly Project[] {
  const known = new Map<string, Map<string, ContainerPort>>();
  for (const { services } of projects)
    for (const [name, service] of Object.entries(services))
      for (const port of portsOf(service)) {
        const ports = known.get(name) ?? new Map<string, ContainerPort>();
        known.set(name, ports.set(`${port.port}/${port.protocol}`, port));
      }
  return projects.map((project) => ({
    ...project,
    services: recordOf(
      Object.entries(project.services).map(([name, service]) => [
        name,
        portsOf(service).length > 0 ? service : withExposed(service, [...(known.get(name)?.values() ?? [])]),
      ]),
    ),
  }));
}

function withExposed(service: Service, ports: readonly ContainerPort[]): Service {
  if (ports.length === 0) return service;
  return { ...service, expose: ports.map(({ port, protocol }) => `${port}/${protocol.toLowerCase()}`) };
}
