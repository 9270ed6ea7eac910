import * as vscode from 'vscode';
import { removeOrphans } from '#engine/operations/remove-orphans.ts';
import type { ProjectFilesContext } from '../workspace/contexts.ts';
import { isOrphan, type Stack } from '../workspace/stacks.ts';
import { intentOn } from './intent.ts';
import { targetOf } from './load-to-run.ts';
import { operate, type OperateContext } from './operation.ts';
import { type Selection, titleOf } from './selected.ts';
import { select, type SelectContext } from './selection.ts';

const { l10n } = vscode;

/** Removes containers of services that the files do not have: those of the chosen rows, or all of a project's. */
export async function removeOrphansCommand(
  workbench: OperateContext & SelectContext,
  args: readonly unknown[],
): Promise<void> {
  for (const selection of await select(workbench, args)) await removeOrphansOf(workbench, selection);
}

export async function removeOrphansOf(
  workbench: OperateContext & ProjectFilesContext,
  selection: Pick<Selection, 'stack' | 'services'>,
): Promise<void> {
  const { stack, services } = selection;
  const { loaded } = await targetOf(workbench, stack, { allProfiles: true });
  if (loaded === undefined) {
    void vscode.window.showInformationMessage(
      l10n.t('The files of {0} cannot be read, so its orphan containers cannot be determined.', stack.name),
    );
    return;
  }
  const plan = await operate(workbench, {
    title: l10n.t('Remove Orphans: {0}', titleOf(selection)),
    project: stack.name,
    engine: stack.engine,
    stops: true,
    intent: intentOn({ stack, services: services ?? orphansOf(stack) }, 'removing'),
    again: () => removeOrphansOf(workbench, selection),
    run: (engine, report, signal) =>
      removeOrphans(engine, loaded, services === undefined ? {} : { services }, report, signal),
  });
  if (plan?.nodes.length !== 0) return;
  void vscode.window.showInformationMessage(l10n.t('{0} has no orphan containers.', stack.name));
}

function orphansOf(stack: Stack): readonly string[] {
  return stack.services.filter((service) => isOrphan(stack, service)).map(({ name }) => name);
}
