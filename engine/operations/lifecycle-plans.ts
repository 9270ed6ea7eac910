import { closure, selectServices, serviceGraph } from '../project/service-graph.ts';
import {
  type KnownServices,
  knownServices,
  requestedServices,
  withoutOneOffs,
} from '../observe/known-services.ts';
import { containerNumber } from '../project/labels.ts';
import type { ObservedState } from '../observe/observe.ts';
import type { AskedFor } from '../plan/cause.ts';
import { existing, type Operation, type Plan, type PlanBuilder, planBuilder } from '../plan/plan.ts';
import type { ContainerSummary, EngineInfo } from '../api/engine-objects.ts';
import { type Desired, newContext, refOf } from '../plan/reconcile/reconcile-context.ts';
import { planFinalWaits, planStart } from '../plan/reconcile/plan-starts.ts';
import type { ProjectTarget } from '../project/project-target.ts';
import { recordOf } from '#compose/values/record.ts';

/** Pure planners of the operations that create nothing. Each rejects an unknown service with `EngineError`. */
export interface LifecycleOptions {
  /** Empty or absent: all. */
  readonly services?: readonly string[];
  /** Seconds for each container to stop; absent: its own. */
  readonly timeout?: number;
}

/** Starts what does not run, in dependency order, with the conditions of `depends_on`; dependencies come along. */
export function planStartOnly(
  desired: Desired,
  observed: ObservedState,
  info: EngineInfo,
  wait?: { readonly timeout?: number },
): Plan {
  const world = {
    observed,
    info,
    surroundings: { networks: {}, volumes: {}, images: {}, details: {}, names: {} },
  };
  const context = newContext(desired, world, {
    targets: [],
    recreate: 'never',
    recreateDependencies: 'never',
    inherit: true,
    removeOrphans: false,
    ignoreOrphans: true,
    recreateVolumes: new Set(),
    start: true,
    pulls: [],
  });
  const known = knownServices({ name: desired.project.name }, observed);
  const upToDate: string[] = [];
  for (const name of context.graph.order) {
    const containers = withoutOneOffs(known.containersOf(name));
    context.replicas.set(
      name,
      containers.map((container) => ({
        container: refOf(container),
        number: containerNumber(container.labels),
        after: [],
        state: container.state === 'paused' ? 'paused' : runs(container) ? 'running' : 'stopped',
      })),
    );
    upToDate.push(...containers.filter(runs).map((container) => container.name));
  }
  const started = new Map<string, readonly number[]>();
  for (const name of context.graph.order) {
    const service = desired.services[name];
    if (service !== undefined) planStart(context, name, service, started);
  }
  if (wait !== undefined) planFinalWaits(context, started, wait.timeout);
  return { project: desired.project.name, nodes: context.plan.nodes, warnings: [], upToDate };
}

/** Dependents first. */
export function planStop(target: ProjectTarget, observed: ObservedState, options: LifecycleOptions): Plan {
  const known = knownServices(target, observed);
  const wanted = new Set(requestedServices(known, options.services));
  const plan = planBuilder();
  const stopped = new Map<string, readonly number[]>();
  for (const name of [...known.graph.order].reverse()) {
    const dependents = known.graph.dependents(name).flatMap((other) => stopped.get(other) ?? []);
    const containers = wanted.has(name) ? withoutOneOffs(known.containersOf(name)) : [];
    // What has ended already is asked to stop all the same: it may be about to be restarted.
    const nodes = containers
      .filter(({ state }) => state !== 'created')
      .map((container) => {
        const ready = runs(container)
          ? hooks(plan, known, container, name, 'pre_stop', dependents)
          : dependents;
        return plan.add(
          { kind: 'stop-container', container: existing(container, name), ...timeoutOf(options) },
          { kind: 'asked-for', what: 'stopping' },
          ready,
        );
      });
    stopped.set(name, nodes.length === 0 ? dependents : nodes);
  }
  return finished(target, plan);
}

