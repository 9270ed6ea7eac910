import * as vscode from 'vscode';
import * as configuration from '../shared/configuration.ts';
import { type Selection, titleOf } from '../stack/selected.ts';
import { select, type SelectContext } from '../stack/selection.ts';
import type { LogTarget, LogTerminalsContext } from '../terminal/log-terminals.ts';
import type { PanelsContext } from '../panels/panels.ts';
import type { StacksContext } from '../workspace/contexts.ts';

const { l10n } = vscode;

/** Follows the logs of what was chosen: in the log panel, or in a terminal where the user prefers that. */
export async function logsCommand(
  workbench: SelectContext & LogTerminalsContext & PanelsContext,
  args: readonly unknown[],
): Promise<void> {
  const selections = await select(workbench, args);
  const [first] = selections;
  if (configuration.logsOpen() === 'terminal' || selections.length > 1)
    showInTerminals(workbench, selections);
  else if (first !== undefined) await (await workbench.panels.logs()).show(logTarget(first));
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
  const picked = await vscode.window.showQuickPick(choices, { placeHolder: l10n.t('Whose logs?') });
  if (picked !== undefined) await (await workbench.panels.logs()).show(logTarget(picked.chosen));
}

function showInTerminals(workbench: LogTerminalsContext, selections: readonly Selection[]): void {
  for (const selection of selections) workbench.logTerminals.show(logTarget(selection));
}

function logTarget(selection: Selection): LogTarget {
  const { stack, services, containers } = selection;
  return {
    selection: {
      project: stack.name,
      ...(containers !== undefined
        ? { containerIds: containers.map(({ id }) => id) }
        : services !== undefined && { services }),
    },
    title: titleOf(selection),
    engine: stack.engine,
    services: stack.services.map(({ name }) => name),
  };
}
