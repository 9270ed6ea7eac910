import { sameData } from '#compose/values/same-data.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { ContainerSummary, NetworkDetails, VolumeDetails } from '../api/engine-objects.ts';

export interface RuntimeProject {
  readonly name: string;
  /** From its containers' labels; empty when they have none. */
  readonly workingDirectory: string;
  readonly configFiles: readonly string[];
  /** By name; containers by number, one-off containers last. */
  readonly services: readonly RuntimeService[];
  readonly networks: readonly NetworkDetails[];
  readonly volumes: readonly VolumeDetails[];
}

export interface RuntimeService {
  readonly name: string;
  readonly containers: readonly ContainerSummary[];
}

const label = {
  project: 'com.docker.compose.project',
  service: 'com.docker.compose.service',
  number: 'com.docker.compose.container-number',
  oneOff: 'com.docker.compose.oneoff',
  hash: 'com.docker.compose.config-hash',
  workingDirectory: 'com.docker.compose.project.working_dir',
  configFiles: 'com.docker.compose.project.config_files',
} as const;

/** With more projects than this touched at once, one listing of everything is cheaper. */
const manyProjects = 4;

export interface ListedObjects {
  readonly containers: readonly ContainerSummary[];
  /** `undefined`: not looked at. */
  readonly networks: readonly NetworkDetails[] | undefined;
  readonly volumes: readonly VolumeDetails[] | undefined;
  /** Whether a project's containers were looked at. */
  readonly covers: (project: string) => boolean;
}

/**
 * What belongs to these projects, in a handful of calls however many there are; of everything, where that was listed anyway. A container without the
 * hash is a hook's, and no one's business.
 */
export async function listObjects(
  engine: EnginePort,
  names: ReadonlySet<string> | 'all',
  resources: boolean,
  signal: AbortSignal,
  everything?: Promise<readonly ContainerSummary[]>,
): Promise<ListedObjects> {
  const all = names === 'all' || names.size > manyProjects;
  const filters = all ? [label.project] : [...names].map((name) => `${label.project}=${name}`);
  const [containers, networks, volumes] = await Promise.all([
    everything === undefined
      ? Promise.all(
          filters.map((filter) => engine.listContainers({ labels: [filter, label.hash], all: true }, signal)),
        )
      : everything.then((listed) =>
          listed.filter(({ labels }) => label.project in labels && label.hash in labels),
        ),
    resources ? engine.listNetworks({ labels: [label.project] }, signal) : undefined,
    resources ? engine.listVolumes({ labels: [label.project] }, signal) : undefined,
  ]);
  return {
    containers: containers.flat(),
    networks,
    volumes,
    covers: (project) => names === 'all' || all || names.has(project),
  };
}

/** The projects after a look; those that it did not change are the same objects as before. */
export function mergeProjects(
  before: ReadonlyMap<string, RuntimeProject>,
  { containers, networks, volumes, covers }: ListedObjects,
): Map<string, RuntimeProject> {
  const containersOf = groupByProject(containers);
  const networksOf = networks && groupByProject(networks);
  const volumesOf = volumes && groupByProject(volumes);
  const names = new Set([
    ...before.keys(),
    ...containersOf.keys(),
    ...(networksOf?.keys() ?? []),
    ...(volumesOf?.keys() ?? []),
  ]);
  const after = new Map<string, RuntimeProject>();
  const hasResources = networks !== undefined || volumes !== undefined;
  for (const name of names) {
    const old = before.get(name);
    if (old !== undefined && !covers(name) && !hasResources) {
      after.set(name, old);
      continue;
    }
    const own = covers(name) ? toProject(name, asBefore(old, containersOf.get(name) ?? [])) : old;
    const project: RuntimeProject = {
      ...(own ?? toProject(name, [])),
      networks: networksOf === undefined ? (old?.networks ?? []) : sortByName(networksOf.get(name) ?? []),
      volumes: volumesOf === undefined ? (old?.volumes ?? []) : sortByName(volumesOf.get(name) ?? []),
    };
    if (project.services.length + project.networks.length + project.volumes.length === 0) continue;
    after.set(name, old !== undefined && sameData(old, project) ? old : project);
  }
  return after;
}

function toProject(name: string, containers: readonly ContainerSummary[]): RuntimeProject {
  const services = new Map<string, ContainerSummary[]>();
  for (const container of containers) {
    const service = container.labels[label.service];
    if (service === undefined) continue;
    const list = services.get(service) ?? [];
    services.set(service, list);
    list.push(container);
  }
  const files = containers.flatMap(({ labels }) => labels[label.configFiles]?.split(',') ?? []);
  return {
    name,
    workingDirectory: containers.map(({ labels }) => labels[label.workingDirectory]).find(isText) ?? '',
    configFiles: [...new Set(files.filter(isText))],
    services: [...services]
      .map(([service, list]) => ({ name: service, containers: list.sort(byNumber) }))
      .sort(byName),
    networks: [],
    volumes: [],
  };
}

/** What did not change is the same object as before. */
function asBefore(
  old: RuntimeProject | undefined,
  containers: readonly ContainerSummary[],
): readonly ContainerSummary[] {
  const known = new Map(
    old?.services.flatMap((service) => service.containers).map((container) => [container.id, container]),
  );
  return containers.map((container) => {
    const before = known.get(container.id);
    return before !== undefined && sameData(before, container) ? before : container;
  });
}

function groupByProject<T extends { readonly labels: Readonly<Record<string, string>> }>(
  objects: readonly T[],
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const object of objects) {
    const project = object.labels[label.project];
    if (project === undefined) continue;
    const group = groups.get(project);
    if (group === undefined) groups.set(project, [object]);
    else group.push(object);
  }
  return groups;
}

function byNumber(a: ContainerSummary, b: ContainerSummary): number {
  return orderOf(a) - orderOf(b) || byName(a, b);
}

function orderOf({ labels }: ContainerSummary): number {
  return labels[label.oneOff] === 'True' ? Number.MAX_SAFE_INTEGER : Number(labels[label.number] ?? 0);
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function sortByName<T extends { readonly name: string }>(list: readonly T[]): readonly T[] {
  return [...list].sort(byName);
}

function isText(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
