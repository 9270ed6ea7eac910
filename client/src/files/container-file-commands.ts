import { posix } from 'node:path';
import * as vscode from 'vscode';
import { errorText } from '../shared/error-text.ts';
import { pickContainer, select, type SelectContext } from '../stack/selection.ts';
import type { ContainerFilesContext } from './engine-files.ts';
import type { TreeContext } from '../tree/tree-context.ts';
import { folders, inside, nameOf, placed } from './chosen.ts';
import { calledRows } from '../tree/tree-row.ts';
import { toUri } from './file-place.ts';

const { l10n } = vscode;

type Command = (
  workbench: SelectContext & ContainerFilesContext & TreeContext,
  args: readonly unknown[],
) => Promise<void>;

/** Shows the files of a container or volume in the tree. */
export const browseFilesCommand: Command = async (workbench, args) => {
  const [row] = calledRows(args);
  if (row?.kind === 'volume') return workbench.reveal(row);
  const [selection] = await select(workbench, args);
  if (selection === undefined) return;
  const container = await pickContainer(selection, () => true);
  const service = selection.stack.services.find(({ containers }) =>
    containers.some(({ id }) => id === container?.id),
  );
  if (container === undefined || service === undefined) return;
  await workbench.reveal(workbench.tree.filesOf(selection.stack.key, service.name, container.id));
};

/** Opens files in editors. */
export const openContainerFileCommand: Command = async (workbench, args) => {
  const files = placed(workbench, args).filter(({ row }) => !workbench.tree.files.isFolder(row));
  for (const { file } of files)
    await vscode.commands.executeCommand('vscode.open', toUri(file), { preview: files.length === 1 });
};

export const newContainerFileCommand: Command = async (workbench, args) => {
  const [folder] = folders(workbench, args);
  if (folder === undefined) return;
  const name = await askName(l10n.t('The name of the new file in {0}', folder.file.path), '');
  if (name === undefined) return;
  const uri = toUri(inside(folder.file, name));
  const isDone = await attempt(async () => {
    await workbench.containerFiles.writeFile(uri, new Uint8Array(), { create: true, overwrite: false });
  }, name);
  workbench.relist(folder.row);
  if (isDone) await vscode.commands.executeCommand('vscode.open', uri);
};

export const newContainerFolderCommand: Command = async (workbench, args) => {
  const [folder] = folders(workbench, args);
  if (folder === undefined) return;
  const name = await askName(l10n.t('The name of the new folder in {0}', folder.file.path), '');
  if (name === undefined) return;
  await attempt(() => workbench.containerFiles.createDirectory(toUri(inside(folder.file, name))), name);
  workbench.relist(folder.row);
};

export const renameFileCommand: Command = async (workbench, args) => {
  const [chosenFile] = placed(workbench, args.slice(0, 1));
  if (chosenFile === undefined) return;
  const { row, file } = chosenFile;
  const old = nameOf(file);
  const name = await askName(l10n.t('The new name of {0}', old), old);
  if (name === undefined || name === old) return;
  const to = { ...file, path: posix.join(posix.dirname(file.path), name) };
  await attempt(() => workbench.containerFiles.rename(toUri(file), toUri(to), { overwrite: false }), old);
  workbench.relist(workbench.tree.getParent(row));
};

/** Removes files and folders, after asking. */
export const deleteFileCommand: Command = async (workbench, args) => {
  const files = placed(workbench, args);
  const [first] = files;
  if (first === undefined) return;
  const action = l10n.t('Delete');
  const where = first.file.place.name;
  const answer = await vscode.window.showWarningMessage(
    files.length === 1
      ? l10n.t('Delete {0} from {1}?', nameOf(first.file), where)
      : l10n.t('Delete {0} files and folders from {1}?', files.length, where),
    {
      modal: true,
      detail: `${files.map(({ file }) => `• ${file.path}`).join('\n')}\n\n${l10n.t('This cannot be undone.')}`,
    },
    action,
  );
  if (answer !== action) return;
  for (const { row, file } of files) {
    await attempt(() => workbench.containerFiles.delete(toUri(file)), nameOf(file));
    workbench.relist(workbench.tree.getParent(row));
  }
};

/** The paths, as they are in the container. */
export const copyPathCommand: Command = async (workbench, args) => {
  await vscode.env.clipboard.writeText(
    placed(workbench, args)
      .map(({ file }) => file.path)
      .join('\n'),
  );
};

export const refreshFilesCommand: Command = async (workbench, args) => {
  for (const row of calledRows(args)) workbench.relist(row);
};

/** A small thing done at once: `false`, and a message, when it failed. */
async function attempt(work: () => Promise<void>, name: string): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError)) throw error;
    const reasons: Readonly<Record<string, string>> = {
      FileExists: l10n.t('{0} already exists.', name),
      FileNotFound: l10n.t('{0} no longer exists.', name),
    };
    void vscode.window.showErrorMessage(reasons[error.code] ?? errorText(error));
    return false;
  }
}

function askName(prompt: string, value: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    prompt,
    value,
    valueSelection: [0, posix.extname(value) === '' ? value.length : value.lastIndexOf('.')],
    validateInput: (name) =>
      name.trim() === '' || name === '.' || name === '..' || name.includes('/')
        ? l10n.t('Enter a name without a slash.')
        : undefined,
  });
}
