import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { composeVersion, label } from '../project/labels.ts';
import { containerName, imageName } from '../project/names.ts';
import type { Operation } from '../plan/plan.ts';
import { resolveReferences } from '../project/service-references.ts';
import { containerSpec, environmentList } from '../plan/requests/container-request.ts';
import { desiredOf, type StepContext, serviceOf } from './execution-model.ts';
import { collectOutput, containerOutput } from './hook-output.ts';
import { mergedRecord } from '#compose/values/record.ts';

type HookOperation = Extract<Operation, { kind: 'run-hook' }>;

/** Runs a hook to its end. Rejects, with the last lines it wrote, if it fails. */
export async function runHook(
  context: StepContext,
  operation: HookOperation,
  signal: AbortSignal,
): Promise<void> {
  if (operation.phase === 'pre_start') await runPreStart(context, operation, signal);
  else await runInContainer(context, operation, signal);
}

/** `post_start` and `pre_stop` run in the service's container. */
async function runInContainer(
  context: StepContext,
  { phase, index, container }: HookOperation,
  signal: AbortSignal,
): Promise<void> {
  const { engine } = context;
  const service = serviceOf(context, container.service);
  const hook = service[phase]?.[index];
  if (hook === undefined) return;
  const env = environmentList(hook.environment ?? {});
  const exec = await engine.createExec(
    context.live.idOf(container),
    {
      command: hook.command ?? [],
      tty: false,
      stdin: false,
      ...(env !== undefined && { env }),
      ...(hook.user !== undefined && { user: hook.user }),
      ...(hook.privileged === true && { privileged: true }),
      ...(hook.working_dir !== undefined && { workingDir: hook.working_dir }),
    },
    signal,
  );
  const streams = await engine.startExec(exec, { tty: false }, signal);
  try {
    const tail = await collectOutput(streams.output, (line) => hookLine(context, container.name, line));
    const { exitCode } = await engine.inspectExec(exec, signal);
    if (exitCode !== 0) throw hookFailure(`${container.service} hook exited with status ${exitCode}`, tail);
  } finally {
    streams.close();
  }
}

/**
 * `pre_start` runs in a container of its own, with the volumes and networks of the service's. It carries no configuration hash, so it is not
 * one of the service's containers; one that failed is kept to be looked at, and goes with the next down.
 */
async function runPreStart(
  context: StepContext,
  { index, container }: HookOperation,
  signal: AbortSignal,
): Promise<void> {
  const { engine, live } = context;
  const { project, origin, readText } = desiredOf(context);
  const name = container.service;
  const service = serviceOf(context, name);
  const hook = service.pre_start?.[index];
  if (hook === undefined) return;
  if (hook.per_replica === true) {
    throw new EngineError(
      'unsupported',
      say`services.${name}.pre_start[${index}].per_replica: true is not supported`,
    );
  }
  const { ports: _ports, ...unpublished } = resolveReferences(service, live.first);
  const { container_name: _containerName, ...unnamed } = unpublished;
  const finalName = containerName(project.name, name, service, 1);
  const { spec, connect } = containerSpec(
    {
      project,
      serviceName: name,
      service: {
        ...unnamed,
        image: hook.image ?? imageName(project.name, name, service),
        command: hook.command,
        entrypoint: [],
        environment: mergedRecord(service.environment, hook.environment),
        volumes: [],
        volumes_from: [live.idOf(container)],
        healthcheck: { disable: true },
        ...(hook.user !== undefined && { user: hook.user }),
        ...(hook.working_dir !== undefined && { working_dir: hook.working_dir }),
        ...(hook.privileged === true && { privileged: true }),
      },
      number: 0,
      name: '',
      finalName,
      configHash: '',
      imageDigest: undefined,
      origin,
      links: [],
      oneOff: { attachStdin: false, autoRemove: false, useAliases: false },
    },
    engine.info,
    readText,
  );
  const { id } = await engine.createContainer(
    {
      ...spec,
      body: {
        ...spec.body,
        Labels: {
          [label.project]: project.name,
          [label.service]: name,
          [label.version]: composeVersion,
          [label.hook]: 'pre_start',
        },
      },
    },
    signal,
  );
  for (const [network, endpoint] of Object.entries(connect)) {
    await engine.connectNetwork(network, id, endpoint, signal);
  }
  await engine.startContainer(id, signal);
  const { exitCode } = await engine.waitContainer(id, signal);
  const tail = await containerOutput(engine, id, (line) => hookLine(context, container.name, line), signal);
  if (exitCode !== 0) {
    const failure = hookFailure(`service "${name}" pre_start[${index}] exited with code ${exitCode}`, tail);
    throw new EngineError(
      'dependency-failed',
      say`${failure.message} (hook container ${id.slice(0, 12)} retained for inspection)`,
      {
        subject: name,
      },
    );
  }
  await engine.removeContainer(id, { force: true, volumes: true }, signal);
}

function hookLine(context: StepContext, container: string, line: string): void {
  context.model.hookOutput?.(container, line);
}

function hookFailure(what: string, tail: string): EngineError {
  return new EngineError('dependency-failed', tail === '' ? what : `${what}: ${tail}`);
}
