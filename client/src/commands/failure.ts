import * as vscode from 'vscode';
import { EngineError } from '../engine/errors.ts';
import { Commands } from '../ids.ts';
import { maskSecrets } from '../mask.ts';
import type { Workbench } from '../workbench.ts';
import { type Operation, operate } from './operation.ts';

const { l10n } = vscode;

interface Action {
  readonly title: string;
  readonly run: () => unknown;
}

/** Says what went wrong, in the engine layer's own words, with what can be done about it. Resolves at once: nobody has to answer. */
export async function showFailure<T>(
  workbench: Workbench,
  operation: Operation<T>,
  error: unknown,
): Promise<void> {
  const message = maskSecrets(error instanceof Error ? error.message : String(error));
  workbench.log.error(`${operation.title}: ${message}`);
  if (!(error instanceof EngineError)) throw error;
  const retry: Action = { title: l10n.t('Retry'), run: () => operate(workbench, operation) };
  const actions = actionsFor(workbench, operation.project, error, retry);
  // The places that were tried fill many lines: they are in the log.
  const [first = '', ...more] = message.split('\n');
  const shown = more.length > 0 ? first.replace(/ Tried:$/, '') : message;
  void vscode.window
    .showErrorMessage(`${operation.title}: ${shown}`, ...actions.map(({ title }) => title))
    .then((title) => actions.find((action) => action.title === title)?.run());
}

function actionsFor(
  workbench: Workbench,
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
      return [retry, execute(l10n.t('Choose Context…'), Commands.chooseContext), log];
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
    default:
      return [retry, log];
  }
}

/** Of the container or service the error is about; of all when that is not known. */
function showLogs({ stacks, logTerminals }: Workbench, project: string, subject: string | undefined): void {
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
