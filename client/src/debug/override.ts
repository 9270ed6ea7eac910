import * as vscode from 'vscode';
import type { LoadedProject } from '#compose/load/request.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { up, type UpOptions } from '#engine/operations/up.ts';
import { agreeToPlan } from '../plan/agree.ts';
import { intentOn } from '../stack/intent.ts';
import { loadToRun } from '../stack/load-to-run.ts';
import { operate } from '../stack/operation.ts';
import type { Stack } from '../workspace/stacks.ts';
import type { DebugContext } from './debug-context.ts';

const { l10n } = vscode;

export interface Override {
  readonly stack: Stack;
  readonly service: string;
  /** For people, in the plan's title. */
  readonly called: string;
  /** What is done, for the notification. */
  readonly title: string;
  /** What of the files is otherwise. */
  readonly change: (
    engine: EnginePort,
    loaded: LoadedProject,
    signal: AbortSignal,
  ) => LoadedProject | Promise<LoadedProject>;
  /** The whole command once more. */
  readonly again: () => unknown;
}

/**
 * Starts one service anew as its files say but for a change in memory, through plan and Up. `false`: it was not started, and why was said. Nothing is
 * written, so that the next Up of the files puts it back whatever happens in between.
 */
export async function upOverridden(
  workbench: DebugContext,
  { stack, service, called, title, change, again }: Override,
): Promise<boolean> {
  const { declared } = stack;
  if (declared === undefined) {
    void vscode.window.showErrorMessage(l10n.t('No project in this workspace has a service {0}.', service));
    return false;
  }
  const loaded = await loadToRun(workbench, { reference: declared.reference, services: [] }, declared.loaded);
  if (loaded === undefined) return false;
  const place = { project: stack.name, engine: stack.engine, again };
  const changed = await operate(workbench, {
    ...place,
    title: l10n.t('Plan: {0}', `${stack.name} › ${service}`),
    run: async (engine, _report, signal) => change(engine, loaded, signal),
  });
  if (changed === undefined) return false;
  const options = serviceAlone(workbench, service);
  const agreed = await agreeToPlan(workbench, {
    title: called,
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
    title,
    stops: true,
    intent: intentOn({ stack, services: [service] }, 'restarting'),
    run: (engine, report, signal) => up(engine, changed, agreed, report, signal),
  });
  if (done === undefined) return false;
  // What is attached to next is the container that there is now.
  await workbench.engines.of(stack).look(stack.name);
  return true;
}

/** What the files say, as it was before: an Up of the service alone. */
export async function putBack(
  workbench: DebugContext,
  { key }: Pick<Stack, 'key'>,
  service: string,
): Promise<void> {
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
    run: (engine, report, signal) => up(engine, loaded, serviceAlone(workbench, service), report, signal),
  });
}

/** An Up of this service, whatever depends on it or stands beside it. */
function serviceAlone({ files }: DebugContext, service: string): UpOptions {
  return { ...files.programs, services: [service], noDeps: true, ignoreOrphans: true };
}
