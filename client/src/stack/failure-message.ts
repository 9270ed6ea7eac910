import * as vscode from 'vscode';
import { EngineError } from '#engine/api/engine-error.ts';
import { errorText } from '../shared/error-text.ts';
import { EnginesCommands } from '../engines/engines-command-ids.ts';
import { maskSecrets } from '../shared/mask.ts';
import type { LogTerminalsContext } from '../terminal/log-terminals.ts';
import type { LogContext, StacksContext } from '../workspace/contexts.ts';

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

/** Says what went wrong, in the engine layer's own words, with what can be done about it. Resolves at once: nobody has to answer. */
export async function showFailure(
  workbench: LogContext & LogTerminalsContext & StacksContext,
  operation: Failed,
  error: unknown,
): Promise<void> {
  if (!(error instanceof EngineError)) throw error;
  const { subject } = error;
  const about = subject === undefined || error.message.includes(subject) ? '' : `${subject}: `;
  workbench.log.error(`${operation.title}: ${maskSecrets(about + error.message)}`);
  const message = maskSecrets(about + errorText(error));
  const retry: Action = { title: l10n.t('Retry'), run: operation.again };
  const actions = actionsFor(workbench, operation.project, error, retry);
  void vscode.window
    .showErrorMessage(`${operation.title}: ${briefly(message)}`, ...actions.map(({ title }) => title))
    .then((title) => actions.find((action) => action.title === title)?.run());
}

function actionsFor(
  workbench: LogContext & LogTerminalsContext & StacksContext,
  project: string,
  { kind, subject }: EngineError,
  retry: Action,
): readonly Action[] {
  const log: Action = { title: l10n.t('Show Log'), run: () => workbench.log.show() };
  const execute = (title: string, command: string): Action => ({
    title,
    run: () => vscode.commands.executeCommand(command),
  });
  switch (kind) {
    case 'unreachable':
      return [retry, execute(l10n.t('Choose Context…'), EnginesCommands.chooseContext), log];
    case 'unhealthy':
    case 'dependency-failed':
      return [
        { title: l10n.t('Show Its Logs'), run: () => showLogs(workbench, project, subject) },
        retry,
        log,
      ];
    case 'unsupported':
      return vscode.workspace.isTrusted
        ? [log]
        : [execute(l10n.t('Manage Workspace Trust'), 'workbench.trust.manage')];
    case 'port-in-use':
    case 'pull-denied':
    case 'image-missing':
    case 'invalid':
      return [retry, ...openFile(workbench, project), log];
    default:
      return [retry, log];
  }
}

function openFile({ stacks }: StacksContext, project: string): readonly Action[] {
  const file = stacks.stacks.find(({ name }) => name === project)?.declared?.reference.mainFile;
  if (file === undefined) return [];
  return [{ title: l10n.t('Open File'), run: () => vscode.window.showTextDocument(vscode.Uri.file(file)) }];
}

/** Without the places that were tried and the engine's own words behind ours: they fill many lines, and are in the log. */
export function briefly(message: string): string {
  const [first = ''] = message.split('\n');
  return first.replace(/ [^.!?]*:$/, '').replace(/([.!?]) \(.{80,}\)\.?$/, '$1');
}

/** Of the container or service the error is about; of all when that is not known. */
function showLogs(
  { stacks, logTerminals }: LogTerminalsContext & StacksContext,
  project: string,
  subject: string | undefined,
): void {
  const stack = stacks.stacks.find(({ name }) => name === project);
  const service = stack?.services.find(
    ({ name, containers }) =>
      name === subject || containers.some((each) => each.name === subject || each.id === subject),
  );
  logTerminals.show({
    selection: { project, ...(service !== undefined && { services: [service.name] }) },
    title: service === undefined ? project : `${project} › ${service.name}`,
    services: stack?.services.map(({ name }) => name) ?? [],
  });
}
