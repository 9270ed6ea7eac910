import type { Job } from '#compose/load/jobs.ts';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import { type ProjectView, projectView } from '#engine/observe/project-view.ts';
import type { RuntimeProject } from '#engine/observe/runtime-project.ts';
import { type Knowledge, type ServiceView, serviceView, type Wanted } from '#engine/observe/service-view.ts';
import type { UnderWay } from '#engine/observe/under-way.ts';
import type { DeclaredProject, DeclaredService } from './declared.ts';
import { isDrifted } from './drift.ts';

/** One project as it is meant (its files) and as it is (the engine); at least one of the two is there. */
export interface Stack {
  /** Stable. */
  readonly key: string;
  readonly name: string;
  /** The name of the engine it is on, when that was added beside the chosen one. */
  readonly engine?: string;
  /** Containers that Compose did not make: each is a service of its own name; without a project the stack has no name. */
  readonly isOther?: true;
  readonly declared: DeclaredProject | undefined;
  readonly runtime: RuntimeProject | undefined;
  /** By name; those a profile leaves out last, unless they run. */
  readonly services: readonly StackService[];
  /** What it is: everything that is shown of it comes from here. */
  readonly view: ProjectView;
}

export interface StackService {
  readonly name: string;
  /** Absent for an orphan, or when there are no files. */
  readonly declared: DeclaredService | undefined;
  readonly containers: readonly ContainerSummary[];
  /** What it is: everything that is shown of it comes from here. */
  readonly view: ServiceView;
}

/** What one engine runs, and what is being done there. */
export interface Running {
  readonly projects: readonly RuntimeProject[];
  /** What Compose did not make. */
  readonly others: readonly RuntimeProject[];
  readonly knowledge: Knowledge;
  underWay(project: string): readonly UnderWay[];
  interrupted(project: string): readonly string[] | undefined;
}

/** Projects with files in the workspace first, in the order of their files, then, unless `workspaceOnly`, what else the engine runs, by name. */
export function joinStacks(
  declared: readonly DeclaredProject[],
  running: Running,
  workspaceOnly: boolean,
): readonly Stack[] {
  const byName = new Map(running.projects.map((project) => [project.name, project]));
  const own = declared.map((project) => toStack(project, byName.get(project.name), running));
  if (workspaceOnly) return own;
  const names = new Set(declared.map(({ name }) => name));
  return [
    ...own,
    ...running.projects
      .filter(({ name }) => !names.has(name))
      .map((each) => toStack(undefined, each, running)),
  ];
}

/** What an engine runs that was added beside the chosen one, by name; of projects with files here only what runs. */
export function stacksOn(
  engine: string,
  declared: readonly DeclaredProject[],
  running: Running,
  workspaceOnly: boolean,
): readonly Stack[] {
  return running.projects.flatMap((project) => {
    const own = declared.find(
      ({ name, reference }) => name === project.name && reference.directory === project.workingDirectory,
    );
    if (workspaceOnly && own === undefined) return [];
    return [{ ...toStack(own, project, running), key: `on:${engine}:${project.name}`, engine }];
  });
}

/** The containers of an engine that Compose did not make, by their projects; the name of the engine is empty for the chosen one. */
export function otherStacks(engine: string, running: Running): readonly Stack[] {
  const none = { ...running, underWay: () => [], interrupted: () => undefined };
  return running.others.map((project) => ({
    ...toStack(undefined, project, project.name === '' ? running : none),
    key: `other:${engine}:${project.name}`,
    ...(engine !== '' && { engine }),
    isOther: true,
  }));
}

type Unseen<T> = Omit<T, 'view'>;

function toStack(
  declared: DeclaredProject | undefined,
  runtime: RuntimeProject | undefined,
  running: Running,
): Stack {
  const joined = new Map<string, Unseen<StackService>>();
  for (const each of declared?.services ?? [])
    joined.set(each.name, { name: each.name, declared: each, containers: [] });
  for (const { name, containers } of runtime?.services ?? [])
    joined.set(name, { name, declared: joined.get(name)?.declared, containers });
  const name = declared?.name ?? runtime?.name ?? '';
  const parts = [...joined.values()].sort(
    (a, b) => Number(isOff(a)) - Number(isOff(b)) || (a.name < b.name ? -1 : 1),
  );
  const operations = running.underWay(name);
  const services = parts.map((part) => ({
    ...part,
    view: viewOf(part, parts, declared, running, operations),
  }));
  const facts = {
    isPresent: runtime !== undefined,
    services: services.map((each) => ({ name: each.name, wanted: wantedOf(each.declared), view: each.view })),
    interrupted: running.interrupted(name),
  };
  return {
    key: declared === undefined ? `engine:${name}` : `files:${declared.reference.id}`,
    name,
    declared,
    runtime,
    services,
    view: projectView(facts, running.knowledge, operations),
  };
}

function viewOf(
  part: Unseen<StackService>,
  parts: readonly Unseen<StackService>[],
  declared: DeclaredProject | undefined,
  { knowledge }: Running,
  operations: readonly UnderWay[],
): ServiceView {
  const { name, containers } = part;
  // Comparing settings is not free, and says something only while containers may be made anew.
  const isOutdated =
    operations.length > 0 && containers.some((each) => isDrifted({ declared, services: parts }, part, each));
  return serviceView(
    { name, wanted: wantedOf(part.declared), containers, isOutdated },
    knowledge,
    operations,
  );
}

function wantedOf(declared: DeclaredService | undefined): Wanted | undefined {
  return (
    declared && {
      replicas: declared.replicas ?? 1,
      isOneShot: declared.isOneShot === true,
      isOff: declared.missingProfiles.length > 0,
    }
  );
}

/** Left out by a profile, and not there. */
export function isOff({ declared, containers }: Pick<StackService, 'declared' | 'containers'>): boolean {
  return containers.length === 0 && declared !== undefined && declared.missingProfiles.length > 0;
}

/** The jobs of a project that a person may start; those of its files that could be read last. */
export function startableJobs({ declared }: Stack): readonly Job[] {
  return (declared?.loaded?.jobs ?? []).filter(({ manual }) => manual);
}

/** Runs or ran, but the files do not have it. */
export function isOrphan(stack: Stack, service: StackService): boolean {
  const loaded = stack.declared?.loaded;
  const isJob = loaded?.jobs?.some(({ name }) => name === service.name) === true;
  return loaded !== undefined && service.declared === undefined && !isJob;
}
