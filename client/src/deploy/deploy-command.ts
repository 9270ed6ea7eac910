import * as vscode from 'vscode';
import type { LoadedProject } from '#compose/load/request.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { deploy, type DeployOptions, usualHealthWait } from '#engine/operations/deploy.ts';
import type { DeployReport } from '#engine/operations/deploy-report.ts';
import { runBackup } from '#engine/operations/run-backup.ts';
import { planDocument } from '../plan/plan-document.ts';
import { askWithPlan } from '../plan/plan-editor.ts';
import * as configuration from '../shared/configuration.ts';
import { errorText } from '../shared/error-text.ts';
import { maskSecrets } from '../shared/mask.ts';
import { notificationText } from '../shared/notification-text.ts';
import { messageText } from '../shared/translate.ts';
import { sayDone } from '../stack/done-message.ts';
import { loadToRun } from '../stack/load-to-run.ts';
import { operate } from '../stack/operation.ts';
import { type Selection, titleOf } from '../stack/selected.ts';
import { select } from '../stack/selection.ts';
import type { UpContext } from '../stack/up-commands.ts';
import { connectOptions } from '../workspace/engine-options.ts';
import { outcomeLine, reportDocument } from './report-document.ts';
import { showReport } from '../shared/report-editor.ts';

const { l10n } = vscode;

/** How data is saved before anything is changed. */
type Saving =
  | { readonly kind: 'running' | 'stopped' | 'none' }
  | { readonly kind: 'backup'; readonly command: string };

/** A new version in the place of what runs, service by service, by the rules of `deploy.update_config`; or else what ran before. Says how it ended, with a report. */
export async function deployCommand(workbench: UpContext, args: readonly unknown[]): Promise<void> {
  for (const selection of await select(workbench, args, { declaredOnly: true }))
    await deploySelection(workbench, selection);
}

async function deploySelection(workbench: UpContext, selection: Selection): Promise<void> {
  const { stack, services = [] } = selection;
  const { declared, engine: on } = stack;
  if (declared === undefined) return;
  const { reference } = declared;
  const saving = await askHowToSave(workbench, reference.id);
  if (saving === undefined) return;
  const loaded = await loadToRun(workbench, { reference, services }, declared.loaded);
  if (loaded === undefined) return;
  const title = l10n.t('Deploy: {0}', titleOf(selection));
  const again = () => deploySelection(workbench, selection);
  const ended = await operate(workbench, {
    title,
    project: loaded.project.name,
    engine: on,
    stops: true,
    again,
    run: async (engine, report, signal) => {
      const options = optionsFor(workbench, selection, loaded, engine, saving, title);
      const result = await deploy(engine, loaded, options, report, signal);
      const [first] = result.errors;
      // Given up before anything was changed: said as with every other operation.
      if (result.outcome === 'refused' && first instanceof EngineError && first.kind === 'cancelled')
        throw first;
      return result;
    },
  });
  if (ended !== undefined) await sayHowItEnded(workbench, selection, title, ended);
}

function optionsFor(
  workbench: UpContext,
  { stack, services = [] }: Selection,
  loaded: LoadedProject,
  engine: EnginePort,
  saving: Saving,
  title: string,
): DeployOptions {
  const { log, files } = workbench;
  const resource = stack.declared && vscode.Uri.file(stack.declared.reference.mainFile);
  const write = (text: string) => log.info(maskSecrets(text.trimEnd()));
  return {
    ...files.programs,
    services,
    healthWithin: usualHealthWait,
    // Who says in the files when to pull is followed, as with `--pull policy`.
    ...(!Object.values(loaded.project.services).some(({ pull_policy: own }) => own !== undefined) && {
      pull: 'always' as const,
    }),
    removeOrphans: resource !== undefined && configuration.removeOrphans(resource),
    ignoreOrphans: true,
    onWarning: (warning) => log.warn(messageText(warning, l10n.t)),
    hookOutput: (container, line) => write(`${container}: ${line}`),
    build: async (names, report, signal) => {
      const { buildServices } = await import('#engine/image-build/build-services.ts');
      const onOutput = (service: string, line: string) => write(`${service}: ${line}`);
      await buildServices(engine, loaded, names, { onOutput }, report, signal);
    },
    agree: async (plan) => {
      const preview = { plan, changes: new Map(), changedVolumes: [], builds: [] };
      return (await askWithPlan(workbench, title, planDocument(title, preview, l10n.t), false)) === 'apply';
    },
    ...(saving.kind === 'backup' && {
      backup: (signal) => {
        const { environment, host, context } = connectOptions(stack.engine);
        const where = {
          environment,
          host,
          context,
          write: (chunk: Uint8Array) => write(Buffer.from(chunk).toString()),
        };
        return runBackup(where, loaded, saving.command, signal);
      },
    }),
    ...((saving.kind === 'running' || saving.kind === 'stopped') && {
      snapshots: { folder: loaded.workingDirectory, stopped: saving.kind === 'stopped' },
    }),
  };
}

/** `undefined`: given up. The command that was given last is offered again. */
async function askHowToSave({ context }: UpContext, project: string): Promise<Saving | undefined> {
  const key = `deploy.backup ${project}`;
  const known = context.workspaceState.get<string>(key);
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: l10n.t('Take Snapshots'),
        description: l10n.t('of all volumes, while the services run'),
        kindOf: 'running' as const,
      },
      {
        label: l10n.t('Stop and Take Snapshots'),
        description: l10n.t('nothing writes to the volumes meanwhile'),
        kindOf: 'stopped' as const,
      },
      {
        label: l10n.t('Run a Backup Command…'),
        description: known ?? l10n.t('in the shell, in the project folder'),
        kindOf: 'backup' as const,
      },
      { label: l10n.t('Save Nothing'), kindOf: 'none' as const },
    ],
    { title: l10n.t('Deploy'), placeHolder: l10n.t('Select how to save data before the new version starts') },
  );
  if (picked?.kindOf !== 'backup') return picked && { kind: picked.kindOf };
  const command = await vscode.window.showInputBox({
    title: l10n.t('Deploy'),
    prompt: l10n.t(
      'Command that saves the data, for example a database dump. If it fails, nothing is deployed.',
    ),
    value: known ?? '',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? l10n.t('Enter a command.') : undefined),
  });
  if (command === undefined) return undefined;
  await context.workspaceState.update(key, command);
  return { kind: 'backup', command };
}

async function sayHowItEnded(
  workbench: UpContext,
  { stack }: Selection,
  title: string,
  report: DeployReport,
): Promise<void> {
  const reasons = report.errors.map(errorText);
  const outcome = outcomeLine(report, l10n.t);
  const text = [outcome, ...reasons.slice(0, 1)].join('. ');
  workbench.log.info(text);
  if (report.outcome === 'deployed' || report.outcome === 'unchanged')
    sayDone({ project: stack.name, engine: stack.engine }, `$(check) ${outcome}`);
  else void vscode.window.showErrorMessage(notificationText(text));
  await showReport(workbench, title, reportDocument(report, reasons, l10n.t));
}
