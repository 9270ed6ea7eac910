import { replicasOf } from '#compose/model/replicas.ts';
import type { Dependency, Service } from '#compose/model/project.ts';
import { label } from '../../project/labels.ts';
import { dependencyConditions } from '../../project/service-graph.ts';
import type { WaitCondition } from '../plan.ts';
import { fileTarget } from '../requests/container-mounts.ts';
import { goneAfter } from './container-names.ts';
import type { Context, Replica } from './reconcile-context.ts';

/**
 * Plans the starting of one service: its dependencies' conditions, hooks, files to copy in, then the containers. Services come in dependency
 * order; `started` holds, per service, the nodes after which it counts as started.
 */
export function planStart(
  context: Context,
  name: string,
  service: Service,
  started: Map<string, readonly number[]>,
): void {
  const replicas = context.replicas.get(name) ?? [];
  const toStart = replicas.filter((replica) => replica.state !== 'running');
  started.set(
    name,
    replicas.flatMap((replica) => replica.after),
  );
  if (toStart.length === 0) return;

  const conditions = dependencyConditions(service);
  const ready = Object.keys(conditions).flatMap((dependency) => started.get(dependency) ?? []);
  const waits = Object.entries(conditions)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([dependency, condition]) => planWait(context, name, dependency, condition, started));
  const prepared = [
    ...ready,
    ...waits,
    ...portsFreed(context, name, service),
    ...planPreStart(context, service, replicas, toStart, [...ready, ...waits]),
  ];
  const done = toStart.map((replica) => startReplica(context, service, replica, prepared));
  started.set(name, [...(started.get(name) ?? []), ...done]);
}

/** Steps that remove what of others has a host port of the service. */
function portsFreed(context: Context, name: string, service: Service): readonly number[] {
  const wanted = new Set(
    (service.ports ?? []).map(({ published, protocol = 'tcp' }) => `${published}/${protocol}`),
  );
  return context.world.observed.containers.flatMap(({ id, labels, ports }) => {
    const gone = labels[label.service] === name ? undefined : goneAfter(context, id);
    const holds = ports.some(({ hostPort, protocol }) => wanted.has(`${hostPort}/${protocol}`));
    return gone !== undefined && holds ? [gone] : [];
  });
}

/** `--wait`: every service, healthy where it can be, completed where another service counts on that. */
export function planFinalWaits(
  context: Context,
  started: ReadonlyMap<string, readonly number[]>,
  timeout: number | undefined,
): void {
  for (const name of context.graph.order) {
    const replicas = context.replicas.get(name) ?? [];
    if (replicas.length === 0) continue;
    const completes = Object.values(context.desired.services).some(
      (service) => service.depends_on?.[name]?.condition === 'service_completed_successfully',
    );
    context.plan.add(
      {
        kind: 'wait',
        service: name,
        condition: completes ? 'service_completed_successfully' : 'running_or_healthy',
        optional: false,
        ...(timeout !== undefined && { timeout }),
        containers: replicas.map((replica) => replica.container),
      },
      { kind: 'asked-for', what: 'waiting' },
      started.get(name) ?? [],
    );
  }
}

function planWait(
  context: Context,
  dependent: string,
  dependency: string,
  { condition, required }: Dependency,
  started: ReadonlyMap<string, readonly number[]>,
): readonly number[] {
  const service = context.desired.services[dependency];
  if (condition === 'service_started' || service === undefined || replicasOf(service) === 0) return [];
  const containers = (context.replicas.get(dependency) ?? []).map((replica) => replica.container);
  const after = started.get(dependency) ?? [];
  return [waitOnce(context, dependent, dependency, condition, required === false, containers, after)];
}

/** Several services may wait for the same thing: one node does. */
function waitOnce(
  context: Context,
  dependent: string,
  service: string,
  condition: WaitCondition,
  optional: boolean,
  containers: readonly Replica['container'][],
  after: readonly number[],
): number {
  const known = context.plan.nodes.find(
    ({ operation }) =>
      operation.kind === 'wait' &&
      operation.service === service &&
      operation.condition === condition &&
      operation.optional === optional,
  );
  if (known !== undefined) return known.id;
  return context.plan.add(
    { kind: 'wait', service, condition, optional, containers },
    { kind: 'dependency-of', service: dependent },
    after,
  );
}

/**
 * One step after the other. A step runs once per service, and only if none of its containers runs yet, on the container with the lowest number; one with
 * `per_replica` runs for each container that is about to start.
 */
function planPreStart(
  context: Context,
  service: Service,
  replicas: readonly Replica[],
  toStart: readonly Replica[],
  after: readonly number[],
): readonly number[] {
  const starting = toStart.filter(({ state }) => state !== 'paused').sort((a, b) => a.number - b.number);
  const isFirstStart = replicas.every(({ state }) => state === 'stopped');
  const runs = (service.pre_start ?? []).flatMap(({ per_replica }, index) => {
    const containers = per_replica === true ? starting : isFirstStart ? starting.slice(0, 1) : [];
    return containers.map(({ container, after: ready }) => ({ index, container, ready }));
  });
  let last = after;
  for (const [order, { index, container, ready }] of runs.entries()) {
    last = [
      context.plan.add(
        { kind: 'run-hook', phase: 'pre_start', index, container, ...(order === 0 && { leftovers: true }) },
        { kind: 'hook', phase: 'pre_start' },
        [...last, ...ready],
      ),
    ];
  }
  return runs.length === 0 ? [] : last;
}

function startReplica(
  context: Context,
  service: Service,
  replica: Replica,
  prepared: readonly number[],
): number {
  const before = [...prepared, ...replica.after];
  if (replica.state === 'paused') {
    return context.plan.add(
      { kind: 'unpause-container', container: replica.container },
      { kind: 'paused' },
      before,
    );
  }
  const copies = planCopies(context, service, replica, before);
  let last = context.plan.add(
    { kind: 'start-container', container: replica.container },
    { kind: 'not-running' },
    [...before, ...copies],
  );
  for (const [index] of (service.post_start ?? []).entries()) {
    last = context.plan.add(
      { kind: 'run-hook', phase: 'post_start', index, container: replica.container },
      { kind: 'hook', phase: 'post_start' },
      [last],
    );
  }
  return last;
}

/** Secrets and configs without a file are written into the container before every start. */
function planCopies(
  context: Context,
  service: Service,
  replica: Replica,
  after: readonly number[],
): readonly number[] {
  const { secrets, configs } = context.desired.project;
  return (['secret', 'config'] as const).flatMap((what) =>
    ((what === 'secret' ? service.secrets : service.configs) ?? []).flatMap((reference, index) => {
      const object = (what === 'secret' ? secrets : configs)?.[reference.source];
      if (object === undefined || object.file !== undefined) return [];
      const target = fileTarget(what, reference);
      return [
        context.plan.add(
          { kind: 'copy-file', what, index, target, container: replica.container },
          { kind: 'no-file', what, name: reference.source },
          after,
        ),
      ];
    }),
  );
}
