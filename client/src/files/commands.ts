import { posix } from 'node:path';
import * as vscode from 'vscode';
import { operate } from '../commands/operation.ts';
import { pickContainer, select } from '../commands/selection.ts';
import { copyFromContainer, copyToContainer } from '../engine/copy.ts';
import { findFile, ownerAt } from '../engine/files/container-files.ts';
import { isTreeRow, type TreeRow } from '../views/tree-row.ts';
import type { Workbench } from '../workbench.ts';
import { type PlacedFile, toUri } from './file-place.ts';

const { l10n } = vscode;

type Command = (workbench: Workbench, args: readonly unknown[]) => Promise<void>;

/** Shows the files of a container or volume in the tree. */
export const browseFilesCommand: Command = async (workbench, args) => {
  const [row] = chosen(args);
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

/** Copies files and folders here: one file under a name that is asked for, anything else into a folder. */
export const downloadFileCommand: Command = async (workbench, args) => {
  const files = placed(workbench, args);
  const [first] = files;
  if (first === undefined) return;
  const isOne = files.length === 1 && !workbench.tree.files.isFolder(first.row);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const [target] = isOne
    ? [await saveDialog(nameOf(first.file), folder)]
    : ((await vscode.window.showOpenDialog({
        canSelectFiles: false,
        canSelectFolders: true,
        openLabel: l10n.t('Download Here'),
        ...(folder !== undefined && { defaultUri: folder }),
      })) ?? []);
  if (target === undefined || !isOnDisk(target)) return;
  const names = files.map(({ file }) => nameOf(file)).join(', ');
  const download = async (): Promise<void> => {
    const done = await operate(workbench, {
      title: l10n.t('Download: {0}', names),
      project: '',
      again: download,
      run: async (_engine, _report, signal) => {
        for (const { file } of files) {
          const to = isOne ? target.fsPath : vscode.Uri.joinPath(target, nameOf(file)).fsPath;
          await workbench.fileAccess.at(
            file,
            async (engine, host, path) =>
              copyFromContainer(
                engine,
                host.id,
                (await findFile(engine, host, path, signal)).path,
                to,
                signal,
              ),
            signal,
          );
        }
        return true;
      },
    });
    if (done === true)
      vscode.window.setStatusBarMessage(l10n.t('Saved {0}', vscode.workspace.asRelativePath(target)), 5000);
  };
  await download();
};

/** Copies files of this machine into a folder there. */
export const uploadFilesCommand: Command = async (workbench, args) => {
  const [folder] = folders(workbench, args);
  if (folder === undefined) return;
  const sources = await vscode.window.showOpenDialog({
    canSelectFiles: true,
    canSelectMany: true,
    openLabel: l10n.t('Upload'),
  });
  await upload(workbench, folder.row, folder.file, sources ?? []);
};

export const uploadFolderCommand: Command = async (workbench, args) => {
  const [folder] = folders(workbench, args);
  if (folder === undefined) return;
  const sources = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: true,
    openLabel: l10n.t('Upload'),
  });
  await upload(workbench, folder.row, folder.file, sources ?? []);
};

/** What was dropped on a row goes into its folder. */
export async function dropFiles(
  workbench: Workbench,
  row: TreeRow,
  uris: readonly vscode.Uri[],
): Promise<void> {
  const [folder] = folders(workbench, [row]);
  if (folder !== undefined) await upload(workbench, folder.row, folder.file, uris);
}

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
  for (const row of chosen(args)) workbench.relist(row);
};

async function upload(
  workbench: Workbench,
  row: TreeRow,
  folder: PlacedFile,
  sources: readonly vscode.Uri[],
): Promise<void> {
  const files = sources.filter(isOnDisk);
  if (files.length === 0) return;
  const names = files.map((uri) => posix.basename(uri.path));
  const there = await workbench.tree.files.children(row);
  const taken = names.filter((name) =>
    there.some((each) => 'path' in each && posix.basename(each.path) === name),
  );
  if (taken.length > 0 && !(await confirmReplacing(taken))) return;
  const run = async (): Promise<void> => {
    await operate(workbench, {
      title: l10n.t('Upload: {0}', names.join(', ')),
      project: '',
      again: run,
      run: (_engine, _report, signal) =>
        workbench.fileAccess.at(
          folder,
          async (engine, host, path) => {
            const target = await findFile(engine, host, path, signal);
            const owner = await ownerAt(engine, host, target.path, signal);
            for (const uri of files) {
              await copyToContainer(engine, host.id, uri.fsPath, target.path, { owner }, signal);
            }
          },
          signal,
        ),
    });
    workbench.relist(row);
  };
  await run();
}

async function confirmReplacing(names: readonly string[]): Promise<boolean> {
  const action = l10n.t('Replace');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('{0} is there already. Replace it?', names.join(', ')),
    { modal: true, detail: l10n.t('This cannot be undone.') },
    action,
  );
  return answer === action;
}

/** A small thing done at once: `false`, and a message, when it failed. */
async function attempt(work: () => Promise<void>, name: string): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError)) throw error;
    const reasons: Readonly<Record<string, string>> = {
      FileExists: l10n.t('{0} is there already.', name),
      FileNotFound: l10n.t('{0} is no longer there.', name),
    };
    void vscode.window.showErrorMessage(reasons[error.code] ?? error.message);
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
        ? l10n.t('A name, without a slash.')
        : undefined,
  });
}

function saveDialog(name: string, folder: vscode.Uri | undefined): Thenable<vscode.Uri | undefined> {
  return vscode.window.showSaveDialog({
    saveLabel: l10n.t('Download'),
    ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
}

function isOnDisk(uri: vscode.Uri): boolean {
  if (uri.scheme === 'file') return true;
  void vscode.window.showInformationMessage(
    l10n.t('{0} is not on a disk of this machine.', uri.path.replace(/^.*\//, '')),
  );
  return false;
}

function chosen(args: readonly unknown[]): readonly TreeRow[] {
  const rows = Array.isArray(args[1]) ? args[1].filter(isTreeRow) : [];
  return rows.length > 0 ? rows : args.slice(0, 1).filter(isTreeRow);
}

function placed(workbench: Workbench, args: readonly unknown[]) {
  return chosen(args).flatMap((row) => {
    const file = workbench.tree.files.placed(row);
    return file === undefined ? [] : [{ row, file }];
  });
}

/** Those that are folders; of a file, the folder it is in. */
function folders(workbench: Workbench, args: readonly unknown[]) {
  const { tree } = workbench;
  const rows = chosen(args).map((row) => (tree.files.isFolder(row) ? row : (tree.getParent(row) ?? row)));
  return placed(workbench, [rows[0], rows]);
}

function inside(folder: PlacedFile, name: string): PlacedFile {
  return { ...folder, path: posix.join(folder.path, name) };
}

function nameOf({ place, path }: PlacedFile): string {
  return path === '/' ? place.name : posix.basename(path);
}
