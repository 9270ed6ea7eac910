import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import type { RuntimeProject } from '#engine/observe/runtime-project.ts';

/** A running container without anything special. */
export function container(change: Partial<ContainerSummary> & { readonly name: string }): ContainerSummary {
  return {
    id: `id-of-${change.name}`,
    image: 'busybox',
    imageId: 'sha256:1',
    command: 'sh',
    createdAt: 0,
    state: 'running',
    status: 'Up 3 minutes',
    health: 'none',
    exitCode: undefined,
    labels: {},
    ports: [],
    networks: {},
    mounts: [],
    ...change,
  };
}

export function port(hostPort: number, containerPort = 80, hostIp = '0.0.0.0') {
  return { hostIp, hostPort, containerPort, protocol: 'tcp' };
}

/** What runs of a project: the containers of its services. */
export function runtime(
  name: string,
  services: Readonly<Record<string, readonly ContainerSummary[]>>,
): RuntimeProject {
  return {
    name,
    workingDirectory: `/${name}`,
    configFiles: [],
    services: Object.entries(services).map(([service, containers]) => ({ name: service, containers })),
    networks: [],
    volumes: [],
  };
}
