import * as vscode from 'vscode';
import type { LoadedProject } from '#compose/load/request.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { say } from '#engine/api/message.ts';
import { runtimeNames } from '#engine/debug/debuggee.ts';
import {
  type Runtime,
  runtimeOfArguments,
  runtimeOfEnvironment,
  runtimeOfImage,
} from '#engine/debug/runtime.ts';
import { isRestartable, underDebugger } from '#engine/debug/under-debugger.ts';
import type { Stack } from '../workspace/stacks.ts';
import type { DebugContext } from './debug-context.ts';
import { upOverridden } from './override.ts';
import type { ServiceConfiguration } from './service-configuration.ts';

const { l10n } = vscode;

/** Starts a service anew under its debugger, for which it waits. `false`: it was not started, and why was said. */
export async function restartUnderDebugger(
  workbench: DebugContext,
  configuration: ServiceConfiguration,
): Promise<boolean> {
  const { service } = configuration;
  const stack = stackOf(workbench, configuration);
  if (stack === undefined) {
    void vscode.window.showErrorMessage(l10n.t('No project in this workspace has a service {0}.', service));
    return false;
  }
  const title = `${stack.name} › ${service}`;
  return upOverridden(workbench, {
    stack,
    service,
    called: l10n.t('{0} under the debugger', title),
    title: l10n.t('Restart under the debugger: {0}', title),
    change: async (engine, loaded, signal) =>
      (await startedUnder(engine, loaded, service, configuration.runtime, signal)).changed,
    again: () => restartUnderDebugger(workbench, configuration),
  });
}

/** A project whose service waits for its debugger, once its image is here. Rejects (`unsupported`) where it cannot. */
export async function startedUnder(
  engine: EnginePort,
  loaded: LoadedProject,
  name: string,
  wanted: Runtime | undefined,
  signal: AbortSignal,
): Promise<{ readonly changed: LoadedProject; readonly runtime: Runtime }> {
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
  return { changed: underDebugger(loaded, name, { runtime, image }), runtime };
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
