import { chmod } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { TemplateFiles } from './template-files.ts';

const { l10n } = vscode;

/** Writes what is not there yet; what is there stays, after asking. `undefined`: the user thought better of it. */
export async function writeFiles(
  folder: vscode.Uri,
  files: TemplateFiles,
): Promise<readonly vscode.Uri[] | undefined> {
  const all = Object.keys(files).map((path) => ({ path, uri: vscode.Uri.joinPath(folder, path) }));
  const existing = new Set<string>();
  for (const { path, uri } of all) if (await exists(uri)) existing.add(path);
  if (existing.size > 0) {
    const keep = l10n.t('Write Other Files');
    const answer = await vscode.window.showWarningMessage(
      l10n.t('Some of the files already exist. They will not be changed.'),
      { modal: true, detail: [...existing].map((path) => `• ${path}`).join('\n') },
      keep,
    );
    if (answer !== keep) return undefined;
  }
  const written: vscode.Uri[] = [];
  for (const { path, uri } of all) {
    if (existing.has(path)) continue;
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(files[path] ?? ''));
    if (path.endsWith('.sh') && uri.scheme === 'file') await chmod(uri.fsPath, 0o755);
    written.push(uri);
  }
  return written;
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
