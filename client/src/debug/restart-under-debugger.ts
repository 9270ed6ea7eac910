import * as vscode from 'vscode';
import { EngineError } from '#engine/api/engine-error.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { say } from '#engine/api/message.ts';
import { runtimeOfArguments, runtimeOfEnvironment, runtimeOfImage } from '#engine/debug/runtime.ts';
import { isRestartable, underDebugger } from '#engine/debug/under-debugger.ts';
import { runtimeNames } from '#engine/debug/debuggee.ts';
import { up } from '#engine/operations/up.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import { loadToRun } from '../stack/load-to-run.ts';
import { operate } from '../stack/operation.ts';
import { intentOn } from '../stack/intent.ts';
import type { Stack } from '../workspace/stacks.ts';
import { agreeToPlan } from '../plan/agree.ts';
import type { DebugContext } from './debug-context.ts';
import type { ServiceConfiguration } from './service-configuration.ts';

const { l10n } = vscode;

/**
 * Starts a service anew under its debugger, for which it waits: what its files say, with the override in memory, through plan and Up. `false`: it was not
 * started, and why was said. Nothing is written, so that the next Up of the files puts it back whatever happens in between.
 */
export async function restartUnderDebugger(
  workbench: DebugContext,
  configuration: ServiceConfiguration,
): Promise<boolean> {
  const { service } = configuration;
  const stack = stackOf(workbench, configuration);
  const declared = stack?.declared;
  if (stack === undefined || declared === undefined) {
    void vscode.window.showErrorMessage(l10n.t('No project in this workspace has a service {0}.', service));
    return false;
  }
  const loaded = await loadToRun(workbench, { reference: declared.reference, services: [] }, declared.loaded);
  if (loaded === undefined) return false;
  const again = () => restartUnderDebugger(workbench, configuration);
  const title = `${stack.name} › ${service}`;
  const place = { project: stack.name, engine: stack.engine, again };
  const changed = await operate(workbench, {
    ...place,
    title: l10n.t('Plan: {0}', title),
    run: (engine, _report, signal) => overridden(engine, loaded, configuration, signal),
  });
  if (changed === undefined) return false;
  const options = { services: [service], noDeps: true, ignoreOrphans: true };
  const agreed = await agreeToPlan(workbench, {
    title: l10n.t('{0} under the debugger', title),
    engine: stack.engine,
    resource: vscode.Uri.file(declared.reference.mainFile),
    loaded: changed,
    options,
    always: false,
    again,
  });
  if (agreed === undefined) return false;
  const done = await operate(workbench, {
    ...place,
    title: l10n.t('Restart under the debugger: {0}', title),
    stops: true,
    intent: intentOn({ stack, services: [service] }, 'restarting'),
    run: (engine, report, signal) => up(engine, changed, agreed, report, signal),
  });
  return done !== undefined;
}

/** What the files say, as it was before: an Up of the service alone. */
export async function putBack(workbench: DebugContext, { key }: Stack, service: string): Promise<void> {
  const stack = workbench.stacks.stack(key);
  const declared = stack?.declared;
  if (stack === undefined || declared === undefined) return;
  const { loaded } = await workbench.files.load(declared.reference);
  if (loaded?.project.services[service] === undefined) return;
  await operate(workbench, {
    title: l10n.t('Back to what the files say: {0}', `${stack.name} › ${service}`),
    project: stack.name,
    engine: stack.engine,
    stops: true,
    intent: intentOn({ stack, services: [service] }, 'restarting'),
    again: () => putBack(workbench, stack, service),
    run: (engine, report, signal) =>
      up(engine, loaded, { services: [service], noDeps: true, ignoreOrphans: true }, report, signal),
  });
}

async function overridden(
  engine: EnginePort,
  loaded: LoadedProject,
  { service: name, runtime: wanted }: ServiceConfiguration,
  signal: AbortSignal,
): Promise<LoadedProject> {
  const service = loaded.project.services[name];
  const reference = service?.image ?? `${loaded.project.name}-${name}`;
  const { config } = await engine.inspectImage(reference, signal);
  const image = { entrypoint: wordsOf(config.Entrypoint), command: wordsOf(config.Cmd) };
  const words = [...(service?.entrypoint ?? image.entrypoint), ...(service?.command ?? image.command)];
  const runtime =
    wanted ??
    runtimeOfArguments(words) ??
    runtimeOfEnvironment(wordsOf(config.Env)) ??
    runtimeOfImage(reference) ??
    'go';
  if (!isRestartable(runtime))
    throw new EngineError(
      'unsupported',
      say`A program of ${runtimeNames[runtime]} cannot be restarted under its debugger. Attach the debugger to the running service.`,
      { subject: name },
    );
  return underDebugger(loaded, name, { runtime, image });
}

function wordsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function stackOf(
  { stacks }: DebugContext,
  { project, service, stack }: ServiceConfiguration,
): Stack | undefined {
  return stacks.stacks.find(
    (each) =>
      (stack === undefined || each.key === stack) &&
      (project === undefined || each.name === project) &&
      each.declared !== undefined &&
      each.services.some(({ name }) => name === service),
  );
}
