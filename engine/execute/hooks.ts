import { EngineError } from '../api/engine-error.ts';
import type { Operation } from '../plan/plan.ts';
import { environmentList } from '../plan/requests/container-request.ts';
import { type StepContext, serviceOf } from './execution-model.ts';
import { collectOutput } from './hook-output.ts';
import { runStep } from './pre-start.ts';

type HookOperation = Extract<Operation, { kind: 'run-hook' }>;

/** Runs a hook to its end, in the service's container unless the service has still to start. Rejects, with the last lines it wrote, if it fails. */
export async function runHook(
  context: StepContext,
  operation: HookOperation,
  signal: AbortSignal,
): Promise<void> {
  const { phase, index, container } = operation;
  if (phase === 'pre_start') return runStep(context, operation, signal);
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
    const tail = await collectOutput(streams.output, (line) =>
      context.model.hookOutput?.(container.name, line),
    );
    const { exitCode } = await engine.inspectExec(exec, signal);
    const what = `${container.service} hook exited with status ${exitCode}`;
    if (exitCode !== 0) throw new EngineError('dependency-failed', tail === '' ? what : `${what}: ${tail}`);
  } finally {
    streams.close();
  }
}
