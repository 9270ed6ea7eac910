import * as vscode from 'vscode';
import * as configuration from '../shared/configuration.ts';
import type { LogTarget } from '../terminal/log-terminals.ts';
import { openShell } from '../terminal/shell-terminal.ts';
import { publishedUrls } from '../tree/published.ts';
import { shortName } from '../tree/row-text.ts';
import { isLive } from '../tree/container-state.ts';
import type { Workbench } from '../workbench.ts';
import { containersOf, pickContainer, type Selection, select, titleOf } from './selection.ts';

const { l10n } = vscode;

/** Follows the logs of what was chosen: in the log panel, or in a terminal where the user prefers that. */
export async function logsCommand(workbench: Workbench, args: readonly unknown[]): Promise<void> {
  const selections = await select(workbench, args);
  const [first] = selections;
  if (configuration.logsOpen() === 'terminal' || selections.length > 1)
    showInTerminals(workbench, selections);
  else if (first !== undefined) await (await workbench.panels.logs()).show(logTarget(first));
}

export async function logsInTerminalCommand(workbench: Workbench, args: readonly unknown[]): Promise<void> {
  showInTerminals(workbench, await select(workbench, args));
}

/** Asks whose logs the panel is to show: a project's, or one of its services'. */
export async function chooseLogsCommand(workbench: Workbench): Promise<void> {
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

function showInTerminals(workbench: Workbench, selections: readonly Selection[]): void {
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

/** Opens a shell in a running container. */
export async function shellCommand(workbench: Workbench, args: readonly unknown[]): Promise<void> {
  for (const selection of await select(workbench, args)) {
    const container = await pickContainer(selection);
    if (container === undefined) continue;
    openShell(workbench.engines.of(selection.stack), {
      containerId: container.id,
      title: shortName(selection.stack.name, container.name),
      command: configuration.shellCommand(),
    });
  }
}

/** Opens a published port in the browser. */
export async function openInBrowserCommand(workbench: Workbench, args: readonly unknown[]): Promise<void> {
  for (const selection of await select(workbench, args)) {
    const engine = await workbench.engines.of(selection.stack).engine(AbortSignal.timeout(10_000));
    const urls = publishedUrls(containersOf(selection).filter(isLive), engine.info.endpoint);
    if (urls.length === 0) {
      void vscode.window.showInformationMessage(l10n.t('{0} publishes no port now.', titleOf(selection)));
      continue;
    }
    const url =
      urls.length === 1
        ? urls[0]
        : await vscode.window.showQuickPick(urls, { placeHolder: l10n.t('Which address?') });
    if (url !== undefined) await vscode.env.openExternal(vscode.Uri.parse(url));
  }
}
