import { posix, relative } from 'node:path';
import * as vscode from 'vscode';
import { operate, type OperateContext } from '../stack/operation.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { copyToContainer, stageFromContainer } from '#engine/operations/copy.ts';
import { findFile, ownerAt } from '#engine/files/container-files.ts';
import type { FileHost } from '#engine/files/file-host.ts';
import { pathIn } from '#engine/files/held-name.ts';
import { leftOutMessages } from '#engine/files/left-out.ts';
import type { StagedCopy } from '#engine/files/staged-copy.ts';
import { messageText } from '../shared/translate.ts';
import type { TreeRow } from '../tree/tree-row.ts';
import type { FileAccessContext } from './file-access.ts';
import type { TreeContext } from '../tree/tree-context.ts';
import type { StacksContext } from '../workspace/contexts.ts';
import { type ChosenFile, folders, nameOf, placed } from './chosen.ts';
import type { PlacedFile } from './file-place.ts';
import { urisIn } from './uri-list.ts';

const { l10n } = vscode;

type Command = (
  workbench: OperateContext & FileAccessContext & TreeContext,
  args: readonly unknown[],
) => Promise<void>;

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
    const leftOut = await operate(workbench, {
      title: l10n.t('Download: {0}', names),
      project: '',
      engine: engineOf(workbench, first.row),
      again: download,
      run: async (_engine, _report, signal) => {
        const copies: StagedCopy[] = [];
        try {
          for (const { file } of files) {
            const to = isOne ? target.fsPath : pathIn(target.fsPath, nameOf(file));
            const stage = async (engine: EnginePort, host: FileHost, path: string) =>
              stageFromContainer(
                engine,
                host.id,
                (await findFile(engine, host, path, signal)).path,
                to,
                signal,
              );
            copies.push(await workbench.fileAccess.at(file, stage, signal));
          }
          const there = (await Promise.all(copies.map((copy) => copy.existing()))).flat();
          const existing = [...new Set([...there, ...(isOne ? [] : namedTwice(files, target))])];
          // The dialog for a single file has asked.
          if (!isOne && existing.length > 0 && !(await confirmReplacing(shortened(existing, target))))
            return undefined;
          for (const copy of copies) await copy.place();
          return copies.flatMap((copy) => copy.leftOut);
        } finally {
          for (const copy of copies) await copy.discard();
        }
      },
    });
    if (leftOut === undefined) return;
    vscode.window.setStatusBarMessage(l10n.t('Saved {0}', vscode.workspace.asRelativePath(target)), 5000);
    const messages = leftOutMessages(leftOut).map((message) => messageText(message, l10n.t));
    if (messages.length > 0) void vscode.window.showWarningMessage(messages.join(' '));
  };
  await download();
};

/** Files of different folders may have one name: the later would replace the earlier. */
function namedTwice(files: readonly ChosenFile[], folder: vscode.Uri): readonly string[] {
  const paths = files.map(({ file }) => pathIn(folder.fsPath, nameOf(file)));
  return paths.filter((path, at) => paths.indexOf(path) < at);
}

/** How many names a question holds. */
const mostNames = 10;

function shortened(paths: readonly string[], folder: vscode.Uri): readonly string[] {
  const names = paths.slice(0, mostNames).map((path) => relative(folder.fsPath, path));
  return paths.length > mostNames ? [...names, l10n.t('… and {0} more', paths.length - mostNames)] : names;
}

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

/** What was dropped on a row goes into its folder. `uriList` is text of the type `text/uri-list`. */
export async function dropFiles(
  workbench: OperateContext & FileAccessContext & TreeContext,
  row: TreeRow | undefined,
  uriList: string | undefined,
): Promise<void> {
  if (row === undefined || uriList === undefined) return;
  const [folder] = folders(workbench, [row]);
  const sources = urisIn(uriList).map((uri) => vscode.Uri.parse(uri));
  if (folder !== undefined) await upload(workbench, folder.row, folder.file, sources);
}

async function upload(
  workbench: OperateContext & FileAccessContext & TreeContext,
  row: TreeRow,
  folder: PlacedFile,
  sources: readonly vscode.Uri[],
): Promise<void> {
  const files = sources.filter(isOnDisk);
  if (files.length === 0) return;
  const names = files.map((uri) => posix.basename(uri.path));
  const run = async (): Promise<void> => {
    await operate(workbench, {
      title: l10n.t('Upload: {0}', names.join(', ')),
      project: '',
      engine: engineOf(workbench, row),
      again: run,
      run: (_engine, _report, signal) =>
        workbench.fileAccess.at(
          folder,
          async (engine, host, path) => {
            const target = await findFile(engine, host, path, signal);
            // Asked of the container: what the tree has listed may be old, and not all.
            const taken = await takenIn(engine, host, target.path, names, signal);
            if (taken.length > 0 && !(await confirmReplacing(taken))) return;
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

/** Which of the names there are in a folder of a container. */
async function takenIn(
  engine: EnginePort,
  host: FileHost,
  folder: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const taken: string[] = [];
  for (const name of names) {
    const path = posix.join(folder, name);
    const isThere = await engine.inspectPath(host.id, path, signal).then(
      () => true,
      (error: unknown) => {
        if (error instanceof EngineError && error.kind === 'not-found') return false;
        throw error;
      },
    );
    if (isThere) taken.push(name);
  }
  return taken;
}

async function confirmReplacing(names: readonly string[]): Promise<boolean> {
  const action = l10n.t('Replace');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('{0} already exists. Replace it?', names.join(', ')),
    { modal: true, detail: l10n.t('This cannot be undone.') },
    action,
  );
  return answer === action;
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
    l10n.t('{0} is not on a local disk.', uri.path.replace(/^.*\//, '')),
  );
  return false;
}

function engineOf({ stacks }: StacksContext, row: TreeRow): string | undefined {
  return 'stack' in row ? stacks.stack(row.stack)?.engine : undefined;
}
