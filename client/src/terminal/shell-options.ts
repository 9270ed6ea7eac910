import * as vscode from 'vscode';
import * as configuration from '../shared/configuration.ts';
import { containerTitle } from '../stack/selected.ts';
import { pickContainer, type SelectContext, select } from '../stack/selection.ts';
import { commandWords } from './ask-command.ts';
import { openShell } from './shell-terminal.ts';

const { l10n } = vscode;

interface Choices {
  readonly command: string;
  readonly user: string;
  readonly workingDir: string;
  readonly env: string;
}

type Field = keyof Choices;

/** A shell, with another user, folder, program or variables than usual. */
export async function shellWithCommand(workbench: SelectContext, args: readonly unknown[]): Promise<void> {
  for (const selection of await select(workbench, args)) {
    const container = await pickContainer(selection);
    if (container === undefined) continue;
    const title = containerTitle(selection.stack.name, container.name);
    const chosen = await choose(title);
    if (chosen === undefined) continue;
    openShell(workbench.engines.of(selection.stack), {
      containerId: container.id,
      title,
      command: chosen.command === '' ? configuration.shellCommand() : commandWords(chosen.command),
      ...(chosen.user !== '' && { user: chosen.user }),
      ...(chosen.workingDir !== '' && { workingDir: chosen.workingDir }),
      env: chosen.env.split(/\s+/).filter((each) => each.includes('=')),
    });
  }
}

/** Until *Open* is taken. */
async function choose(title: string): Promise<Choices | undefined> {
  let choices: Choices = { command: '', user: '', workingDir: '', env: '' };
  for (;;) {
    const item = (field: Field, label: string, usual: string) => ({
      label,
      description: choices[field] === '' ? usual : choices[field],
      field,
    });
    const open = { label: `$(terminal) ${l10n.t('Open')}`, description: '', field: undefined };
    const picked = await vscode.window.showQuickPick(
      [
        open,
        item('command', l10n.t('Program'), l10n.t('bash, or sh if the container has no bash')),
        item('user', l10n.t('User'), l10n.t('default of the image')),
        item('workingDir', l10n.t('Folder'), l10n.t('default of the image')),
        item('env', l10n.t('Variables'), l10n.t('only those of the container')),
      ],
      { title: l10n.t('Shell in {0}', title) },
    );
    if (picked === undefined) return undefined;
    const { field, label } = picked;
    if (field === undefined) return choices;
    const value = await vscode.window.showInputBox({
      title: `${l10n.t('Shell in {0}', title)} › ${label}`,
      value: choices[field],
      placeHolder: examples[field],
    });
    if (value !== undefined) choices = { ...choices, [field]: value.trim() };
  }
}

const examples: Readonly<Record<Field, string>> = {
  command: 'zsh -l',
  user: '1000:1000',
  workingDir: '/app',
  env: 'DEBUG=1 LOG_LEVEL=debug',
};
