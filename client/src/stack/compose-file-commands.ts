import * as vscode from 'vscode';
import { isTreeRow } from '../tree/tree-row.ts';
import type { StacksContext } from '../workspace/contexts.ts';
import { rangeOf } from '../workspace/problem-reports.ts';
import { containersOf } from './selected.ts';
import { fromClick } from './stack-command-ids.ts';
import { select, type SelectContext } from './selection.ts';

const { l10n } = vscode;

/**
 * Opens the compose file, at the service's line where one was chosen. After a click on a row (`fromClick`) the keyboard stays in the tree: its single
 * keys would be typed over the name otherwise.
 */
export async function openFileCommand(workbench: SelectContext, args: readonly unknown[]): Promise<void> {
  const [selection] = await select(workbench, args.slice(0, 1), { declaredOnly: true });
  const declared = selection?.stack.declared;
  if (selection === undefined || declared === undefined) return;
  const span = selection.stack.services.find(({ name }) => name === selection.services?.[0])?.declared?.span;
  const uri = span === undefined ? vscode.Uri.file(declared.reference.mainFile) : vscode.Uri.parse(span.uri);
  await vscode.window.showTextDocument(uri, {
    preserveFocus: args[1] === fromClick,
    ...(span !== undefined && { selection: await rangeOf(span) }),
  });
}

export async function copyNameCommand(workbench: StacksContext, args: readonly unknown[]): Promise<void> {
  const rows = Array.isArray(args[1]) ? args[1].filter(isTreeRow) : args.slice(0, 1).filter(isTreeRow);
  const names = rows.flatMap((row) => {
    if (row.kind === 'network' || row.kind === 'volume') return [row.name];
    if (row.kind === 'service') return [row.service];
    if (!('stack' in row)) return [];
    const stack = workbench.stacks.stack(row.stack);
    if (row.kind === 'project') return stack === undefined ? [] : [stack.name];
    const containers = stack?.services.flatMap((service) => service.containers) ?? [];
    return row.kind === 'container'
      ? containers.filter(({ id }) => id === row.container).map(({ name }) => name)
      : [];
  });
  await vscode.env.clipboard.writeText(names.join('\n'));
}

export async function copyIdCommand(workbench: SelectContext, args: readonly unknown[]): Promise<void> {
  const selections = await select(workbench, args);
  await vscode.env.clipboard.writeText(
    selections
      .flatMap(containersOf)
      .map(({ id }) => id)
      .join('\n'),
  );
}

const firstFile = `services:
  web:
    image: nginx:alpine
    ports:
      - "8080:80"
`;

/** Writes a small compose.yaml and opens it; an existing one is only opened. */
export async function createFileCommand(): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0];
  if (folder === undefined) {
    if (folders.length === 0)
      void vscode.window.showInformationMessage(
        l10n.t('Open a folder first. The file will be created in it.'),
      );
    return;
  }
  const uri = vscode.Uri.joinPath(folder.uri, 'compose.yaml');
  const exists = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  if (!exists) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(firstFile));
  await vscode.window.showTextDocument(uri);
}
