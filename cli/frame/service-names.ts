import type { Project } from '#compose/model/project.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import type { ProjectTarget } from '#engine/project/project-target.ts';
import { CommandError } from './command-error.ts';
import { mergedRecord, recordOf } from '#compose/values/record.ts';

/** Refuses names that the project's files do not have. Without files nobody knows, and everything is accepted. */
export function requireServices({ loaded }: ProjectTarget, services: readonly string[]): void {
  if (loaded === undefined) return;
  for (const name of services)
    if (loaded.project.services[name] === undefined && loaded.disabled[name] === undefined)
      throw new CommandError(`no such service: ${name}`);
}

/** With the services of these names whose profiles are not active: naming one activates its own, and of no other. */
export function enabling(target: ProjectTarget, names: readonly string[]): ProjectTarget {
  const { loaded } = target;
  if (loaded === undefined) return target;
  const named = Object.entries(loaded.disabled).filter(([name]) => names.includes(name));
  const services = mergedRecord(loaded.project.services, recordOf(named));
  return { ...target, loaded: { ...loaded, project: { ...loaded.project, services } } };
}

/** These services and all that they depend on, directly or not. */
export function withDependencies(project: Project, names: readonly string[]): readonly string[] {
  const all = new Set(names);
  for (const name of all)
    for (const dependency of Object.keys(project.services[name]?.depends_on ?? {})) all.add(dependency);
  return [...all];
}

/** The containers of these services (of all, for none), by name; one-off containers only when asked for. */
export async function listServiceContainers(
  engine: EnginePort,
  project: string,
  services: readonly string[],
  { all = false, oneOff = false }: { readonly all?: boolean; readonly oneOff?: boolean },
  signal: AbortSignal,
): Promise<readonly ContainerSummary[]> {
  const containers = await engine.listContainers(
    {
      labels: [
        `com.docker.compose.project=${project}`,
        'com.docker.compose.config-hash',
        ...(oneOff ? [] : ['com.docker.compose.oneoff=False']),
      ],
      all,
    },
    signal,
  );
  return containers
    .filter(({ labels }) => services.length === 0 || services.includes(serviceOf(labels)))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

export function serviceOf(labels: ContainerSummary['labels']): string {
  return labels['com.docker.compose.service'] ?? '';
}

/** The container of a service that Docker Compose would take: the one with this number, else the first; one-off containers last. */
export async function findContainer(
  engine: EnginePort,
  project: string,
  service: string,
  { index = 0, all = false }: { readonly index?: number; readonly all?: boolean },
  signal: AbortSignal,
): Promise<ContainerSummary> {
  const containers = await engine.listContainers(
    {
      labels: [
        `com.docker.compose.project=${project}`,
        `com.docker.compose.service=${service}`,
        'com.docker.compose.config-hash',
        ...(index > 0 ? [`com.docker.compose.container-number=${index}`] : []),
      ],
      all,
    },
    signal,
  );
  const [first] = containers.toSorted((a, b) => order(a) - order(b));
  if (first === undefined)
    throw new CommandError(
      index > 0
        ? `service ${JSON.stringify(service)} is not running container #${index}`
        : `service ${JSON.stringify(service)} is not running`,
    );
  return first;
}

function order({ labels }: ContainerSummary): number {
  return labels['com.docker.compose.oneoff'] === 'True'
    ? Number.MAX_SAFE_INTEGER
    : Number(labels['com.docker.compose.container-number'] ?? 0);
}
