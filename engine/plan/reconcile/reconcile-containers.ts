import { portShortages } from '#compose/check/port-shortage.ts';
import { containerSettings } from '#compose/model/container-settings.ts';
import { replicasOf } from '#compose/model/replicas.ts';
import type { Service } from '#compose/model/project.ts';
import { EngineError } from '../../api/engine-error.ts';
import { say } from '../../api/message.ts';
import { containerNumber, label } from '../../project/labels.ts';
import { containerName, finalNameOf, imageName, replacementName } from '../../project/names.ts';
import type { ContainerSummary } from '../../api/engine-objects.ts';
import type { Cause } from '../cause.ts';
import {
  type Context,
  containersOf,
  nextNumber,
  type Replica,
  refOf,
  stopOnce,
} from './reconcile-context.ts';
import { type DivergenceCheck, divergenceCheck } from './diverged.ts';
import { claimantsOf, nameState } from './container-names.ts';
import { refuseUnsupported } from './refusals.ts';

/** Plans one service's containers: too many go, outdated ones are replaced, missing ones are created. Its dependencies are planned already. */
export function reconcileService(context: Context, name: string, service: Service): void {
  const wanted = replicasOf(service);
  if (wanted > 1 && service.container_name !== undefined) {
    throw new EngineError(
      'invalid',
      say`the "${name}" service is using the custom container name "${service.container_name}": a container name is unique, remove the custom name to scale the service`,
      { subject: name },
    );
  }
  for (const { published, room } of portShortages(service, wanted))
    context.warnings.push({ kind: 'too-few-ports', service: name, published, room, wanted });
  const containers = containersOf(context, name);
  const check = divergenceCheck(context, name, service);
  const before = infrastructureNodes(context, name, service);
  const sorted = bestFirst(containers, check);
  const replicas: Replica[] = [];
  const touched: number[] = [];

  for (const excess of sorted.slice(wanted)) {
    touched.push(
      takeAway(context, excess.container, { kind: 'scaled', from: containers.length, to: wanted }),
    );
  }
  if (sorted.length < wanted || sorted.slice(0, wanted).some((kept) => kept.cause !== undefined)) {
    refuseUnsupported(context, name, service);
  }
  for (const { container, cause } of sorted.slice(0, wanted)) {
    if (cause === undefined) replicas.push(keep(context, name, service, container, touched));
    else replicas.push(replace(context, name, service, container, cause, before));
  }
  const first = nextNumber(containers);
  for (let number = first; replicas.length < wanted; number += 1) {
    replicas.push(create(context, name, service, number, creationCause(containers.length, wanted), before));
  }
  touched.push(...replicas.flatMap((replica) => replica.after));
  context.serviceNodes.set(name, touched);
  context.replicas.set(name, replicas);
}

/** Containers of no declared service, and one-off containers that have ended. */
export function reconcileOrphans(context: Context, orphans: readonly ContainerSummary[]): void {
  for (const container of orphans) {
    takeAway(context, container, { kind: 'orphan' });
  }
}

interface Judged {
  readonly container: ContainerSummary;
  readonly cause: Cause | undefined;
}

/**
 * Up-to-date containers first, then low numbers: the last ones go first when there are too many. Of two with one number, one that has its name is
 * there already; the other is left of a replacement that was interrupted, or that somebody else is at.
 */
function bestFirst(containers: readonly ContainerSummary[], check: DivergenceCheck): readonly Judged[] {
  return containers
    .map((container) => ({ container, cause: check.causeFor(container) }))
    .sort(
      (a, b) =>
        Number(a.cause !== undefined) - Number(b.cause !== undefined) ||
        containerNumber(a.container.labels) - containerNumber(b.container.labels) ||
        Number(isUnnamed(a.container)) - Number(isUnnamed(b.container)) ||
        b.container.createdAt - a.container.createdAt,
    );
}

function isUnnamed({ name }: ContainerSummary): boolean {
  return finalNameOf(name) !== undefined;
}

/** What is to take its name is there before it goes. */
function takeAway(context: Context, container: ContainerSummary, cause: Cause): number {
  const successors = claimantsOf(context, container.id);
  const stopped = stopOnce(context, container, cause, successors);
  const removed = context.plan.add(
    { kind: 'remove-container', container: refOf(container), volumes: false, force: true },
    cause,
    [...successors, stopped, ...(context.connects.get(container.id) ?? [])],
  );
  context.removals.set(container.id, removed);
  return removed;
}

function keep(
  context: Context,
  name: string,
  service: Service,
  container: ContainerSummary,
  removed: readonly number[],
): Replica {
  const number = containerNumber(container.labels);
  const finalName = containerName(context.desired.project.name, name, service, number);
  const stopped = context.stops.get(container.id);
  const after = [...(stopped === undefined ? [] : [stopped]), ...(context.connects.get(container.id) ?? [])];
  const ref = refOf(container);
  let untouched = after.length === 0;
  if (container.name !== finalName && finalNameOf(container.name) === finalName) {
    untouched = false;
    const cause = { kind: 'interrupted-replacement' } as const;
    const state = nameState(context, finalName);
    const before = [...after, ...removed];
    if (state.kind === 'free') {
      const operation = { kind: 'rename-container', container: ref, name: finalName } as const;
      after.push(context.plan.add(operation, cause, [...before, ...state.after]));
    } else {
      const { holder } = state;
      context.claims.push({
        ...{ name: finalName, service: name, holder, container: ref, cause },
        ...{ after: before, group: undefined, optional: true },
      });
    }
  }
  if (untouched && container.state === 'running') context.upToDate.push(container.name);
  return { container: ref, number, after, state: stateAfter(container, stopped !== undefined) };
}

