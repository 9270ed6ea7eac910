import * as vscode from 'vscode';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import type { FromLogs } from '../../webview/logs/protocol.ts';
import type { StacksContext } from '../workspace/contexts.ts';
import { isInside } from '#disk/inside-folders.ts';
import { endings, hostPaths, reachableUrl } from './log-places.ts';

const { l10n } = vscode;

/** An address that a container wrote, as it is reached from here. */
export async function openReachable(
  workbench: StacksContext,
  { url, container }: FromLogs & { type: 'openUrl' },
): Promise<void> {
  const reached = reachableUrl(url, containerOf(workbench, container)?.ports ?? []);
  await vscode.env.openExternal(vscode.Uri.parse(reached));
}

/** A place in a file that a container wrote. */
export async function openPlace(
  workbench: StacksContext,
  { path, line, column, container }: FromLogs & { type: 'openFile' },
): Promise<void> {
  const uri = await findFile(path, containerOf(workbench, container));
  if (uri === undefined) {
    void vscode.window.showInformationMessage(l10n.t('{0} is not a file of this workspace.', path));
    return;
  }
  const at = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
}

/**
 * In the folder that is mounted there, else the file of the workspace whose path ends the same. Never one outside of the workspace's folders,
 * not through `..` or a link either: what a container writes decides nothing about the rest of the disk.
 */
async function findFile(
  path: string,
  container: ContainerSummary | undefined,
): Promise<vscode.Uri | undefined> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  const onDisk = folders.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
  for (const candidate of hostPaths(path, container?.mounts ?? [])) {
    const uri = vscode.Uri.file(candidate);
    if ((await isInside(uri.fsPath, onDisk)) && (await isFile(uri))) return uri;
  }
  for (const ending of endings(path)) {
    const pattern = `**/${ending.replaceAll(/[*?[\]{}]/g, '?')}`;
    for (const found of await vscode.workspace.findFiles(pattern, '**/node_modules/**', 2))
      if (found.scheme !== 'file' || (await isInside(found.fsPath, onDisk))) return found;
  }
  return undefined;
}

function containerOf({ stacks }: StacksContext, id: string): ContainerSummary | undefined {
  return stacks.stacks
    .flatMap(({ services }) => services.flatMap(({ containers }) => containers))
    .find((container) => container.id === id);
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    ({ type }) => (type & vscode.FileType.File) !== 0,
    () => false,
  );
}
