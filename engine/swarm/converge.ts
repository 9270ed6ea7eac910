import { setTimeout as delay } from 'node:timers/promises';
import { EngineError } from '../api/engine-error.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { say } from '../api/message.ts';
import type { ServiceObject, TaskObject } from '../api/swarm-calls.ts';
import { taskName } from './task-name.ts';

/** A task that has come further, or failed. */
export interface TaskStep {
  readonly task: string;
  /** `preparing`, `running`, `failed` … as the swarm has it. */
  readonly state: string;
  readonly error: string;
}

/** In ms: the swarm has no events for tasks. */
const interval = 250;
/** In ns: what the swarm takes where the service does not say. */
const usualMonitor = 5e9;

export interface Awaited {
  /** A rollback was asked for: it is what is waited for, not a failure. */
  readonly rollback?: boolean;
}

/**
 * Resolves when the service runs as it is asked to and has done so for as long as its update is monitored. Reports each task's steps meanwhile.
 * Rejects (kind `unhealthy`) when the swarm gives the update up or takes it back, or starts its tasks no more; goes on as long as the swarm goes on trying.
 *
 * Every change of a service clears its update status, so that whatever stands there belongs to the last change: however quick a rollback was, it is seen.
 */
export async function waitForService(
  engine: EnginePort,
  id: string,
  report: (step: TaskStep) => void,
  signal: AbortSignal,
  { rollback = false }: Awaited = {},
): Promise<void> {
  const seen = new Map<string, string>();
  let stableFrom: number | undefined;
  let failure: string | undefined;
  for (;;) {
    const service = await engine.inspectService(id, signal);
    const tasks = await engine.listTasks({ service: [id], '_up-to-date': ['true'] }, signal);
    for (const task of tasks) reportStep(service, task, seen, report);
    const { State: state = '', Message: message = '' } = service.UpdateStatus ?? {};
    // Once it has been taken back, the swarm no longer says why.
    if (state === 'rollback_started' && !/manually requested/.test(message)) failure = message;
    if (state === 'rollback_completed' && !rollback)
      failure ??= await whyTasksFailed(engine, service, signal);
    refuseGivenUp(service, failure);
    if (isOver(service, tasks)) return;
    if (isConverged(service, tasks, await wantedOf(engine, service, signal))) {
      if (isJob(service)) return;
      stableFrom ??= performance.now();
      const monitor = service.Spec.UpdateConfig?.Monitor ?? usualMonitor;
      if (performance.now() - stableFrom >= monitor / 1e6) return;
    } else stableFrom = undefined;
    await delay(interval, undefined, { signal }).catch(() => {
      throw new EngineError('cancelled', say`Canceled.`);
    });
  }
}

/** What the last tasks that failed said. */
async function whyTasksFailed(
  engine: EnginePort,
  { ID, Spec }: ServiceObject,
  signal: AbortSignal,
): Promise<string> {
  const tasks = await engine.listTasks({ service: [ID] }, signal);
  const [last] = tasks
    .filter(({ Status }) => isFailed(Status.State))
    .sort((a, b) => newestFirst(a.CreatedAt, b.CreatedAt));
  if (last === undefined) return 'rollback completed';
  return `${taskName(Spec.Name, last)}: ${errorOf(last)}`;
}

function newestFirst(one = '', other = ''): number {
  return one < other ? 1 : one > other ? -1 : 0;
}

function isFailed(state: string): boolean {
  return state === 'failed' || state === 'rejected';
}

