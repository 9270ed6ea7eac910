import type { Service } from '#compose/model/project.ts';
import { EngineError } from '../../api/engine-error.ts';
import { say } from '../../api/message.ts';
import { type Images, imageOf } from '../../observe/local-images.ts';
import { networksByPriority } from '../requests/endpoint-settings.ts';
import type { ContainerRef, Plan, PlanNode, WaitCondition } from '../plan.ts';
import type { Desired } from '../reconcile/reconcile-context.ts';
import { type Draft, draftsOf, numbered, withContainers } from './drafts.ts';
import { refuseStartFirst } from './refuse-start-first.ts';
import { updateRules } from './update-rules.ts';

/** A plan in two parts: what brings the new about, and can be taken back, and what then puts away the old, and cannot. */
export interface RollingPlan {
  /** Both parts. */
  readonly plan: Plan;
  /** The number of the first step of the second part. */
  readonly finishFrom: number;
}

/**
 * Makes of what `reconcile` plans an update by the rules of each service (`deploy.update_config`). Until all is as it should be nothing that was there
 * is removed: it is only stopped, so that it can be started again. Pure.
 *
 * `start-first`: a container like the new ones of the first group is tried under no name of the service, where no request can reach it. Once it is healthy, the new
 * one is started beside the old one, which is stopped when the new one is healthy. `stop-first`: the old one is stopped, then
 * the new one started. Each new container is waited for, at most `timeout` seconds; then the next group follows.
 *
 * Rejects with `EngineError`: an order that cannot be honored, or a network or volume that would have to be made anew, which cannot be taken back.
 */
export function rollingPlan(plan: Plan, desired: Desired, images: Images, timeout: number): RollingPlan {
  refuseIrreversible(plan);
  const all = draftsOf(plan);
  const isLate = ({ operation: { kind } }: Draft) =>
    kind === 'remove-container' || kind === 'rename-container';
  for (const draft of all) if (!isLate(draft)) skipThrough(draft, isLate);
  const early = all.filter((draft) => !isLate(draft));
  const late = all.filter(isLate);
  const drafts = [...early];
  for (const [name, service] of Object.entries(desired.services)) {
    const replicas = replicasIn(early, name);
    if (replicas.length === 0) continue;
    drafts.push(...rollService({ name, service, replicas, early, desired, images, timeout }));
  }
  const first = numbered(drafts);
  const ends = drafts.filter((draft) => !drafts.some(({ after }) => after.has(draft)));
  for (const draft of late) for (const each of ends) draft.after.add(each);
  return { plan: { ...plan, nodes: numbered([...drafts, ...late]) }, finishFrom: first.length + 1 };
}

/** The part of a plan that can be taken back. */
export function updatePart({ plan, finishFrom }: RollingPlan): Plan {
  return { ...plan, nodes: plan.nodes.filter(({ id }) => id < finishFrom) };
}

/** The rest, for containers that exist by now. */
export function finishPart(
  { plan, finishFrom }: RollingPlan,
  idOf: (container: ContainerRef) => string,
): Plan {
  const now = (container: ContainerRef): ContainerRef => ({
    kind: 'existing',
    id: idOf(container),
    name: container.name,
    service: container.service,
  });
  const nodes = plan.nodes.flatMap((node): PlanNode[] =>
    node.id < finishFrom
      ? []
      : [
          {
            ...node,
            operation: withContainers(node.operation, now),
            after: node.after.filter((id) => id >= finishFrom),
          },
        ],
  );
  return { ...plan, nodes, warnings: [], upToDate: [] };
}

function refuseIrreversible({ nodes }: Plan): void {
  for (const { operation } of nodes) {
    if (operation.kind === 'remove-network')
      throw new EngineError(
        'unsupported',
        say`The network ${operation.name} would have to be made anew, which disconnects every container on it and cannot be taken back. Run up once, then deploy.`,
        { subject: operation.name },
      );
    if (operation.kind === 'remove-volume')
      throw new EngineError(
        'unsupported',
        say`The volume ${operation.name} would have to be made anew, which cannot be taken back. Run up once, then deploy.`,
        { subject: operation.name },
      );
  }
}

/** Instead of for what is left out, a step waits for what that waits for. */
function skipThrough(draft: Draft, isLeftOut: (draft: Draft) => boolean): void {
  for (const each of draft.after) {
    if (!isLeftOut(each)) continue;
    draft.after.delete(each);
    // Sets are iterated to what is added meanwhile.
    for (const before of each.after) draft.after.add(before);
  }
}

/** One container that the plan makes. */
interface RolledReplica {
  readonly container: ContainerRef;
  readonly create: Draft;
  readonly start: Draft;
  /** What is done after the start: it counts as started then. */
  readonly hooks: readonly Draft[];
  /** Stops the one that it replaces; absent: it replaces none. */
  readonly stop: Draft | undefined;
}

function replicasIn(drafts: readonly Draft[], service: string): readonly RolledReplica[] {
  return drafts.flatMap((create): RolledReplica[] => {
    const made = create.operation;
    if (made.kind !== 'create-container' || made.service !== service) return [];
    const its = drafts.filter(
      ({ operation }) =>
        'container' in operation &&
        operation.container.kind === 'created' &&
        operation.container.node === create.origin,
    );
    const start = its.find(({ operation }) => operation.kind === 'start-container');
    if (start?.operation.kind !== 'start-container') return [];
    const stop = drafts.find(
      ({ operation }) =>
        operation.kind === 'stop-container' &&
        operation.container.kind === 'existing' &&
        operation.container.id === made.replaces?.id,
    );
    const hooks = its.filter(
      ({ operation }) => operation.kind === 'run-hook' && operation.phase === 'post_start',
    );
    return [{ container: start.operation.container, create, start, hooks, stop }];
  });
}

