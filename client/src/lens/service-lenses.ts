import * as vscode from 'vscode';
import * as configuration from '../shared/configuration.ts';
import { Commands } from '../ids.ts';
import { LogsCommands } from '../logs/logs-command-ids.ts';
import { StackCommands } from '../stack/stack-command-ids.ts';
import { TerminalCommands } from '../terminal/terminal-command-ids.ts';
import { projectStateText } from '../tree/row-text.ts';
import type { TreeRow } from '../tree/tree-row.ts';
import { stateLooks } from '../tree/state-look.ts';
import type { StackModel } from '../workspace/stack-model.ts';
import { type Stack, startableJobs } from '../workspace/stacks.ts';
import { type LensAction, lensActions, lensText } from './lens-text.ts';
import { lensTitle } from './lens-title.ts';
import type { JobPlace } from './service-places.ts';
import { placesOf, servicesOf, stackOf } from './stack-of-document.ts';

const { l10n } = vscode;

/** Above each service what it is doing and what can be done, above `services` the same for all. Texts are made when they are seen. */
export class ServiceLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #stacks: StackModel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(stacks: StackModel) {
    this.#stacks = stacks;
  }

  refresh(): void {
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const mode = configuration.editorLenses(document.uri);
    const stack = stackOf(this.#stacks, document.uri);
    if (mode === 'off' || stack === undefined || !vscode.workspace.isTrusted) return [];
    const lenses: vscode.CodeLens[] = [];
    const { services, jobs } = placesOf(document);
    if (mode === 'all') lenses.push(...jobLenses(stack, jobs, document));
    if (services !== undefined && mode === 'all')
      lenses.push(...projectLenses(stack, rangeAt(document, services.start)));
    for (const { service, place } of servicesOf(this.#stacks, document)) {
      const range = rangeAt(document, place.key.start);
      const row: TreeRow = { kind: 'service', id: 'lens', stack: stack.key, service: service.name };
      const text = lensText(service, l10n.t);
      if (text !== '')
        lenses.push(
          lens(
            range,
            lensTitle(stateLooks[service.view.state].icon, text),
            LogsCommands.logs,
            row,
            l10n.t('Show logs'),
          ),
        );
      if (mode === 'all')
        for (const action of lensActions(service))
          lenses.push(lens(range, actionText(action), Commands[action], row));
    }
    return lenses;
  }
}

function projectLenses(stack: Stack, range: vscode.Range): vscode.CodeLens[] {
  const row: TreeRow = { kind: 'project', id: 'lens', stack: stack.key };
  const { doing, can, isFresh, state } = stack.view;
  const lenses: vscode.CodeLens[] = [];
  if (doing !== undefined || state === 'unknown')
    lenses.push(
      lens(range, lensTitle(stateLooks[state].icon, projectStateText(stack, l10n.t)), LogsCommands.logs, row),
    );
  if (isFresh) lenses.push(lens(range, lensTitle('play', l10n.t('Up')), StackCommands.up, row));
  if (can.logs)
    lenses.push(
      lens(range, l10n.t('Logs'), LogsCommands.logs, row),
      lens(range, l10n.t('Down'), StackCommands.down, row),
    );
  return lenses;
}

/** Above each job that may be started by hand: Run. */
function jobLenses(
  stack: Stack,
  places: readonly JobPlace[],
  document: vscode.TextDocument,
): readonly vscode.CodeLens[] {
  if (places.length === 0 || !stack.view.isFresh) return [];
  const row: TreeRow = { kind: 'project', id: 'lens', stack: stack.key };
  const startable = new Set(startableJobs(stack).map(({ name }) => name));
  return places
    .filter(({ name }) => startable.has(name))
    .map(
      ({ name, key }) =>
        new vscode.CodeLens(rangeAt(document, key.start), {
          title: lensTitle('play', l10n.t('Run Job')),
          command: TerminalCommands.runJob,
          arguments: [row, name],
        }),
    );
}

function actionText(action: LensAction): string {
  switch (action) {
    case 'up':
      return lensTitle('play', l10n.t('Up'));
    case 'restart':
      return l10n.t('Restart');
    case 'stop':
      return l10n.t('Stop');
    case 'logs':
      return l10n.t('Logs');
    case 'shell':
      return l10n.t('Shell');
    case 'attachDebugger':
      return l10n.t('Attach Debugger');
  }
}

function lens(
  range: vscode.Range,
  title: string,
  command: string,
  row: TreeRow,
  tooltip?: string,
): vscode.CodeLens {
  return new vscode.CodeLens(range, {
    title,
    command,
    arguments: [row],
    ...(tooltip !== undefined && { tooltip }),
  });
}

function rangeAt(document: vscode.TextDocument, offset: number): vscode.Range {
  const position = document.positionAt(offset);
  return new vscode.Range(position, position);
}
