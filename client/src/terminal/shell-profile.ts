import * as vscode from 'vscode';
import * as configuration from '../shared/configuration.ts';
import { shortName, stateText } from '../tree/row-text.ts';
import { isLive, stateOf } from '../tree/container-state.ts';
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
      service.containers.filter(isLive).map((container) => ({
        label: shortName(stack.name, container.name),
        description: `${stack.name} · ${stateText(stateOf(container), container, l10n.t)}`,
        container,
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
      : await vscode.window.showQuickPick(containers, { placeHolder: l10n.t('A shell in which container?') });
  if (picked === undefined) return undefined;
  const options = shellOptions(picked.session, {
    containerId: picked.container.id,
    title: picked.label,
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
