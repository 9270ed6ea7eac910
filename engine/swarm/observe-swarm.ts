import type { EnginePort } from '../api/engine-port.ts';
import { stackLabel } from './stack-labels.ts';
import type { NodeObject, ServiceObject, SwarmPort, TaskObject } from '../api/swarm-calls.ts';
import { shortImage, taskName } from './task-name.ts';

/** A swarm as one sees it: what runs, what is meant to, and why it does not. */
export interface ObservedSwarm {
  readonly nodes: readonly ObservedNode[];
  /** By name. */
  readonly stacks: readonly { readonly name: string; readonly services: readonly ObservedService[] }[];
  /** Those that are in no stack. */
  readonly services: readonly ObservedService[];
}

export interface ObservedNode {
  readonly id: string;
  readonly name: string;
  readonly ready: boolean;
  readonly isManager: boolean;
}

export interface ObservedService {
  readonly id: string;
  readonly name: string;
  /** Without the stack's. */
  readonly shortName: string;
  readonly mode: 'replicated' | 'global' | 'replicated-job' | 'global-job';
  readonly image: string;
  readonly running: number;
  /** Tasks that are to run; of a job, that are to complete. */
  readonly wanted: number;
  readonly completed: number;
  /** The swarm's word for how its last change goes: `updating`, `paused`, `completed`, `rollback_started` …; empty: never changed. */
  readonly update: string;
  readonly updateMessage: string;
  readonly canRollBack: boolean;
  readonly ports: readonly SwarmPort[];
  /** The newest of each slot or node. */
  readonly tasks: readonly ObservedTask[];
}

export interface ObservedTask {
  readonly id: string;
  /** `web.2`; of a service with one task on each node `web.NODE`. */
  readonly name: string;
  /** The node's name; empty before there is one. */
  readonly node: string;
  /** The swarm's word: `pending`, `preparing`, `running`, `complete`, `failed`, `rejected` … */
  readonly state: string;
  /** What is wrong with it, or went wrong with the one before it as long as it does not run. */
  readonly error: string;
  /** Unix time, ms, since when it is in its state; `undefined`: not told. */
  readonly since: number | undefined;
}

/** What the swarm has, or `undefined` when this engine cannot say: it is in none, or not a manager. */
export async function observeSwarm(
  engine: EnginePort,
  signal: AbortSignal,
): Promise<ObservedSwarm | undefined> {
  if (!(await engine.inspectSwarmMembership(signal)).isManager) return undefined;
  const [nodes, services, tasks] = await Promise.all([
    engine.listSwarmNodes(signal),
    engine.listServices({}, signal),
    engine.listTasks({}, signal),
  ]);
  return toSwarm(nodes, services, tasks);
}

/** The pure part of `observeSwarm`. */
export function toSwarm(
  nodes: readonly NodeObject[],
  services: readonly ServiceObject[],
  tasks: readonly TaskObject[],
): ObservedSwarm {
  const nodeNames = new Map(nodes.map(({ ID, Description }) => [ID, Description?.Hostname ?? ID]));
  const tasksOf = groupBy(tasks, ({ ServiceID }) => ServiceID);
  const stacks = groupBy(
    services.toSorted((a, b) => byName(a.Spec.Name, b.Spec.Name)),
    ({ Spec }) => Spec.Labels?.[stackLabel] ?? '',
  );
  const observed = (stack: string) =>
    (stacks.get(stack) ?? []).map((service) =>
      toService(service, stack, tasksOf.get(service.ID) ?? [], nodeNames),
    );
  return {
    nodes: nodes
      .map(({ ID, Spec, Status }) => ({
        id: ID,
        name: nodeNames.get(ID) ?? ID,
        ready: Status?.State === 'ready',
        isManager: Spec?.Role === 'manager',
      }))
      .toSorted((a, b) => byName(a.name, b.name)),
    stacks: [...stacks.keys()]
      .filter((name) => name !== '')
      .toSorted(byName)
      .map((name) => ({ name, services: observed(name) })),
    services: observed(''),
  };
}

