import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import type { RuntimeProject } from '#engine/observe/runtime-project.ts';
import type { DeclaredProject, DeclaredService } from './declared.ts';

/** One project as it is meant (its files) and as it is (the engine); at least one of the two is there. */
export interface Stack {
  /** Stable. */
  readonly key: string;
  readonly name: string;
  /** The name of the engine it is on, when that was added beside the chosen one. */
  readonly engine?: string;
  readonly declared: DeclaredProject | undefined;
  readonly runtime: RuntimeProject | undefined;
  /** By name; those a profile leaves out last, unless they run. */
  readonly services: readonly StackService[];
}

export interface StackService {
  readonly name: string;
  /** Absent for an orphan, or when there are no files. */
  readonly declared: DeclaredService | undefined;
  readonly containers: readonly ContainerSummary[];
}

/** Projects with files in the workspace first, in the order of their files, then, unless `workspaceOnly`, what else the engine runs, by name. */
export function joinStacks(
  declared: readonly DeclaredProject[],
  runtime: readonly RuntimeProject[],
  workspaceOnly: boolean,
): readonly Stack[] {
  const byName = new Map(runtime.map((project) => [project.name, project]));
  const own = declared.map((project) => toStack(project, byName.get(project.name)));
  if (workspaceOnly) return own;
  const names = new Set(declared.map(({ name }) => name));
  return [...own, ...runtime.filter(({ name }) => !names.has(name)).map((each) => toStack(undefined, each))];
}

/** What an engine runs that was added beside the chosen one, by name; of projects with files here only what runs. */
export function stacksOn(
  engine: string,
  declared: readonly DeclaredProject[],
  runtime: readonly RuntimeProject[],
  workspaceOnly: boolean,
): readonly Stack[] {
  return runtime.flatMap((project) => {
    const own = declared.find(
      ({ name, reference }) => name === project.name && reference.directory === project.workingDirectory,
    );
    if (workspaceOnly && own === undefined) return [];
    return [{ ...toStack(own, project), key: `on:${engine}:${project.name}`, engine }];
  });
}

function toStack(declared: DeclaredProject | undefined, runtime: RuntimeProject | undefined): Stack {
  const services = new Map<string, StackService>();
  for (const each of declared?.services ?? [])
    services.set(each.name, { name: each.name, declared: each, containers: [] });
  for (const { name, containers } of runtime?.services ?? [])
    services.set(name, { name, declared: services.get(name)?.declared, containers });
  const name = declared?.name ?? runtime?.name ?? '';
  return {
    key: declared === undefined ? `engine:${name}` : `files:${declared.reference.id}`,
    name,
    declared,
    runtime,
    services: [...services.values()].sort(
      (a, b) => Number(isOff(a)) - Number(isOff(b)) || (a.name < b.name ? -1 : 1),
    ),
  };
}

/** Left out by a profile, and not there. */
export function isOff({ declared, containers }: StackService): boolean {
  return containers.length === 0 && declared !== undefined && declared.missingProfiles.length > 0;
}

/** Runs or ran, but the files do not have it. */
export function isOrphan(stack: Stack, service: StackService): boolean {
  return stack.declared?.loaded !== undefined && service.declared === undefined;
}
