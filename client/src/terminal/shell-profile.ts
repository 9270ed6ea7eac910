import * as vscode from 'vscode';
import { isLive } from '#engine/api/is-live.ts';
import * as configuration from '../shared/configuration.ts';
import { containerTitle } from '../stack/selected.ts';
import { shortName } from '../tree/row-text.ts';
import { containerStateText } from '../tree/state-words.ts';
import type { EnginesContext, StacksContext } from '../workspace/contexts.ts';
import { shellOptions } from './shell-terminal.ts';

const { l10n } = vscode;

/** The terminal profile: a shell in a container of any project that runs. `undefined`: there is none, or none was picked. */
export async function shellProfile(
  workbench: EnginesContext & StacksContext,
): Promise<vscode.TerminalProfile | undefined> {
  await workbench.engine.engine(AbortSignal.timeout(10_000));
  const containers = workbench.stacks.stacks.flatMap((stack) =>
    stack.services.flatMap((service) =>
      service.view.containers
        .filter(({ container }) => isLive(container))
        .map((view) => ({
          label: shortName(stack.name, view.container.name),
          title: containerTitle(stack.name, view.container.name),
          description: `${stack.name} · ${containerStateText(view, l10n.t)}`,
          container: view.container,
          session: workbench.engines.of(stack),
        })),
    ),
  );
  if (containers.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('No container is running.'));
    return undefined;
  }
  const picked =
    containers.length === 1
      ? containers[0]
      : await vscode.window.showQuickPick(containers, {
          placeHolder: l10n.t('Select the container to open a shell in'),
        });
  if (picked === undefined) return undefined;
  const options = shellOptions(picked.session, {
    containerId: picked.container.id,
    title: picked.title,
    command: configuration.shellCommand(),
  });
  // VS Code leaves the terminal before in front when the profile asked for something.
  const opened = vscode.window.onDidOpenTerminal((terminal) => {
    if (!('pty' in terminal.creationOptions) || terminal.creationOptions.pty !== options.pty) return;
    opened.dispose();
    terminal.show();
  });
  return new vscode.TerminalProfile(options);
}