function stateAfter(container: ContainerSummary, stopped: boolean): Replica['state'] {
  if (stopped) return 'stopped';
  if (container.state === 'paused') return 'paused';
  return container.state === 'running' || container.state === 'restarting' ? 'running' : 'stopped';
}

function create(
  context: Context,
  name: string,
  service: Service,
  number: number,
  cause: Cause,
  before: readonly number[],
): Replica {
  const finalName = containerName(context.desired.project.name, name, service, number);
  const state = nameState(context, finalName);
  const first = state.kind === 'free' ? finalName : replacementName(state.holder.id, finalName);
  const node = context.plan.add(
    { kind: 'create-container', service: name, number, name: first, finalName, inherit: false },
    cause,
    state.kind === 'free' ? [...before, ...state.after] : before,
  );
  const container = { kind: 'created', node, name: finalName, service: name } as const;
  if (state.kind === 'taken') {
    const { holder } = state;
    context.claims.push({
      ...{ name: finalName, service: name, holder, container, cause: { kind: 'predecessor-gone' } },
      ...{ after: [node], group: undefined, optional: false },
    });
  }
  return { container, number, after: [node], state: 'stopped' };
}

/** The new container exists before the old one goes: if it cannot be created, the old one stays. */
function replace(
  context: Context,
  name: string,
  service: Service,
  old: ContainerSummary,
  cause: Cause,
  before: readonly number[],
): Replica {
  context.recreated.add(name);
  const number = containerNumber(old.labels);
  const finalName = containerName(context.desired.project.name, name, service, number);
  const group = old.name;
  const created = context.plan.add(
    {
      kind: 'create-container',
      service: name,
      number,
      name: replacementName(old.id, finalName),
      finalName,
      replaces: old,
      inherit: context.options.inherit,
    },
    cause,
    [...before, ...stopDependents(context, name)],
    { group },
  );
  const replaced = { kind: 'replaced', step: created } as const;
  const stopped = stopOnce(context, old, replaced, [created, ...claimantsOf(context, old.id)], group);
  const removed = context.plan.add(
    { kind: 'remove-container', container: refOf(old), volumes: false, force: true },
    replaced,
    [created, stopped, ...(context.connects.get(old.id) ?? [])],
    {
      group,
      ...(!context.options.inherit &&
        hasAnonymousVolumes(old) && { destroys: { kind: 'anonymous-volumes-not-kept' } as const }),
    },
  );
  context.replaced.set(old.id, removed);
  const container = { kind: 'created', node: created, name: finalName, service: name } as const;
  const state = nameState(context, finalName, old);
  if (state.kind === 'taken') {
    const { holder } = state;
    context.claims.push({
      ...{ name: finalName, service: name, holder, container, cause: { kind: 'predecessor-gone' } },
      ...{ after: [removed], group, optional: false },
    });
    return { container, number, after: [removed], state: 'stopped' };
  }
  const renamed = context.plan.add(
    { kind: 'rename-container', container, name: finalName },
    { kind: 'predecessor-gone' },
    [removed, ...state.after],
    { group },
  );
  return { container, number, after: [renamed], state: 'stopped' };
}

/** Services that ask to be restarted with this one (`depends_on.*.restart`) are stopped before it is replaced, and started after. */
function stopDependents(context: Context, name: string): readonly number[] {
  const nodes: number[] = [];
  for (const [dependent, service] of Object.entries(context.desired.services)) {
    if (service.depends_on?.[name]?.restart !== true) continue;
    for (const container of containersOf(context, dependent)) {
      if (container.state !== 'running' && container.state !== 'restarting') continue;
      nodes.push(stopOnce(context, container, { kind: 'dependency-recreated', service: name }));
    }
  }
  return nodes;
}

/** What must be there before a container of the service can be created. */
function infrastructureNodes(context: Context, name: string, service: Service): readonly number[] {
  const parts = containerSettings(service);
  const networks = parts.flatMap((part) =>
    Object.keys(part.networks ?? {}).map((key) => context.networkNodes.get(key)),
  );
  const volumes = parts.flatMap((part) =>
    (part.volumes ?? []).map((mount) =>
      mount.type === 'volume' ? context.volumeNodes.get(mount.source ?? '') : undefined,
    ),
  );
  const dependencies = context.graph
    .dependencies(name)
    .flatMap((other) => context.serviceNodes.get(other) ?? []);
  const image = context.pullNodes.get(imageName(context.desired.project.name, name, service));
  // Containers that went with a volume give their names back.
  const removals = context.world.observed.containers
    .filter((container) => container.labels[label.service] === name)
    .map((container) => context.removals.get(container.id));
  return [image, ...networks, ...volumes, ...dependencies, ...removals].filter((node) => node !== undefined);
}

function creationCause(existing: number, wanted: number): Cause {
  return existing === 0 ? { kind: 'no-container' } : { kind: 'scaled', from: existing, to: wanted };
}

function hasAnonymousVolumes(container: ContainerSummary): boolean {
  return container.mounts.some((mount) => mount.type === 'volume' && /^[0-9a-f]{64}$/.test(mount.name ?? ''));
}