/** In dependency order; with services named, also the services that ask to be restarted with them, unless `noDeps`. */
export function planRestart(
  target: ProjectTarget,
  observed: ObservedState,
  options: LifecycleOptions & { readonly noDeps?: boolean },
): Plan {
  const known = knownServices(target, observed);
  const requested = requestedServices(known, options.services);
  const restarting = recordOf(
    Object.entries(known.services).map(([name, service]) => [
      name,
      {
        depends_on: recordOf(
          Object.entries(service.depends_on ?? {}).filter(([, dependency]) => dependency.restart === true),
        ),
      },
    ]),
  );
  const graph = serviceGraph(restarting);
  const wanted = options.noDeps === true ? new Set(requested) : closure(graph, requested, 'dependents');
  const plan = planBuilder();
  const restarted = new Map<string, readonly number[]>();
  for (const name of graph.order) {
    const before = graph.dependencies(name).flatMap((other) => restarted.get(other) ?? []);
    if (!wanted.has(name)) {
      restarted.set(name, before);
      continue;
    }
    const waits = graph
      .dependencies(name)
      .filter((other) => wanted.has(other))
      .flatMap((other) => waitFor(plan, known, name, other, before));
    const after = [...before, ...waits];
    const nodes = withoutOneOffs(known.containersOf(name)).map((container) => {
      const ready = runs(container) ? hooks(plan, known, container, name, 'pre_stop', after) : after;
      const done = plan.add(
        { kind: 'restart-container', container: existing(container, name), ...timeoutOf(options) },
        requested.includes(name)
          ? { kind: 'asked-for', what: 'restarting' }
          : { kind: 'dependency-restarted' },
        ready,
      );
      return hooks(plan, known, container, name, 'post_start', [done]);
    });
    restarted.set(name, nodes.length === 0 ? before : nodes.flat());
  }
  return finished(target, plan);
}

/** One operation on every container of the services that is in a fitting state, all at once. */
export function planEach(
  target: ProjectTarget,
  observed: ObservedState,
  options: LifecycleOptions & { readonly includeOneOffs?: boolean },
  fits: (container: ContainerSummary) => boolean,
  operation: (container: ContainerSummary, service: string) => Operation,
  what: AskedFor,
): Plan {
  const known = knownServices(target, observed);
  const plan = planBuilder();
  for (const name of requestedServices(known, options.services)) {
    const all = known.containersOf(name);
    for (const container of options.includeOneOffs === true ? all : withoutOneOffs(all)) {
      if (fits(container)) plan.add(operation(container, name), { kind: 'asked-for', what });
    }
  }
  return finished(target, plan);
}

/** The services to start and what they depend on, when there is no file to say so. */
export function selectKnown(known: KnownServices, project: string, services: readonly string[] | undefined) {
  return selectServices({ name: project, services: known.services }, services ?? []);
}

export function runs(container: ContainerSummary): boolean {
  return container.state === 'running' || container.state === 'restarting' || container.state === 'paused';
}

function hooks(
  plan: PlanBuilder,
  known: KnownServices,
  container: ContainerSummary,
  service: string,
  phase: 'pre_stop' | 'post_start',
  after: readonly number[],
): readonly number[] {
  let last = after;
  const definition = container.state === 'paused' ? undefined : known.services[service];
  for (const [index] of (definition?.[phase] ?? []).entries()) {
    const ref = existing(container, service);
    last = [plan.add({ kind: 'run-hook', phase, index, container: ref }, { kind: 'hook', phase }, last)];
  }
  return last;
}

/** A dependency that has been restarted is waited for as when it was started. */
function waitFor(
  plan: PlanBuilder,
  known: KnownServices,
  dependent: string,
  name: string,
  after: readonly number[],
): readonly number[] {
  const dependency = known.services[dependent]?.depends_on?.[name];
  const containers = withoutOneOffs(known.containersOf(name)).map((container) => existing(container, name));
  if (dependency === undefined || dependency.condition === 'service_started' || containers.length === 0)
    return [];
  return [
    plan.add(
      {
        kind: 'wait',
        service: name,
        condition: dependency.condition,
        optional: dependency.required === false,
        containers,
      },
      { kind: 'dependency-of', service: dependent },
      after,
    ),
  ];
}

function timeoutOf(options: LifecycleOptions): { readonly timeout?: number } {
  return options.timeout === undefined ? {} : { timeout: options.timeout };
}

function finished(target: ProjectTarget, plan: PlanBuilder): Plan {
  return { project: target.name, nodes: plan.nodes, warnings: [], upToDate: [] };
}
