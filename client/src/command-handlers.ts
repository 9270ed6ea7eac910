import * as vscode from 'vscode';
import { checkBeforeUpHandlers } from './check-before-up/check-before-up-handlers.ts';
import { debugHandlers } from './debug/debug-handlers.ts';
import { deployHandlers } from './deploy/deploy-handlers.ts';
import { dockerRunHandlers } from './docker-run/docker-run-handlers.ts';
import { enginesHandlers } from './engines/engines-handlers.ts';
import { environmentsHandlers } from './environments/environments-handlers.ts';
import { filesHandlers } from './files/files-handlers.ts';
import { graphHandlers } from './graph/graph-handlers.ts';
import { incidentsHandlers } from './incidents/incidents-handlers.ts';
import { type CommandId, Commands } from './ids.ts';
import { inspectHandlers } from './inspect/inspect-handlers.ts';
import { kubernetesHandlers } from './kubernetes/kubernetes-handlers.ts';
import { languageHandlers } from './language/language-handlers.ts';
import { lmHandlers } from './lm/lm-handlers.ts';
import { logsHandlers } from './logs/logs-handlers.ts';
import { mergedHandlers } from './merged/merged-handlers.ts';
import { planHandlers } from './plan/plan-handlers.ts';
import { resourcesHandlers } from './resources/resources-handlers.ts';
import { scaffoldHandlers } from './scaffold/scaffold-handlers.ts';
import type { CommandHandler } from './shared/command-handler.ts';
import { errorText } from './shared/error-text.ts';
import { stepDone } from './shared/walkthrough.ts';
import { stackHandlers } from './stack/stack-handlers.ts';
import { statsHandlers } from './stats/stats-handlers.ts';
import { swarmHandlers } from './swarm/swarm-handlers.ts';
import { terminalHandlers } from './terminal/terminal-handlers.ts';
import { treeHandlers } from './tree/tree-handlers.ts';
import { fitting, treeKeys } from './tree/tree-keys.ts';
import { isTreeRow, type TreeRow } from './tree/tree-row.ts';
import type { Workbench } from './workbench.ts';

/** What each command does. Commands are known here, and know nothing of it. */
const handlers: Readonly<Record<CommandId, CommandHandler<Workbench>>> = {
  ...checkBeforeUpHandlers,
  ...debugHandlers,
  ...deployHandlers,
  ...dockerRunHandlers,
  ...enginesHandlers,
  ...environmentsHandlers,
  ...filesHandlers,
  ...graphHandlers,
  ...incidentsHandlers,
  ...inspectHandlers,
  ...kubernetesHandlers,
  ...languageHandlers,
  ...lmHandlers,
  ...logsHandlers,
  ...mergedHandlers,
  ...planHandlers,
  ...resourcesHandlers,
  ...scaffoldHandlers,
  ...stackHandlers,
  ...statsHandlers,
  ...swarmHandlers,
  ...terminalHandlers,
  ...treeHandlers,
};

/** What shows what a service does. */
const looks: ReadonlySet<CommandId> = new Set([
  Commands.logs,
  Commands.logsInTab,
  Commands.logsTerminal,
  Commands.shell,
  Commands.exec,
  Commands.run,
]);

const keyed: ReadonlySet<string> = new Set(
  treeKeys.filter(({ fits }) => fits !== undefined).map(({ command }) => command),
);

/**
 * A key hands over the row that has the focus alone, whatever it is: meant are all chosen rows, as far as their menus offer the command.
 * `undefined`: none of them, which is said.
 */
function meantRows(
  workbench: Workbench,
  id: CommandId,
  args: readonly unknown[],
): readonly unknown[] | undefined {
  const [focused] = args;
  if (!keyed.has(id) || args.length !== 1 || (focused !== null && !isTreeRow(focused))) return args;
  const rows = workbench.chosenRows(focused ?? undefined);
  if (rows.length === 0) return [];
  const fit = fitting(id, rows, (row) => workbench.tree.contextOf(row));
  if (fit.length > 0) return [fit[0], fit];
  vscode.window.setStatusBarMessage(
    `$(info) ${vscode.l10n.t('Not available for {0} right now', workbench.tree.labelOf(rows[0] as TreeRow))}`,
    5000,
  );
  return undefined;
}

/** Runs a command to its end; what goes wrong is shown by the command, a bug here. */
export async function runCommand(
  workbench: Workbench,
  id: CommandId,
  args: readonly unknown[],
): Promise<unknown> {
  try {
    const meant = meantRows(workbench, id, args);
    if (meant === undefined) return undefined;
    const result = await handlers[id](workbench, meant);
    if (looks.has(id)) void stepDone('look');
    return result;
  } catch (error) {
    workbench.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    void vscode.window.showErrorMessage(
      vscode.l10n.t('Compose: An unexpected error occurred: {0}', errorText(error)),
    );
    return undefined;
  }
}
