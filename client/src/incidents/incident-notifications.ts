import * as vscode from 'vscode';
import * as configuration from '../shared/configuration.ts';
import { failuresOf, isStopping, settled } from '../stack/operations-under-way.ts';
import { Commands, Settings } from '../ids.ts';
import type { TreeRow } from '../tree/tree-row.ts';
import type { StackModel } from '../workspace/stack-model.ts';
import { incidentText } from './incident-text.ts';
import type { IncidentWatch, Report } from './incident-watch.ts';

const { l10n } = vscode;

/** Tells of crashes and failing health checks, once each, with what can be done. What was stopped on purpose is none. */
export class IncidentNotifications implements vscode.Disposable {
  readonly #watch: IncidentWatch;
  readonly #stacks: StackModel;
  readonly #listening: vscode.Disposable;

  constructor(watch: IncidentWatch, stacks: StackModel) {
    this.#watch = watch;
    this.#stacks = stacks;
    this.#listening = watch.onDidBegin((report) => void this.#tell(report));
  }

  dispose(): void {
    this.#listening.dispose();
  }

  async #tell({ incident, details }: Report): Promise<void> {
    const { project, engine } = incident;
    const stack = this.#stacks.stack(incident.stack);
    const whose = configuration.notifications();
    if (whose === 'off' || (whose === 'workspace' && stack?.declared === undefined)) return;
    if (isStopping(project)) return;
    // An operation that fails over it says so itself; one that does not has come to its end with the service in this state.
    const before = failuresOf(project);
    await settled(project);
    if (failuresOf(project) !== before || isStopping(project) || !this.#watch.isActive(incident)) return;

    const row: TreeRow = {
      kind: 'service',
      id: 'incident',
      stack: incident.stack,
      service: incident.service,
    };
    const actions: readonly (readonly [title: string, run: () => unknown])[] = [
      [l10n.t('Show Its Logs'), () => vscode.commands.executeCommand(Commands.logs, row)],
      [l10n.t('Restart'), () => vscode.commands.executeCommand(Commands.restart, row)],
      ...(stack?.declared === undefined
        ? []
        : [[l10n.t('Open File'), () => vscode.commands.executeCommand(Commands.openFile, row)] as const]),
      [l10n.t('Do Not Tell Again'), () => configuration.update(Settings.notifications, 'off')],
    ];
    const title = await vscode.window.showWarningMessage(
      `${engine === undefined ? '' : `${engine} › `}${project} › ${incidentText(incident, details, l10n.t)}`,
      ...actions.map(([action]) => action),
    );
    actions.find(([action]) => action === title)?.[1]();
  }
}
