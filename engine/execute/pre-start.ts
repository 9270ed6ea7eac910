import type { Service } from '#compose/model/project.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import type { ContainerRef } from '../plan/plan.ts';
import { stepLabels, stepSpec } from '../plan/requests/step-request.ts';
import { stepName } from '../project/names.ts';
import { copyContents } from './copy-file.ts';
import { desiredOf, type StepContext, serviceOf } from './execution-model.ts';
import { collectOutput } from './hook-output.ts';

interface PreStart {
  readonly index: number;
  /** Whose mounts it has. */
  readonly container: ContainerRef;
  /** What steps of an earlier run left behind goes first. */
  readonly leftovers?: true;
}

/**
 * Runs a step of `pre_start` to its end, in a container of its own. Rejects, with the last lines it wrote, if it fails: that container is kept to be looked
 * at, and goes with the next run of the steps or the next down. An interrupted one is removed.
 */
export async function runStep(
  context: StepContext,
  { index, container, leftovers }: PreStart,
  signal: AbortSignal,
): Promise<void> {
  const { engine } = context;
  const name = container.service;
  if (leftovers === true) await removeLeftovers(context, name, signal);
  const id = await createStep(context, { index, container }, signal);
  if (id === undefined) return;
  let failure: string | undefined;
  try {
    // Attached before it starts: nothing that it writes is missed.
    const streams = await engine.attachContainer(id, { stdin: false }, signal);
    try {
      const written = collectOutput(streams.output, (line) =>
        context.model.hookOutput?.(stepName(name, index), line),
      );
      written.catch(() => {});
      await engine.startContainer(id, signal);
      const { exitCode } = await engine.waitContainer(id, signal);
      const tail = await written;
      if (exitCode === 0) return;
      failure = `service "${name}" pre_start[${index}] exited with code ${exitCode}${tail === '' ? '' : `: ${tail}`}`;
    } finally {
      streams.close();
    }
  } finally {
    if (failure === undefined) await remove(context, id);
  }
  throw new EngineError(
    'dependency-failed',
    say`${failure} (hook container ${id.slice(0, 12)} retained for inspection)`,
    { subject: name },
  );
}

/** Its id; `undefined`: there is no such step. */
async function createStep(
  context: StepContext,
  { index, container }: PreStart,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { engine, live } = context;
  const name = container.service;
  const service = serviceOf(context, name);
  const step = service.pre_start?.[index];
  if (step === undefined) return undefined;
  const {
    spec,
    connect,
    service: settings,
  } = stepSpec(desiredOf(context), name, service, step, {
    mountsOf: live.idOf(container),
    containerOf: live.first,
    info: engine.info,
  });
  const { id } = await engine.createContainer(spec, signal);
  try {
    for (const [network, endpoint] of Object.entries(connect))
      await engine.connectNetwork(network, id, endpoint, signal);
    await copyAll(context, id, settings, signal);
  } catch (error) {
    await remove(context, id);
    throw error;
  }
  return id;
}

async function copyAll(
  context: StepContext,
  id: string,
  settings: Service,
  signal: AbortSignal,
): Promise<void> {
  for (const reference of settings.secrets ?? [])
    await copyContents(context, id, 'secret', reference, signal);
  for (const reference of settings.configs ?? [])
    await copyContents(context, id, 'config', reference, signal);
}

async function removeLeftovers(
  { engine, model }: StepContext,
  service: string,
  signal: AbortSignal,
): Promise<void> {
  const project = model.desired?.project.name ?? '';
  const labels = Object.entries(stepLabels(project, service)).map(([name, value]) => `${name}=${value}`);
  const left = await engine.listContainers({ labels, all: true }, signal);
  for (const { id } of left) await engine.removeContainer(id, { force: true, volumes: true }, signal);
}

/** Also after an interruption. One that stays goes with the next down. */
async function remove({ engine }: StepContext, id: string): Promise<void> {
  await engine
    .removeContainer(id, { force: true, volumes: true }, AbortSignal.timeout(10_000))
    .catch(() => {});
}
