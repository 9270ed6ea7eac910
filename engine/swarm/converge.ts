import { setTimeout as delay } from 'node:timers/promises';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import type { EnginePort } from '../api/engine-port.ts';
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

/**
 * Resolves when the service runs as it is asked to and has done so for as long as its update is monitored. Reports each task's steps meanwhile.
 * Rejects (kind `unhealthy`) when the swarm gives the update up or takes it back; goes on as long as the swarm goes on trying.
 */
export async function waitForService(
  engine: EnginePort,
  id: string,
  report: (step: TaskStep) => void,
  signal: AbortSignal,
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
    if (state === 'rollback_started' && /due to failure/.test(message)) failure = message;
    refuseGivenUp(service, failure);
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
  const state = service.UpdateStatus?.State;
  if (state === 'updating' || state === 'rollback_started') return false;
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
