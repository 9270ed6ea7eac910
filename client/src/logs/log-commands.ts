import * as vscode from 'vscode';
import * as configuration from '../shared/configuration.ts';
import type { Selection } from '../stack/selected.ts';
import { select, type SelectContext } from '../stack/selection.ts';
import type { LogTerminalsContext } from '../terminal/log-terminals.ts';
import type { PanelsContext } from '../panels/panels.ts';
import type { StacksContext } from '../workspace/contexts.ts';
import { logTarget, shownLogs } from './shown-logs.ts';

const { l10n } = vscode;

/** Follows the logs of what was chosen, of several projects merged: in the log panel, or where the user prefers them. */
export async function logsCommand(
  workbench: SelectContext & LogTerminalsContext & PanelsContext,
  args: readonly unknown[],
): Promise<void> {
  const selections = await select(workbench, args);
  if (selections.length === 0) return;
  const where = configuration.logsOpen();
  if (where === 'terminal') showInTerminals(workbench, selections);
  else if (where === 'tab') (await workbench.panels.logs()).showInTab(shownLogs(selections));
  else await (await workbench.panels.logs()).show(shownLogs(selections));
}

/** The same in an editor tab, which stays with what it was opened for: several stand side by side. */
export async function logsInTabCommand(
  workbench: SelectContext & PanelsContext,
  args: readonly unknown[],
): Promise<void> {
  const selections = await select(workbench, args);
  if (selections.length > 0) (await workbench.panels.logs()).showInTab(shownLogs(selections));
}

export async function logsInTerminalCommand(
  workbench: SelectContext & LogTerminalsContext,
  args: readonly unknown[],
): Promise<void> {
  showInTerminals(workbench, await select(workbench, args));
}

/** Asks whose logs the panel is to show: a project's, or one of its services'. */
export async function chooseLogsCommand(workbench: PanelsContext & StacksContext): Promise<void> {
  await workbench.ready();
  const choices = workbench.stacks.stacks.flatMap(
    (stack): (vscode.QuickPickItem & { chosen: Selection })[] => [
      { label: `$(layers) ${stack.name}`, chosen: { stack } },
      ...stack.services
        .filter(({ containers }) => containers.length > 0)
        .map(({ name }) => ({
          label: name,
          description: stack.name,
          chosen: { stack, services: [name] },
        })),
    ],
  );
  const picked = await vscode.window.showQuickPick(choices, {
    placeHolder: l10n.t('Select the project or service to show logs for'),
  });
  if (picked !== undefined) await (await workbench.panels.logs()).show(shownLogs([picked.chosen]));
}

function showInTerminals(workbench: LogTerminalsContext, selections: readonly Selection[]): void {
  for (const selection of selections) workbench.logTerminals.show(logTarget(selection));
}
