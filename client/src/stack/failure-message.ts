import * as vscode from 'vscode';
import { EngineError } from '#engine/api/engine-error.ts';
import { EnginesCommands } from '../engines/engines-command-ids.ts';
import { errorText } from '../shared/error-text.ts';
import { maskSecrets } from '../shared/mask.ts';
import { notificationText } from '../shared/notification-text.ts';
import { pullText } from '../shared/pull-text.ts';
import type { LogTerminalsContext } from '../terminal/log-terminals.ts';
import type { LogContext, StacksContext } from '../workspace/contexts.ts';
import type { Stack } from '../workspace/stacks.ts';
import { briefly, type FailureAction, failureActions, serviceAbout } from './failure-actions.ts';

const { l10n } = vscode;

interface Action {
  readonly title: string;
  readonly run: () => unknown;
}

/** An operation that failed. */
export interface Failed {
  readonly title: string;
  readonly project: string;
  /** The engine, where that is not the chosen one. */
  readonly engine?: string | undefined;
  /** The whole command once more. */
  readonly again: () => unknown;
}

/** What the error is about. */
interface About {
  readonly stack: Stack | undefined;
  readonly file: string | undefined;
  readonly subject: string | undefined;
}

type FailureContext = LogContext & LogTerminalsContext & StacksContext;

/** Says what went wrong, in the engine layer's own words, with what can be done about it. Resolves at once: nobody has to answer. */
export async function showFailure(
  workbench: FailureContext,
  operation: Failed,
  error: unknown,
): Promise<void> {
  if (!(error instanceof EngineError)) throw error;
  const { kind, subject, pull } = error;
  // A port is `8080/tcp` to the engine and `8080` in a sentence.
  const isNamed = subject !== undefined && error.mentions(subject.replace(/\/(?:tcp|udp|sctp)$/, ''));
  const about = subject === undefined || pull !== undefined || isNamed ? '' : `${subject}: `;
  workbench.log.error(`${operation.title}: ${maskSecrets(about + error.message)}`);
  const message = maskSecrets(
    pull !== undefined && subject !== undefined ? pullText(pull, subject, l10n.t) : about + errorText(error),
  );
  const { project, engine } = operation;
  const named = workbench.stacks.stacks.filter(({ name }) => name === project);
  const stack = named.find((each) => each.engine === engine) ?? named[0];
  // On an engine that does not run it yet, the project's files are those of the chosen one.
  const file = (stack?.declared ?? named.find(({ declared }) => declared !== undefined)?.declared)?.reference
    .mainFile;
  const hasFile = file !== undefined;
  const actions = failureActions(kind, { isTrusted: vscode.workspace.isTrusted, hasFile }).map((action) =>
    toAction(action, workbench, operation, { stack, file, subject }),
  );
  void vscode.window
    .showErrorMessage(
      notificationText(`${operation.title}: ${briefly(message)}`),
      ...actions.map(({ title }) => title),
    )
    .then((title) => actions.find((action) => action.title === title)?.run());
}

function toAction(
  action: FailureAction,
  workbench: FailureContext,
  operation: Failed,
  { stack, file = '', subject }: About,
): Action {
  const execute = (command: string) => () => vscode.commands.executeCommand(command);
  switch (action) {
    case 'retry':
      return { title: l10n.t('Retry'), run: operation.again };
    case 'choose-context':
      return { title: l10n.t('Choose Context…'), run: execute(EnginesCommands.chooseContext) };
    case 'show-logs':
      return { title: l10n.t('Show Logs'), run: () => showLogs(workbench, operation, stack, subject) };
    case 'trust':
      return { title: l10n.t('Manage Workspace Trust'), run: execute('workbench.trust.manage') };
    case 'open-file':
      return {
        title: l10n.t('Open File'),
        run: () => vscode.window.showTextDocument(vscode.Uri.file(file)),
      };
    case 'show-output':
      return { title: l10n.t('Show Output'), run: () => workbench.log.show() };
  }
}

/** Of the container or service the error is about; of all when that is not known. */
function showLogs(
  { logTerminals }: LogTerminalsContext,
  { project, engine }: Failed,
  stack: Stack | undefined,
  subject: string | undefined,
): void {
  const service = serviceAbout(stack, subject);
  logTerminals.show({
    selection: { project, ...(service !== undefined && { services: [service.name] }) },
    engine,
    title: service === undefined ? project : `${project} › ${service.name}`,
    services: stack?.services.map(({ name }) => name) ?? [],
  });
}