interface Rolled {
  readonly name: string;
  readonly service: Service;
  readonly replicas: readonly RolledReplica[];
  readonly early: readonly Draft[];
  readonly desired: Desired;
  readonly images: Images;
  readonly timeout: number;
}

/** Brings the steps of one service into the order of its rules; returns the steps that are added. */
function rollService({ name, service, replicas, early, desired, images, timeout }: Rolled): readonly Draft[] {
  const image = imageOf(images, desired.project.name, name, service);
  const rules = updateRules(service, image?.hasHealthcheck);
  const startsFirst = rules.order === 'start-first' && replicas.some(({ stop }) => stop !== undefined);
  if (startsFirst) refuseStartFirst(name, service, desired.services);
  const condition = conditionOf(name, desired);
  const waitFor: WaitFor = (container, after, stays = 0) => ({
    operation: {
      kind: 'wait',
      service: name,
      condition,
      optional: rules.onFailure === 'continue',
      timeout,
      ...(stays > 0 && condition === 'running_or_healthy' && { stays }),
      containers: [container],
    },
    cause: { kind: 'asked-for', what: 'waiting' },
    after: new Set(after),
  });
  const added: Draft[] = [];
  const groups = groupsOf(replicas, rules.parallelism);
  let before: readonly Draft[] = [];
  for (const [at, group] of groups.entries()) {
    const done: Draft[] = [];
    for (const replica of group) {
      const { start, hooks, stop, container } = replica;
      const first = startsFirst || isForDependency(stop) ? start : (stop ?? start);
      for (const each of before) first.after.add(each);
      if (startsFirst && stop !== undefined) {
        for (const each of early) each.after.delete(stop);
        if (at === 0 && isTried(service, condition)) added.push(...tryOut(replica, early, waitFor));
      }
      const ready = waitFor(container, [start, ...hooks], rules.monitor);
      for (const each of early)
        if (!isOf(each, name) && [start, ...hooks].some((own) => each.after.has(own))) each.after.add(ready);
      if (startsFirst) stop?.after.add(ready);
      added.push(ready);
      done.push(ready, ...(stop === undefined ? [] : [stop]));
    }
    if (rules.delay > 0 && at < groups.length - 1) {
      const pauses = group.map(({ container }) => waitFor(container, done, rules.delay));
      added.push(...pauses);
      done.push(...pauses);
    }
    before = done;
  }
  return added;
}

type WaitFor = (container: ContainerRef, after: readonly Draft[], stays?: number) => Draft;

/**
 * A container like the new one is started with no name on its networks, waited for, and removed; the start of the new one waits for that. It is a one-off: should
 * the deploy be killed meanwhile, nothing takes it for the service's own.
 */
function tryOut(
  { container, create, start }: RolledReplica,
  early: readonly Draft[],
  waitFor: WaitFor,
): readonly Draft[] {
  const made = create.operation;
  if (made.kind !== 'create-container' || create.origin === undefined) return [];
  const cause = { kind: 'tried-first' } as const;
  const origin = -create.origin;
  const finalName = `${container.name}-trial`;
  const trial: ContainerRef = { kind: 'created', node: origin, name: finalName, service: made.service };
  const created: Draft = {
    origin,
    operation: {
      ...{
        kind: 'create-container',
        service: made.service,
        number: 0,
        name: `${made.name}-trial`,
        finalName,
      },
      ...{ inherit: false, aside: true },
    },
    cause,
    after: new Set([...create.after, create]),
  };
  const copies = early.flatMap(({ operation, cause: reason }): readonly Draft[] =>
    operation.kind === 'copy-file' &&
    operation.container.kind === 'created' &&
    operation.container.node === create.origin
      ? [{ operation: { ...operation, container: trial }, cause: reason, after: new Set([created]) }]
      : [],
  );
  const begun: Draft = {
    operation: { kind: 'start-container', container: trial },
    cause,
    after: new Set([...start.after, created, ...copies]),
  };
  const healthy = waitFor(trial, [begun]);
  const ended: Draft = {
    operation: { kind: 'stop-container', container: trial },
    cause,
    after: new Set([healthy]),
  };
  const removed: Draft = {
    operation: { kind: 'remove-container', container: trial, volumes: true, force: true },
    cause,
    after: new Set([ended]),
  };
  start.after.add(removed);
  return [created, ...copies, begun, healthy, ended, removed];
}

/** Only what other services find by name is tried without one; and what a hook completes after the start is not complete before. */
function isTried(service: Service, condition: WaitCondition): boolean {
  return (
    condition === 'running_or_healthy' &&
    networksByPriority(service).length > 0 &&
    (service.post_start ?? []).length === 0
  );
}

/** Where another service counts on its end, that is what is waited for. */
function conditionOf(name: string, { services }: Desired): WaitCondition {
  const completes = Object.values(services).some(
    (service) => service.depends_on?.[name]?.condition === 'service_completed_successfully',
  );
  return completes ? 'service_completed_successfully' : 'running_or_healthy';
}

function isForDependency(stop: Draft | undefined): boolean {
  return stop?.cause.kind === 'dependency-recreated';
}

function isOf({ operation }: Draft, service: string): boolean {
  return 'container' in operation && operation.container.service === service;
}

function groupsOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  if (size === 0) return [all];
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}