/** Whether its tasks are never started again (`condition: none`) and have all ended well. Throws `EngineError` (kind `unhealthy`) when one has failed. */
function isOver(service: ServiceObject, tasks: readonly TaskObject[]): boolean {
  const policy = service.Spec.TaskTemplate.RestartPolicy as { readonly Condition?: string } | undefined;
  // A change that has not begun yet has the tasks of an earlier one with the same specification.
  const { UpdateStatus: update, PreviousSpec: previous } = service;
  const isSame = JSON.stringify(previous?.TaskTemplate) === JSON.stringify(service.Spec.TaskTemplate);
  const isDecided = update === undefined ? previous === undefined || isSame : update.State === 'completed';
  if (isJob(service) || policy?.Condition !== 'none' || !isDecided) return false;
  if (tasks.length === 0 || tasks.some(({ DesiredState }) => DesiredState === 'running')) return false;
  const [failed] = tasks.toSorted((a, b) => newestFirst(a.CreatedAt, b.CreatedAt));
  if (failed === undefined || !isFailed(failed.Status.State)) return failed?.Status.State === 'complete';
  throw new EngineError(
    'unhealthy',
    say`${taskName(service.Spec.Name, failed)} failed (${errorOf(failed)}), and is not started again: its restart_policy says "none".`,
    { subject: service.Spec.Name },
  );
}

function errorOf({ Status: { Err: error = '', State: state } }: TaskObject): string {
  return error === '' ? state : error;
}

function isUnderWay({ UpdateStatus }: ServiceObject): boolean {
  return UpdateStatus?.State === 'updating' || UpdateStatus?.State === 'rollback_started';
}

function reportStep(
  service: ServiceObject,
  task: TaskObject,
  seen: Map<string, string>,
  report: (step: TaskStep) => void,
): void {
  const { State: state, Err: error = '' } = task.Status;
  const now = `${state} ${error}`;
  if (seen.get(task.ID) === now) return;
  seen.set(task.ID, now);
  report({ task: taskName(service.Spec.Name, task), state, error });
}

function refuseGivenUp({ Spec, UpdateStatus: status }: ServiceObject, failure: string | undefined): void {
  if (status?.State === 'paused')
    throw new EngineError(
      'unhealthy',
      say`The update of ${Spec.Name} is paused: ${status.Message ?? ''}. Correct it and deploy again, or roll it back.`,
      { subject: Spec.Name },
    );
  if (status?.State === 'rollback_paused')
    throw new EngineError(
      'unhealthy',
      say`The rollback of ${Spec.Name} is paused: ${status.Message ?? ''}.`,
      {
        subject: Spec.Name,
      },
    );
  if (status?.State === 'rollback_completed' && failure !== undefined)
    throw new EngineError(
      'unhealthy',
      say`The update of ${Spec.Name} failed and was rolled back: ${failure}.`,
      {
        subject: Spec.Name,
      },
    );
}

/** How many tasks are to run, or to complete. */
async function wantedOf(
  engine: EnginePort,
  { ID, Spec }: ServiceObject,
  signal: AbortSignal,
): Promise<number> {
  const { Replicated, ReplicatedJob } = Spec.Mode ?? {};
  if (Replicated !== undefined) return Replicated.Replicas ?? 1;
  if (ReplicatedJob !== undefined) return ReplicatedJob.TotalCompletions ?? 1;
  // One for each node that its placement allows: the swarm counts them.
  const [found] = await engine.listServices({ id: [ID] }, signal);
  return found?.ServiceStatus?.DesiredTasks ?? 0;
}

function isConverged(service: ServiceObject, tasks: readonly TaskObject[], wanted: number): boolean {
  if (isUnderWay(service)) return false;
  if (isJob(service)) {
    const iteration = service.JobStatus?.JobIteration?.Index ?? 0;
    const done = tasks.filter(
      ({ Status, JobIteration }) => Status.State === 'complete' && (JobIteration?.Index ?? 0) === iteration,
    );
    return done.length >= wanted;
  }
  const live = tasks.filter(({ DesiredState }) => DesiredState === 'running');
  return live.length === wanted && live.every(({ Status }) => Status.State === 'running');
}

function isJob({ Spec }: ServiceObject): boolean {
  return Spec.Mode?.ReplicatedJob !== undefined || Spec.Mode?.GlobalJob !== undefined;
}
