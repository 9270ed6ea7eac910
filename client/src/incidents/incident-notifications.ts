import * as vscode from 'vscode';
import type { OperationsUnderWay } from '#engine/observe/operations-under-way.ts';
import { Settings } from '../ids.ts';
import { LogsCommands } from '../logs/logs-command-ids.ts';
import * as configuration from '../shared/configuration.ts';
import { notificationText } from '../shared/notification-text.ts';
import { takeBackDone } from '../stack/done-message.ts';
import { StackCommands } from '../stack/stack-command-ids.ts';
import type { TreeRow } from '../tree/tree-row.ts';
import type { StackModel } from '../workspace/stack-model.ts';
import { IncidentsCommands } from './incidents-command-ids.ts';
import { incidentText } from './incident-text.ts';
import type { IncidentWatch, Report } from './incident-watch.ts';

const { l10n } = vscode;

/**
 * Tells of crashes and failing health checks, once each, with what can be done. What was stopped on purpose is none.
 *
 * Extensions cannot take a message back: this one goes when it is answered or after some seconds, and stays in the notification centre.
 * A notification with progress could be ended, but has no actions and would seem to wait for something.
 */
export class IncidentNotifications implements vscode.Disposable {
  readonly #watch: IncidentWatch;
  readonly #stacks: StackModel;
  readonly #operations: OperationsUnderWay;
  readonly #listening: vscode.Disposable;

  constructor(watch: IncidentWatch, stacks: StackModel, operations: OperationsUnderWay) {
    this.#watch = watch;
    this.#stacks = stacks;
    this.#operations = operations;
    this.#listening = watch.onDidBegin((report) => void this.#tell(report));
  }

  dispose(): void {
    this.#listening.dispose();
  }

  async #tell({ incident, details }: Report): Promise<void> {
    const { project, engine } = incident;
    takeBackDone(incident);
    const stack = this.#stacks.stack(incident.stack);
    const whose = configuration.notifications();
    if (whose === 'off' || (whose === 'workspace' && stack?.declared === undefined)) return;
    const operations = this.#operations;
    if (operations.isStopping(incident)) return;
    // An operation that fails over it says so itself; one that does not has come to its end with the service in this state.
    const before = operations.failuresOf(incident);
    await operations.settled(incident);
    if (operations.failuresOf(incident) !== before || operations.isStopping(incident)) return;
    if (!this.#watch.isActive(incident)) {
      this.#watch.untold(incident);
      return;
    }

    const row: TreeRow = {
      kind: 'service',
      id: 'incident',
      stack: incident.stack,
      service: incident.service,
    };
    const actions: readonly (readonly [title: string, run: () => unknown])[] = [
      [l10n.t('Explain'), () => vscode.commands.executeCommand(IncidentsCommands.explainFailure, row)],
      [l10n.t('Show Logs'), () => vscode.commands.executeCommand(LogsCommands.logs, row)],
      [l10n.t('Restart'), () => vscode.commands.executeCommand(StackCommands.restart, row)],
      ...(stack?.declared === undefined
        ? []
        : [
            [l10n.t('Open File'), () => vscode.commands.executeCommand(StackCommands.openFile, row)] as const,
          ]),
      [l10n.t("Don't Show Again"), () => configuration.update(Settings.notifications, 'off')],
    ];
    const title = await vscode.window.showWarningMessage(
      notificationText(
        `${engine === undefined ? '' : `${engine} › `}${project} › ${incidentText(incident, details, l10n.t)}`,
      ),
      ...actions.map(([action]) => action),
    );
    actions.find(([action]) => action === title)?.[1]();
  }
}
