import { commandLineFor } from '../terminal/command-line.ts';
import { openCommand } from '../terminal/command-terminal.ts';
import * as vscode from 'vscode';
import type { Doing } from '#engine/observe/states.ts';
import { intentOn } from './intent.ts';
import { loadToRun, type LoadToRunContext } from './load-to-run.ts';
import type { OperationsContext } from './operations-context.ts';
import { titleOf } from './selected.ts';
import { select, type SelectContext } from './selection.ts';

// What is pulled, built and pushed writes much: each in a terminal, where it can be read and interrupted.

const { l10n } = vscode;

type ImagesContext = LoadToRunContext & OperationsContext & SelectContext;

export function pullCommand(workbench: ImagesContext, args: readonly unknown[]): Promise<void> {
  return onImages(workbench, args, ['pull'], l10n.t('Pull'), 'cloud-download', 'pulling');
}

export function buildCommand(workbench: ImagesContext, args: readonly unknown[]): Promise<void> {
  return onImages(workbench, args, ['build'], l10n.t('Build'), 'tools', 'building');
}

export function pushCommand(workbench: ImagesContext, args: readonly unknown[]): Promise<void> {
  return onImages(workbench, args, ['push'], l10n.t('Push'), 'cloud-upload');
}

/** Up in the foreground: with the output of all services, until it is interrupted. */
export function upAttachedCommand(workbench: ImagesContext, args: readonly unknown[]): Promise<void> {
  return onImages(workbench, args, ['up'], l10n.t('Up'), 'play');
}

/** Up in the foreground, over when the first container ends: its exit code is the answer. */
export function upAbortCommand(workbench: ImagesContext, args: readonly unknown[]): Promise<void> {
  return onImages(workbench, args, ['up', '--build', '--abort-on-container-exit'], l10n.t('Up'), 'beaker');
}

/** Up, and then what the files say when others change (`develop.watch`), until it is interrupted. */
export function watchCommand(workbench: ImagesContext, args: readonly unknown[]): Promise<void> {
  return onImages(workbench, args, ['watch'], l10n.t('Watch'), 'eye');
}

async function onImages(
  workbench: ImagesContext,
  args: readonly unknown[],
  command: readonly string[],
  title: string,
  icon: string,
  doing?: Doing,
): Promise<void> {
  for (const selection of await select(workbench, args, { declaredOnly: true })) {
    const { stack, services = [] } = selection;
    if (stack.declared === undefined) {
      void vscode.window.showInformationMessage(
        l10n.t('{0} has no Compose file in this workspace.', stack.name),
      );
      continue;
    }
    const { reference, loaded } = stack.declared;
    if ((await loadToRun(workbench, { reference, services }, loaded)) === undefined) continue;
    // What goes on until it is interrupted is not under way: its effect is seen, and stays.
    const begin = () => {
      const place = { project: stack.name, engine: stack.engine };
      const intent = doing === undefined ? {} : intentOn(selection, doing);
      const operation = workbench.operations.begin({ ...intent, ...place, stops: false });
      return () => operation.end();
    };
    openCommand(
      `${title}: ${titleOf(selection)}`,
      commandLineFor(stack, [...command, ...services]),
      icon,
      doing === undefined ? undefined : begin,
    );
  }
}
