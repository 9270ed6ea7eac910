import { expect, it } from 'vitest';
import { waitForService } from '#engine/swarm/converge.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import type { ServiceObject, TaskObject } from '#engine/api/swarm-calls.ts';

const never = new AbortController().signal;

/** A swarm in which everything was over before anybody looked. */
function swarm(
  UpdateStatus: ServiceObject['UpdateStatus'],
  tasks: readonly (Pick<TaskObject, 'DesiredState' | 'Status'> & { readonly isOld?: boolean })[],
  policy?: string,
  more: Partial<ServiceObject> = {},
) {
  const service: ServiceObject = {
    ID: 's',
    Version: { Index: 7 },
    Spec: {
      Name: 'shop_web',
      TaskTemplate: policy === undefined ? {} : { RestartPolicy: { Condition: policy } },
      Mode: { Replicated: { Replicas: 1 } },
      UpdateConfig: { Monitor: 0 },
    },
    ...(UpdateStatus !== undefined && { UpdateStatus }),
    ...more,
  };
  const all = tasks.map((task, at) => ({
    ID: `t${at}`,
    ServiceID: 's',
    Slot: 1,
    CreatedAt: `2026-01-0${at + 1}`,
    Version: { Index: at },
    ...task,
  }));
  const port: Pick<EnginePort, 'inspectService' | 'listTasks'> = {
    inspectService: async () => service,
    listTasks: async (filter) => ('_up-to-date' in filter ? all.filter(({ isOld = false }) => !isOld) : all),
  };
  // The calls that waiting for a replicated service makes, and no others.
  return port as EnginePort;
}

const running = { DesiredState: 'running', Status: { State: 'running' } };
const failed = { DesiredState: 'shutdown', Status: { State: 'failed', Err: 'task: non-zero exit (1)' } };
const wait = (engine: EnginePort, awaited = {}) => waitForService(engine, 's', () => {}, never, awaited);

it('sees a rollback that was over before the first look, and says what failed', async () => {
  const engine = swarm({ State: 'rollback_completed', Message: 'rollback completed' }, [
    running,
    { ...failed, isOld: true },
  ]);
  await expect(wait(engine)).rejects.toThrow(
    'The update of shop_web failed and was rolled back: shop_web.1: task: non-zero exit (1).',
  );
});

it('takes a rollback that was asked for as what is waited for', async () => {
  const engine = swarm({ State: 'rollback_completed', Message: 'rollback completed' }, [running]);
  await expect(wait(engine, { rollback: true })).resolves.toBeUndefined();
});

it('does not wait for tasks that are never started again', async () => {
  await expect(wait(swarm(undefined, [failed], 'none'))).rejects.toThrow(
    'shop_web.1 failed (task: non-zero exit (1)), and is not started again: its restart_policy says "none".',
  );
  const complete = { DesiredState: 'shutdown', Status: { State: 'complete' } };
  await expect(wait(swarm(undefined, [complete], 'none'))).resolves.toBeUndefined();
});

it('does not take the tasks of an earlier change for those of one that has not begun', async () => {
  const engine = swarm(undefined, [failed], 'none', {
    PreviousSpec: { Name: 'shop_web', TaskTemplate: { ForceUpdate: 1 } },
  });
  await expect(
    wait(
      swarm(undefined, [failed], 'none', {
        PreviousSpec: { Name: 'shop_web', TaskTemplate: { RestartPolicy: { Condition: 'none' } } },
      }),
    ),
  ).rejects.toThrow('is not started again');
  await expect(waitForService(engine, 's', () => {}, AbortSignal.abort())).rejects.toThrow('Canceled.');
});