function toService(
  service: ServiceObject,
  stack: string,
  tasks: readonly TaskObject[],
  nodes: ReadonlyMap<string, string>,
): ObservedService {
  const { ID, Spec, PreviousSpec, Endpoint, UpdateStatus, ServiceStatus: status = {} } = service;
  const mode = modeOf(service);
  const short =
    stack !== '' && Spec.Name.startsWith(`${stack}_`) ? Spec.Name.slice(stack.length + 1) : Spec.Name;
  const jobs = Spec.Mode?.ReplicatedJob?.TotalCompletions ?? 1;
  const { RunningTasks = 0, DesiredTasks = 0, CompletedTasks = 0 } = status;
  return {
    id: ID,
    name: Spec.Name,
    shortName: short,
    mode,
    image: shortImage(Spec.TaskTemplate.ContainerSpec?.Image),
    running: RunningTasks,
    wanted:
      mode === 'replicated-job' ? jobs : mode === 'global-job' ? DesiredTasks + CompletedTasks : DesiredTasks,
    completed: CompletedTasks,
    update: UpdateStatus?.State ?? '',
    updateMessage: UpdateStatus?.Message ?? '',
    canRollBack: PreviousSpec !== undefined,
    ports: Endpoint?.Ports ?? [],
    tasks: newest(service, tasks).map(([task, before]) => ({
      id: task.ID,
      name: taskName(short, { ...task, NodeID: nodes.get(task.NodeID ?? '') ?? task.NodeID ?? '' }),
      node: nodes.get(task.NodeID ?? '') ?? task.NodeID ?? '',
      state: task.Status.State,
      error: errorOf(task, before),
      since: timeOf(task.Status.Timestamp),
    })),
  };
}

function modeOf({ Spec: { Mode = {} } }: ServiceObject): ObservedService['mode'] {
  if (Mode.Replicated !== undefined) return 'replicated';
  if (Mode.ReplicatedJob !== undefined) return 'replicated-job';
  return Mode.GlobalJob === undefined ? 'global' : 'global-job';
}

/** Of each slot, or node, the newest task with those before it; slots that are no longer meant are left out. */
function newest(
  service: ServiceObject,
  tasks: readonly TaskObject[],
): readonly (readonly [TaskObject, readonly TaskObject[]])[] {
  const iteration = service.JobStatus?.JobIteration?.Index ?? 0;
  const current = tasks.filter(({ JobIteration }) => (JobIteration?.Index ?? 0) === iteration);
  const slots = groupBy(
    current.toSorted((a, b) => (b.CreatedAt ?? '').localeCompare(a.CreatedAt ?? '')),
    ({ Slot = 0, NodeID = '' }) => (Slot === 0 ? NodeID : String(Slot)),
  );
  return [...slots.values()]
    .flatMap(([first, ...before]) => (first === undefined || isGone(first) ? [] : [[first, before] as const]))
    .toSorted(([a], [b]) => (a.Slot ?? 0) - (b.Slot ?? 0) || byName(a.NodeID ?? '', b.NodeID ?? ''));
}

/** It was told to go, and went: no failure, and no end of its own. */
function isGone({ DesiredState, Status }: TaskObject): boolean {
  return (
    (DesiredState === 'shutdown' || DesiredState === 'remove') &&
    !['complete', 'failed', 'rejected'].includes(Status.State)
  );
}

function errorOf(task: TaskObject, before: readonly TaskObject[]): string {
  const own = task.Status.Err ?? '';
  if (own !== '' || task.Status.State === 'running' || task.Status.State === 'complete') return own;
  return before.find(({ Status }) => (Status.Err ?? '') !== '')?.Status.Err ?? '';
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}

function timeOf(timestamp: string | undefined): number | undefined {
  const time = Date.parse(timestamp ?? '');
  return Number.isNaN(time) ? undefined : time;
}

function byName(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
