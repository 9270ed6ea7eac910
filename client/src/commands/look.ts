import * as vscode from 'vscode';
import * as configuration from '../configuration.ts';
import { openShell } from '../terminal/shell-terminal.ts';
import { publishedUrls } from '../views/published.ts';
import { shortName } from '../views/row-text.ts';
import { isLive } from '../views/state.ts';
import type { Workbench } from '../workbench.ts';
import { containersOf, pickContainer, select, titleOf } from './selection.ts';

const { l10n } = vscode;

/** Follows the logs of what was chosen in a terminal. */
export async function logsCommand(workbench: Workbench, args: readonly unknown[]): Promise<void> {
  for (const selection of await select(workbench, args)) {
    const { stack, services, containers } = selection;
    workbench.logTerminals.show({
      selection: {
        project: stack.name,
        ...(containers !== undefined
          ? { containerIds: containers.map(({ id }) => id) }
          : services !== undefined && { services }),
      },
      title: titleOf(selection),
      services: stack.services.map(({ name }) => name),
    });
  }
}

/** Opens a shell in a running container. */
export async function shellCommand(workbench: Workbench, args: readonly unknown[]): Promise<void> {
  for (const selection of await select(workbench, args)) {
    const container = await pickContainer(selection);
    if (container === undefined) continue;
    openShell(workbench.engine, {
      containerId: container.id,
      title: shortName(selection.stack.name, container.name),
      command: configuration.shellCommand(),
    });
  }
}

/** Opens a published port in the browser. */
export async function openInBrowserCommand(workbench: Workbench, args: readonly unknown[]): Promise<void> {
  for (const selection of await select(workbench, args)) {
    const engine = await workbench.engine.engine(AbortSignal.timeout(10_000));
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
