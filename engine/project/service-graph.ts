import type { Dependency, Project, Service } from '#compose/model/project.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { mergedRecord, recordOf } from '#compose/values/record.ts';

/** Which service needs which others, from `depends_on`, `links`, `volumes_from` and shared namespaces. */
export interface ServiceGraph {
  /** Every service after everything it depends on; ties in name order. */
  readonly order: readonly string[];
  dependencies(service: string): readonly string[];
  dependents(service: string): readonly string[];
}

/** What {@link serviceGraph} needs of a service: a loaded one, or one known from labels only. */
export type GraphService = Pick<
  Service,
  'depends_on' | 'links' | 'volumes_from' | 'network_mode' | 'ipc' | 'pid'
>;

/** Rejects a cycle with `EngineError` (kind `invalid`). Dependencies that are not in `services` are left out. */
export function serviceGraph(services: Readonly<Record<string, GraphService>>): ServiceGraph {
  const names = Object.keys(services).sort();
  const needs = new Map<string, string[]>();
  const neededBy = new Map<string, string[]>(names.map((name) => [name, []]));
  for (const name of names) {
    const service = services[name];
    const found = service === undefined ? [] : implicitDependencies(service);
    const known = [...new Set(found)].filter((other) => other !== name && neededBy.has(other)).sort();
    needs.set(name, known);
    for (const other of known) neededBy.get(other)?.push(name);
  }
  return {
    order: topologicalOrder(names, needs),
    dependencies: (service) => needs.get(service) ?? [],
    dependents: (service) => neededBy.get(service) ?? [],
  };
}

/** The named services and all they depend on (or, downwards, all that depend on them), each once. */
export function closure(
  graph: ServiceGraph,
  roots: readonly string[],
  direction: 'dependencies' | 'dependents',
): ReadonlySet<string> {
  const seen = new Set<string>();
  const pending = [...roots];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    pending.push(...graph[direction](name));
  }
  return seen;
}

/** `service:x` names a service whose namespace is shared. */
export function sharedService(mode: string | undefined): string | undefined {
  return mode?.startsWith('service:') ? mode.slice('service:'.length) : undefined;
}

/** `db`, `db:ro` name a service; `container:abc` does not. */
export function volumesFromService(entry: string): string | undefined {
  return entry.startsWith('container:') ? undefined : entry.split(':')[0];
}

/** The service's dependencies with their conditions: declared ones as they are, implied ones as `service_started`. */
export function dependencyConditions(service: GraphService): Readonly<Record<string, Dependency>> {
  const implied = recordOf(
    implicitDependencies(service).map((name) => [
      name,
      { condition: 'service_started', required: true } as const,
    ]),
  );
  return mergedRecord<Dependency>(implied, service.depends_on);
}

/** Services whose containers this one's containers refer to by id: when those are recreated, so must these be. */
export function sharedParents(service: GraphService): readonly string[] {
  const shared = [service.network_mode, service.ipc, service.pid].map(sharedService);
  const volumes = (service.volumes_from ?? []).map(volumesFromService);
  return [...shared, ...volumes].filter((name) => name !== undefined);
}

/** The services of a project that are to run, with their dependencies unless `noDeps`. Rejects an unknown name. */
export function selectServices(
  project: Project,
  wanted: readonly string[],
  options: { readonly noDeps?: boolean } = {},
): Readonly<Record<string, Service>> {
  if (wanted.length === 0) return project.services;
  for (const name of wanted) {
    if (project.services[name] === undefined) {
      throw new EngineError('not-found', say`no such service: ${name}`, { subject: name });
    }
  }
  const graph = serviceGraph(project.services);
  const selected = options.noDeps === true ? new Set(wanted) : closure(graph, wanted, 'dependencies');
  return recordOf(Object.entries(project.services).filter(([name]) => selected.has(name)));
}

function implicitDependencies(service: GraphService): string[] {
  return [
    ...Object.keys(service.depends_on ?? {}),
    ...(service.links ?? []).map((link) => link.split(':')[0] ?? link),
    ...sharedParents(service),
  ];
}

function topologicalOrder(names: readonly string[], needs: ReadonlyMap<string, readonly string[]>): string[] {
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const path: string[] = [];
  const visit = (name: string): void => {
    if (state.get(name) === 'done') return;
    path.push(name);
    if (state.get(name) === 'open') {
      throw new EngineError(
        'invalid',
        say`dependency cycle detected: ${path.slice(path.indexOf(name)).join(' -> ')}`,
      );
    }
    state.set(name, 'open');
    for (const other of needs.get(name) ?? []) visit(other);
    state.set(name, 'done');
    path.pop();
    order.push(name);
  };
  for (const name of names) visit(name);
  return order;
}
