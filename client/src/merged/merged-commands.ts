import { basename } from 'node:path';
import * as vscode from 'vscode';
import { nodeHost } from '#engine/project/disk-host.ts';
import { declaredOf } from '../environments/declared-of.ts';
import { findEnvironments, type KnownEnvironment, namesOf } from '../environments/find-environments.ts';
import type { SelectContext } from '../stack/selection.ts';
import type { ExtensionScope, ProjectFilesContext } from '../workspace/contexts.ts';
import type { DeclaredProject } from '../workspace/declared.ts';
import { MergedDocuments } from './merged-documents.ts';

const { l10n } = vscode;

/** Opens the project as everything that is run sees it: merged, filled in, read-only. */
export async function showMergedCommand(
  workbench: SelectContext & ExtensionScope,
  args: readonly unknown[],
): Promise<void> {
  const declared = await declaredOf(workbench, args);
  if (declared === undefined) return;
  const { mainFile, environment } = declared.reference;
  const name = environment === undefined ? declared.name : `${declared.name} (${environment})`;
  const uri = documentsOf(workbench).uriOf(l10n.t('{0}, merged', name), { main: mainFile });
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
}

/** Opens two environments of a project beside each other, the differences marked. */
export async function compareEnvironmentsCommand(
  workbench: SelectContext & ExtensionScope,
  args: readonly unknown[],
): Promise<void> {
  const declared = await declaredOf(workbench, args);
  if (declared === undefined) return;
  const { directory } = declared.reference;
  const known = findEnvironments(directory, await nodeHost({}).files.list(directory));
  if (known.length < 2) {
    void vscode.window.showInformationMessage(
      l10n.t(
        'There is only one environment. To add another, create a file such as compose.prod.yaml next to {0}.',
        basename(declared.reference.mainFile),
      ),
    );
    return;
  }
  const left = await pick(known, l10n.t('Select the first environment to compare'));
  const rest = known.filter((each) => each !== left);
  const right =
    left === undefined || rest.length === 1
      ? rest[0]
      : await pick(rest, l10n.t('Select the environment to compare with'));
  if (left === undefined || right === undefined) return;
  const uris = [left, right].map((each) => uriOf(workbench, declared, each));
  const title = `${declared.name}: ${labelOf(left)} ↔ ${labelOf(right)}`;
  await vscode.commands.executeCommand('vscode.diff', ...uris, title);
}

export function showSecretsCommand(workbench: ExtensionScope & ProjectFilesContext, shown: boolean): void {
  documentsOf(workbench).showSecrets(shown);
}

function documentsOf(workbench: ExtensionScope & ProjectFilesContext): MergedDocuments {
  return workbench.once.of<ProjectFilesContext, MergedDocuments>(MergedDocuments, workbench);
}

function uriOf(
  workbench: ExtensionScope & ProjectFilesContext,
  { name, reference }: DeclaredProject,
  environment: KnownEnvironment,
): vscode.Uri {
  return documentsOf(workbench).uriOf(`${name} (${labelOf(environment)})`, {
    main: reference.mainFile,
    environment,
  });
}

async function pick(
  known: readonly KnownEnvironment[],
  placeHolder: string,
): Promise<KnownEnvironment | undefined> {
  const items = known.map((environment) => ({
    label: labelOf(environment),
    description: namesOf(environment.reads),
    environment,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.environment;
}

function labelOf({ name }: KnownEnvironment): string {
  return name === '' ? l10n.t('standard') : name;
}
