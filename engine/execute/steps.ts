import { EngineError, type EngineErrorKind } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import type { ContainerRef, Operation, PlanNode } from '../plan/plan.ts';
import { picksHostPort } from '../plan/requests/port-bindings.ts';
import { copyFile } from './copy-file.ts';
import { createContainer, createNetwork, createVolume, reconnect } from './create-objects.ts';
import { runHook } from './hooks.ts';
import type { StepContext } from './execution-model.ts';
import { waitForCondition, watchOver } from './wait-condition.ts';

/** How a step ended: `note` is for the user, where it ended otherwise than planned. */
export type StepResult = { readonly note?: string };

const done: StepResult = {};

/** Does one step. What is already as the step would have it (gone, stopped, started) is no failure. */
export async function runStep(
  context: StepContext,
  { id: node, operation, cause }: PlanNode,
  signal: AbortSignal,
): Promise<StepResult> {
  const { engine, live } = context;
  switch (operation.kind) {
    case 'create-network':
      await createNetwork(context, operation, signal);
      return done;
    case 'remove-network':
      return tolerant(operation.tolerant, () => engine.removeNetwork(operation.id, signal));
    case 'disconnect-network':
      await ignoring(['not-found', 'conflict'], () =>
        engine.disconnectNetwork(operation.network, live.idOf(operation.container), signal),
      );
      return done;
    case 'connect-network':
      await reconnect(context, operation, signal);
      return done;
    case 'create-volume':
      await createVolume(context, operation, signal);
      return done;
    case 'remove-volume':
      return tolerant(operation.tolerant, () => engine.removeVolume(operation.name, signal));
    case 'remove-image':
      return tolerant(true, () => engine.removeImage(operation.reference, {}, signal));
    case 'create-container':
      await createContainer(context, node, operation, signal);
      return done;
    case 'rename-container':
      await renameContainer(context, live.idOf(operation.container), operation.name, signal);
      return done;
    case 'remove-container':
      await removeContainer(context, operation, signal);
      return done;
    case 'copy-file':
      await copyFile(context, operation, signal);
      return done;
    case 'run-hook':
      await runHookStep(context, operation, signal);
      return done;
    case 'wait':
      return waitStep(context, operation, cause.kind === 'dependency-of', signal);
    case 'pull-image':
      throw new TypeError('images are pulled before a plan is executed');
    default:
      await changeState(context, operation, signal);
      return done;
  }
}

type StateChange = Extract<
  Operation,
  {
    kind:
      | 'start-container'
      | 'stop-container'
      | 'restart-container'
      | 'kill-container'
      | 'pause-container'
      | 'unpause-container';
  }
>;

async function changeState(context: StepContext, operation: StateChange, signal: AbortSignal): Promise<void> {
  const { engine } = context;
  const id = context.live.idOf(operation.container);
  const timeout =
    'timeout' in operation && operation.timeout !== undefined ? { timeout: operation.timeout } : {};
  switch (operation.kind) {
    case 'start-container':
      return startContainer(context, operation.container, id, signal);
    case 'stop-container':
      return ignoring(['not-found'], () => engine.stopContainer(id, timeout, signal));
    case 'restart-container':
      return engine.restartContainer(id, timeout, signal);
    case 'kill-container':
      return engine.killContainer(
        id,
        operation.signal === undefined ? {} : { signal: operation.signal },
        signal,
      );
    case 'pause-container':
      return engine.pauseContainer(id, signal);
    case 'unpause-container':
      return engine.unpauseContainer(id, signal);
  }
}

async function startContainer(
  context: StepContext,
  container: ContainerRef,
  id: string,
  signal: AbortSignal,
): Promise<void> {
  const start = () => context.engine.startContainer(id, signal);
  const service = context.model.desired?.services[container.service];
  // Without the model it is not known, so it is taken to.
  if (service === undefined || picksHostPort(service)) await context.portPicking.run(start);
  else await start();
}

async function removeContainer(
  context: StepContext,
  operation: Extract<Operation, { kind: 'remove-container' }>,
  signal: AbortSignal,
): Promise<void> {
  const id = context.live.idOf(operation.container);
  // "conflict": its removal is already in progress.
  await ignoring(['not-found', 'conflict'], () =>
    context.engine.removeContainer(id, { force: operation.force, volumes: operation.volumes }, signal),
  );
  context.live.removed(id);
}

/** Who else works on the project may have given it the name meanwhile; engines refuse to give a container the name it has. */
async function renameContainer(
  { engine }: StepContext,
  id: string,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    await engine.renameContainer(id, name, signal);
  } catch (error) {
    if (!(error instanceof EngineError) || signal.aborted) throw error;
    const { name: now } = await engine.inspectContainer(id, signal).catch(() => ({ name: undefined }));
    if (now !== name) throw error;
  }
}

/** A container that has stopped or gone needs no `pre_stop`. */
async function runHookStep(
  context: StepContext,
  operation: Extract<Operation, { kind: 'run-hook' }>,
  signal: AbortSignal,
): Promise<void> {
  if (operation.phase !== 'pre_stop') return runHook(context, operation, signal);
  return ignoring(['not-found', 'conflict'], () => runHook(context, operation, signal));
}

async function waitStep(
  context: StepContext,
  { service, condition, optional, containers, timeout, stays }: Extract<Operation, { kind: 'wait' }>,
  isDependency: boolean,
  signal: AbortSignal,
): Promise<StepResult> {
  const live = containers.map((container) => ({ id: context.live.idOf(container), name: container.name }));
  const deadline = timeout === undefined ? undefined : AbortSignal.timeout(timeout * 1000);
  const until = deadline === undefined ? signal : AbortSignal.any([signal, deadline]);
  try {
    await waitForCondition(context.engine, service, condition, live, context.report, until);
    if (stays !== undefined) await watchOver(context.engine, service, live, stays, signal);
    return done;
  } catch (cause) {
    const error =
      timeout !== undefined && deadline?.aborted === true && !signal.aborted
        ? new EngineError('unhealthy', say`application not healthy after ${timeout}s`, {
            subject: service,
            cause,
          })
        : cause;
    const final = error instanceof EngineError && ['unhealthy', 'dependency-failed'].includes(error.kind);
    if (!final || !optional) throw error;
    const detail = isDependency
      ? `optional dependency ${JSON.stringify(service)} failed to start: ${error.message}`
      : error.message;
    for (const { name } of live) context.report({ kind: 'container', name, status: 'Skipped', detail });
    return done;
  }
}

async function ignoring(kinds: readonly EngineErrorKind[], call: () => Promise<void>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof EngineError && kinds.includes(error.kind))) throw error;
  }
}

/** Something still in use by others, or gone already, is said and left. */
async function tolerant(allowed: boolean, call: () => Promise<void>): Promise<StepResult> {
  try {
    await call();
    return done;
  } catch (error) {
    if (!allowed || !(error instanceof EngineError)) throw error;
    if (error.kind === 'in-use' || error.kind === 'conflict') return { note: 'Resource is still in use' };
    if (error.kind === 'not-found' || error.kind === 'image-missing')
      return { note: 'No resource found to remove' };
    throw error;
  }
}
