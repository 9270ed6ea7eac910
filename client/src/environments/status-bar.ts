import * as vscode from 'vscode';
import * as configuration from '../shared/configuration.ts';
import { errorText } from '../shared/error-text.ts';
import { EnginesCommands } from '../engines/engines-command-ids.ts';
import { EnvironmentsCommands } from './environments-command-ids.ts';
import { composeLanguage } from '../ids.ts';
import type { DeclaredProject } from '../workspace/declared.ts';
import { referenceOf } from '../workspace/discover.ts';
import { chosenName } from '../tree/seen-engines.ts';
import type { Engines } from '../workspace/engines.ts';
import type { ProjectFiles } from '../workspace/project-files.ts';
import { engineStatus } from './engine-status.ts';
import { namesOf } from './find-environments.ts';

const { l10n } = vscode;

/** What is run, and where: the environment of the project in view, and the engine when it is not the usual one or is gone. */
export class StatusBar implements vscode.Disposable {
  readonly #files: ProjectFiles;
  readonly #engines: Engines;
  readonly #environment = vscode.window.createStatusBarItem(
    'composure.environment',
    vscode.StatusBarAlignment.Left,
    20,
  );
  readonly #context = vscode.window.createStatusBarItem(
    'composure.engine',
    vscode.StatusBarAlignment.Left,
    19,
  );
  readonly #disposables: readonly vscode.Disposable[];

  constructor(files: ProjectFiles, engines: Engines) {
    this.#files = files;
    this.#engines = engines;
    this.#environment.name = l10n.t('Compose environment');
    this.#context.name = l10n.t('Docker Engine');
    this.#context.command = EnginesCommands.chooseContext;
    this.#disposables = [
      this.#environment,
      this.#context,
      files.onDidChange(() => this.#show()),
      engines.chosen.onDidChange(() => this.#show()),
      engines.onDidChangeAdded(() => this.#show()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#show()),
    ];
    this.#show();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #show(): void {
    this.#showEnvironment();
    this.#showEngine();
  }

  #showEnvironment(): void {
    const { declared } = this.#files;
    const [first] = declared;
    if (first === undefined) {
      this.#environment.hide();
      return;
    }
    const active = this.#active();
    const one = active ?? (declared.length === 1 ? first : undefined);
    if (one === undefined) {
      this.#environment.text = `$(layers) ${l10n.t('{0} projects', declared.length)}`;
      this.#environment.tooltip = l10n.t("Choose a project's environment");
      this.#environment.command = EnvironmentsCommands.chooseEnvironment;
    } else {
      this.#environment.text = `$(layers) ${[one.name, variantOf(one)].filter((part) => part !== '').join(': ')}`;
      this.#environment.tooltip = tooltipOf(one);
      this.#environment.command = {
        command: EnvironmentsCommands.chooseEnvironment,
        title: l10n.t('Choose Environment…'),
        arguments: [vscode.Uri.file(one.reference.mainFile)],
      };
    }
    this.#environment.accessibilityInformation = {
      label: l10n.t('Compose environment: {0}', this.#environment.text.replace('$(layers) ', '')),
    };
    this.#environment.show();
  }

  #active(): DeclaredProject | undefined {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== composeLanguage || document.uri.scheme !== 'file') return undefined;
    const { id, directory } = referenceOf(document.uri.fsPath, this.#files.references);
    return this.#files.declared.find(({ reference }) => reference.id === id || reference.id === directory);
  }

  #showEngine(): void {
    const { snapshot } = this.#engines.chosen;
    const several = this.#engines.added.size > 0;
    const named = configuration.context() || configuration.host() || (several ? chosenName() : '');
    const status = engineStatus(snapshot, named, l10n.t);
    if (status === undefined) {
      this.#context.hide();
      return;
    }
    const { text, isGone, known } = status;
    this.#context.text = text;
    this.#context.tooltip = isGone
      ? [errorText(snapshot.error ?? ''), known].filter((line) => line !== '').join('\n')
      : l10n.t('The Docker context of this workspace; click to choose another');
    this.#context.backgroundColor = isGone
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.#context.show();
  }
}

/** `prod +debug`: the environment, and what profiles add to it. */
function variantOf({ reference, profiles }: DeclaredProject): string {
  const { id, environment, files } = reference;
  const active = profiles.filter((profile) => profile.active).map(({ name }) => `+${name}`);
  return [environment ?? (files.length > 0 && files[0] !== id ? namesOf(files) : ''), ...active]
    .filter((part) => part !== '')
    .join(' ');
}

function tooltipOf({ name, reference, loaded, profiles }: DeclaredProject): vscode.MarkdownString {
  const text = new vscode.MarkdownString(l10n.t('**{0}** is run with', name));
  const line = (label: string, value: string) => {
    if (value !== '') text.appendMarkdown(`  \n${label}: `).appendText(value);
  };
  line(l10n.t('Files'), namesOf(loaded?.files ?? reference.files));
  line(l10n.t('Variables'), namesOf(reference.envFiles ?? []));
  line(
    l10n.t('Profiles'),
    profiles
      .filter((profile) => profile.active)
      .map((profile) => profile.name)
      .join(', '),
  );
  return text.appendMarkdown(`  \n${l10n.t('Select to change the environment.')}`);
}
