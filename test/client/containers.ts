import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import { noPasts } from '#engine/observe/crash-watch.ts';
import type { RuntimeProject } from '#engine/observe/runtime-project.ts';
import type { Knowledge } from '#engine/observe/service-view.ts';
import type { UnderWay } from '#engine/observe/under-way.ts';
import type { DeclaredProject, DeclaredService } from '../../client/src/workspace/declared.ts';
import { joinStacks, type Running, type Stack, stacksOn } from '../../client/src/workspace/stacks.ts';

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

/** What the files of a project say; a profile that is missing turns a service off. */
export function declared(
  name: string,
  services: readonly (Partial<DeclaredService> & { readonly name: string })[],
  change: Partial<DeclaredProject> = {},
): DeclaredProject {
  return {
    reference: { id: `/${name}`, directory: `/${name}`, files: [], mainFile: `/${name}/compose.yaml` },
    name,
    services: services.map((each) => ({
      image: 'busybox',
      missingProfiles: [],
      span: undefined,
      ...each,
    })),
    networks: [],
    volumes: [],
    profiles: [],
    problems: [],
    loaded: undefined,
    ...change,
  };
}

/** What an engine runs that is connected, with nothing under way, unless told otherwise. */
export function running(
  projects: readonly RuntimeProject[],
  { operations = [], interrupted, ...knowledge }: RunningChange = {},
): Running {
  return {
    projects,
    others: [],
    knowledge: { ...noPasts, isFresh: true, lastSeen: undefined, ...knowledge },
    underWay: () => operations,
    interrupted: () => interrupted,
  };
}

export interface RunningChange extends Partial<Knowledge> {
  readonly operations?: readonly UnderWay[];
  readonly interrupted?: readonly string[];
}

/** The projects of the workspace and of an engine, joined. */
export function joined(
  declared: readonly DeclaredProject[],
  projects: readonly RuntimeProject[],
  workspaceOnly = false,
  change: RunningChange = {},
): readonly Stack[] {
  return joinStacks(declared, running(projects, change), workspaceOnly);
}

/** The same of an engine beside the chosen one. */
export function joinedOn(
  engine: string,
  declared: readonly DeclaredProject[],
  projects: readonly RuntimeProject[],
  workspaceOnly: boolean,
): readonly Stack[] {
  return stacksOn(engine, declared, running(projects), workspaceOnly);
}
