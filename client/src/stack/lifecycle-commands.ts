import * as vscode from 'vscode';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import type { Message } from '#engine/api/message.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import type { ProgressStatus } from '#engine/observe/progress.ts';
import type { Doing } from '#engine/observe/states.ts';
import * as lifecycle from '#engine/operations/lifecycle.ts';
import { messageText } from '../shared/translate.ts';
import type { ProjectFilesContext } from '../workspace/contexts.ts';
import { intentOn } from './intent.ts';
import { targetOf } from './load-to-run.ts';
import { type OperateContext, operate } from './operation.ts';
import { containersOf, type Selection, titleOf } from './selected.ts';
import { type SelectContext, select } from './selection.ts';

const { l10n } = vscode;

interface Lifecycle {
  readonly title: string;
  readonly operation: typeof lifecycle.stop;
  /** For single containers, which Compose has no words for. */
  readonly container: (engine: EnginePort, id: string, signal: AbortSignal) => Promise<void>;
  /** What is seen of it from the click on. */
  readonly doing: Doing;
  readonly words: readonly [doing: ProgressStatus, done: ProgressStatus];
  /** It ends programs, whatever their exit codes. */
  readonly stops?: boolean;
  /** Also services whose profiles are off. */
  readonly allProfiles?: boolean;
}

export function startCommand(
  workbench: OperateContext & SelectContext,
  args: readonly unknown[],
): Promise<void> {
  return run(workbench, args, {
    title: l10n.t('Start'),
    operation: lifecycle.start,
    container: (engine, id, signal) => engine.startContainer(id, signal),
    doing: 'starting',
    words: ['Starting', 'Started'],
  });
}

export function stopCommand(
  workbench: OperateContext & SelectContext,
  args: readonly unknown[],
): Promise<void> {
  return run(workbench, args, {
    title: l10n.t('Stop'),
    allProfiles: true,
    operation: lifecycle.stop,
    container: (engine, id, signal) => engine.stopContainer(id, {}, signal),
    doing: 'stopping',
    words: ['Stopping', 'Stopped'],
    stops: true,
  });
}

export function restartCommand(
  workbench: OperateContext & SelectContext,
  args: readonly unknown[],
): Promise<void> {
  return run(workbench, args, {
    title: l10n.t('Restart'),
    operation: lifecycle.restart,
    container: (engine, id, signal) => engine.restartContainer(id, {}, signal),
    doing: 'restarting',
    words: ['Restarting', 'Started'],
    stops: true,
  });
}

export function pauseCommand(
  workbench: OperateContext & SelectContext,
  args: readonly unknown[],
): Promise<void> {
  return run(workbench, args, {
    title: l10n.t('Pause'),
    operation: lifecycle.pause,
    container: (engine, id, signal) => engine.pauseContainer(id, signal),
    doing: 'pausing',
    words: ['Stopping', 'Paused'],
  });
}

export function unpauseCommand(
  workbench: OperateContext & SelectContext,
  args: readonly unknown[],
): Promise<void> {
  return run(workbench, args, {
    title: l10n.t('Unpause'),
    operation: lifecycle.unpause,
    container: (engine, id, signal) => engine.unpauseContainer(id, signal),
    doing: 'starting',
    words: ['Starting', 'Unpaused'],
  });
}

/** At once, without asking the programs to end. */
export function killCommand(
  workbench: OperateContext & SelectContext,
  args: readonly unknown[],
): Promise<void> {
  return run(workbench, args, {
    title: l10n.t('Kill'),
    operation: lifecycle.kill,
    container: (engine, id, signal) => engine.killContainer(id, {}, signal),
    doing: 'stopping',
    words: ['Killing', 'Killed'],
    stops: true,
  });
}

/** Removes containers that do not run; their volumes stay. What no file can make again is removed only after asking. */
export async function removeCommand(
  workbench: OperateContext & SelectContext,
  args: readonly unknown[],
): Promise<void> {
  const action: Lifecycle = {
    title: l10n.t('Remove'),
    operation: lifecycle.remove,
    container: (engine, id, signal) => engine.removeContainer(id, {}, signal),
    doing: 'removing',
    words: ['Removing', 'Removed'],
  };
  for (const selection of await select(workbench, args)) {
    const stopped = selection.stack.isOther === true ? withoutRunning(selection) : selection;
    if (await mayRemove(stopped)) await runOn(workbench, stopped, action);
  }
}

function withoutRunning(selection: Selection): Selection {
  return { ...selection, containers: containersOf(selection).filter(({ state }) => state !== 'running') };
}

async function mayRemove({ stack, containers = [] }: Selection): Promise<boolean> {
  if (stack.isOther !== true) return true;
  if (containers.length === 0) return false;
  const action = l10n.t('Remove');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Remove {0}?', containers.map(({ name }) => name).join(', ')),
    {
      modal: true,
      detail: l10n.t(
        'No Compose file says how to create it again. To write one first, use "Add to Compose File".',
      ),
    },
    action,
  );
  return answer === action;
}

async function run(
  workbench: OperateContext & SelectContext,
  args: readonly unknown[],
  action: Lifecycle,
): Promise<void> {
  for (const selection of await select(workbench, args)) await runOn(workbench, selection, action);
}

async function runOn(
  workbench: OperateContext & ProjectFilesContext,
  selection: Selection,
  action: Lifecycle,
): Promise<void> {
  const { stack, services, containers } = selection;
  await operate(workbench, {
    title: `${action.title}: ${titleOf(selection)}`,
    project: stack.name,
    engine: stack.engine,
    stops: action.stops === true,
    intent: intentOn(selection, action.doing),
    again: () => runOn(workbench, selection, action),
    run: async (engine, report, signal) => {
      if (containers === undefined) {
        const target = await targetOf(workbench, stack, { allProfiles: action.allProfiles === true });
        const options = {
          ...(services !== undefined && { services }),
          providers: workbench.files.programs.providers,
          onWarning: (warning: Message) => workbench.log.warn(messageText(warning, l10n.t)),
        };
        await action.operation(engine, target, options, report, signal);
        return;
      }
      const one = async ({ id, name }: ContainerSummary) => {
        report({ kind: 'container', name, status: action.words[0] });
        await action.container(engine, id, signal);
        report({ kind: 'container', name, status: action.words[1] });
      };
      await Promise.all(containers.map(one));
    },
  });
}
