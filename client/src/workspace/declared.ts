import { basename } from 'node:path';
import { normalizeProjectName } from '#compose/load/project-name.ts';
import type { LoadedProject, LoadResult } from '#compose/load/request.ts';
import type { Service } from '#compose/model/project.ts';
import type { Problem } from '#compose/problem/problem.ts';
import type { Span } from '#compose/problem/span.ts';
import type { MapNode, Node } from '#compose/syntax/node.ts';
import { mergedRecord } from '#compose/values/record.ts';
import { dependencyConditions } from '#engine/project/service-graph.ts';
import type { ProjectReference } from './discover.ts';

/** What a project's files say, as far as it is shown. */
export interface DeclaredProject {
  readonly reference: ProjectReference;
  readonly name: string;
  /** By name. With errors in the files: as of the last time there were none. */
  readonly services: readonly DeclaredService[];
  readonly networks: readonly string[];
  /** Without external ones: only these can be lost. */
  readonly volumes: readonly DeclaredVolume[];
  /** By name. */
  readonly profiles: readonly DeclaredProfile[];
  readonly problems: readonly Problem[];
  /** Absent until its files were once without errors. */
  readonly loaded: LoadedProject | undefined;
}

export interface DeclaredService {
  readonly name: string;
  readonly image: string | undefined;
  /** The profiles that would bring it in; empty when it is enabled. */
  readonly missingProfiles: readonly string[];
  /** Where its name stands. */
  readonly span: Span | undefined;
  /** Which of the services in the files it is, from 0. */
  readonly place?: number;
  /** How many containers it is to have; absent: one. */
  readonly replicas?: number;
  /** What a program provides in place of containers: the program's type. */
  readonly provider?: string;
  /** It is meant to end: others wait until it has done its work. */
  readonly isOneShot?: boolean;
}

export interface DeclaredProfile {
  readonly name: string;
  readonly active: boolean;
}

export interface DeclaredVolume {
  readonly key: string;
  /** As the engine knows it. */
  readonly name: string;
}

/** What a load says, with the last good state of the same project where it found errors. */
export function toDeclared(
  reference: ProjectReference,
  { loaded, problems }: LoadResult,
  before: DeclaredProject | undefined,
): DeclaredProject {
  if (loaded === undefined)
    return {
      reference,
      name: before?.name ?? normalizeProjectName(basename(reference.directory)),
      services: before?.services ?? [],
      networks: before?.networks ?? [],
      volumes: before?.volumes ?? [],
      profiles: before?.profiles ?? [],
      problems,
      loaded: before?.loaded,
    };
  const { project, tree, disabled } = loaded;
  const spans = child(tree, 'services');
  const places = new Map(entriesOf(spans).map((name, at) => [name, at]));
  const awaited = awaitedServices(mergedRecord(project.services, disabled));
  const toService = (name: string, service: Service, missingProfiles: readonly string[]) => ({
    name,
    image: service.image,
    missingProfiles,
    span: child(spans, name)?.keySpan,
    place: places.get(name) ?? places.size,
    replicas: service.provider === undefined ? (service.scale ?? service.deploy?.replicas ?? 1) : 0,
    ...(service.provider !== undefined && { provider: service.provider.type }),
    isOneShot: awaited.has(name),
  });
  const services = [
    ...Object.entries(project.services).map(([name, service]) => toService(name, service, [])),
    ...Object.entries(disabled).map(([name, service]) => toService(name, service, service.profiles ?? [])),
  ];
  return {
    reference,
    name: project.name,
    services: services.sort((a, b) => (a.name < b.name ? -1 : 1)),
    networks: Object.keys(project.networks ?? {}),
    volumes: Object.entries(project.volumes ?? {})
      .filter(([, volume]) => volume.external !== true)
      .map(([key, volume]) => ({ key, name: volume.name ?? `${project.name}_${key}` })),
    profiles: profilesOf(reference, loaded),
    problems,
    loaded,
  };
}

/** The services that others wait for to come to a good end. */
function awaitedServices(services: Readonly<Record<string, Service>>): ReadonlySet<string> {
  return new Set(
    Object.values(services).flatMap((service) =>
      Object.entries(dependencyConditions(service))
        .filter(([, { condition }]) => condition === 'service_completed_successfully')
        .map(([name]) => name),
    ),
  );
}

function profilesOf(reference: ProjectReference, loaded: LoadedProject): readonly DeclaredProfile[] {
  const services = [...Object.values(loaded.project.services), ...Object.values(loaded.disabled)];
  const active = new Set(
    reference.profiles ?? (loaded.environment.COMPOSE_PROFILES ?? '').split(',').map((name) => name.trim()),
  );
  return [...new Set(services.flatMap(({ profiles }) => profiles ?? []))]
    .sort()
    .map((name) => ({ name, active: active.has(name) || active.has('*') }));
}

/**
 * The errors as the Problems view shows them, each once: what several files lead to is one error at one place. What only a profile is missing for is a
 * warning there, of the file, which other profiles can load.
 */
export function countErrors(problems: readonly Problem[]): number {
  const places = problems
    .filter(({ severity, code }) => severity === 'error' && code !== 'disabled-dependency')
    .map(({ code, span }) => `${code} ${span.uri} ${span.start}`);
  return new Set(places).size;
}

/** The profiles without which services lack what they depend on, so that the project is not loaded. */
export function missingProfiles(problems: readonly Problem[]): readonly string[] {
  const named = problems.flatMap(({ code, data }) =>
    code === 'disabled-dependency' ? ((data?.profiles as readonly string[] | undefined) ?? []) : [],
  );
  return [...new Set(named)].sort();
}

function child(node: Node | undefined, key: string): Node | undefined {
  if (node?.kind !== 'map') return undefined;
  return entryOf(node, key);
}

function entriesOf(node: Node | undefined): readonly string[] {
  return node?.kind === 'map' ? node.entries.map(({ key }) => String(key.value)) : [];
}

function entryOf(map: MapNode, key: string): Node | undefined {
  return map.entries.find((entry) => entry.key.value === key)?.value;
}
