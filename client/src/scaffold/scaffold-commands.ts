import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { readFileText } from '#disk/read-file.ts';
import { isProjectName, normalizeProjectName } from '#compose/load/project-name.ts';
import { select, type SelectContext } from '../stack/selection.ts';
import { composeLanguage } from '../ids.ts';
import { addService, freeName } from './add-service.ts';
import {
  type EnvironmentName,
  environmentFile,
  environmentNames,
  environmentPath,
  environmentVariables,
} from './environment-template.ts';
import { insertInto } from './insert-into.ts';
import { type ProjectKind, projectFiles } from './project-template.ts';
import { serviceTemplates } from './service-templates.ts';
import { exists, writeFiles } from './write-files.ts';

const { l10n } = vscode;

/** Asks what kind of project, writes its files, opens the compose file. */
export async function newProjectCommand(): Promise<void> {
  const folder = await askFolder();
  if (folder === undefined) return;
  const kind = await askKind();
  if (kind === undefined) return;
  const name = await vscode.window.showInputBox({
    title: l10n.t('Project name'),
    value: normalizeProjectName(basename(folder.path)) || 'app',
    validateInput: (value) =>
      value !== '' && isProjectName(value)
        ? undefined
        : l10n.t('Use only lowercase letters, digits, "-", and "_". Start with a letter or digit.'),
  });
  if (name === undefined) return;
  const written = await writeFiles(folder, projectFiles(kind, name));
  const compose = written?.find(({ path }) => /(?:^|\/)(?:docker-)?compose\.ya?ml$/.test(path));
  if (compose !== undefined) await vscode.window.showTextDocument(compose);
}

/** Asks which service, and adds it to the compose file that is open, else to the project's main file. */
export async function addServiceCommand(workbench: SelectContext, args: readonly unknown[]): Promise<void> {
  const document = await askDocument(workbench, args);
  if (document === undefined) return;
  const picked = await vscode.window.showQuickPick(
    serviceTemplates.map((template) => ({
      label: template.title,
      description: /^(?:image: .*|build:)/.exec(template.body)?.[0] ?? '',
      template,
    })),
    { placeHolder: l10n.t('Select a service') },
  );
  if (picked === undefined) return;
  const text = document.getText();
  const name = await vscode.window.showInputBox({
    title: l10n.t('Service name'),
    value: freeName(text, picked.template.name),
    validateInput: (value) =>
      !/^[a-zA-Z0-9._-]+$/.test(value)
        ? l10n.t('Use only letters, digits, "-", "_", and ".".')
        : freeName(text, value) === value
          ? undefined
          : l10n.t('A service with this name already exists.'),
  });
  if (name === undefined) return;
  const insertions = addService(text, name, picked.template);
  if (!(await insertInto(document, insertions))) return;
  const editor = await vscode.window.showTextDocument(document);
  const at = document.positionAt((insertions?.[0]?.offset ?? 0) + 1);
  editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Asks which environment, and writes its override file and its file of variables beside the project's. */
export async function addEnvironmentCommand(
  workbench: SelectContext,
  args: readonly unknown[],
): Promise<void> {
  const [selection] = await select(workbench, args, { declaredOnly: true });
  const declared = selection?.stack.declared;
  if (declared === undefined) return;
  const base = declared.reference.mainFile;
  const titles: Readonly<Record<EnvironmentName, string>> = {
    dev: l10n.t('Development'),
    test: l10n.t('Tests'),
    prod: l10n.t('Production'),
  };
  const picked = await vscode.window.showQuickPick(
    environmentNames.map((environment) => ({
      label: titles[environment],
      description: basename(environmentPath(base, environment)),
      environment,
    })),
    { placeHolder: l10n.t('Select an environment') },
  );
  if (picked === undefined) return;
  const { environment } = picked;
  const folder = vscode.Uri.file(dirname(base));
  const variables = vscode.Uri.joinPath(folder, '.env');
  const services = declared.loaded?.project.services ?? {};
  const written = await writeFiles(folder, {
    [basename(environmentPath(base, environment))]: environmentFile(environment, base, services),
    ...((await exists(variables)) && {
      [`.env.${environment}`]: environmentVariables(environment, await readFileText(variables.fsPath, 'env')),
    }),
  });
  const [first] = written ?? [];
  if (first !== undefined) await vscode.window.showTextDocument(first);
}

async function askFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 1) return folders[0]?.uri;
  if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick())?.uri;
  const [picked] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: l10n.t('Create Project Here'),
    })) ?? [];
  return picked;
}

async function askKind(): Promise<ProjectKind | undefined> {
  const kinds: readonly { readonly label: string; readonly detail: string; readonly kind: ProjectKind }[] = [
    {
      label: l10n.t('Web application'),
      detail: l10n.t(
        'Frontend (nginx), backend (Node.js), and PostgreSQL, for development, test, and production',
      ),
      kind: 'web',
    },
    { label: l10n.t('Static site'), detail: l10n.t('nginx and a page'), kind: 'static' },
    { label: l10n.t('One service'), detail: l10n.t('A Compose file to start with'), kind: 'small' },
  ];
  const picked = await vscode.window.showQuickPick(
    kinds.map(({ label, detail, kind }) => ({ label, detail, what: kind })),
    { placeHolder: l10n.t('Select the type of project') },
  );
  return picked?.what;
}

async function askDocument(
  workbench: SelectContext,
  args: readonly unknown[],
): Promise<vscode.TextDocument | undefined> {
  const active = vscode.window.activeTextEditor?.document;
  if (args.length === 0 && active?.languageId === composeLanguage) return active;
  const [selection] = await select(workbench, args, { declaredOnly: true });
  const file = selection?.stack.declared?.reference.mainFile;
  return file === undefined ? undefined : vscode.workspace.openTextDocument(vscode.Uri.file(file));
}
