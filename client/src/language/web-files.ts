import * as vscode from 'vscode';
import type {
  FileParams,
  ListedFolder,
  ReadFileParams,
  ReadFileResult,
  StatFileResult,
} from '../../../server/src/protocol.ts';

/** What VS Code's file systems have, for a language server that has none. Never rejects. */

export async function readFile({ uri, limit }: ReadFileParams): Promise<ReadFileResult> {
  const at = vscode.Uri.parse(uri);
  try {
    const { size, type } = await vscode.workspace.fs.stat(at);
    if ((type & vscode.FileType.File) === 0)
      return { kind: 'unreadable', reason: vscode.l10n.t('It is not a file') };
    if (size > limit) return { kind: 'too-large', limit };
    return { kind: 'bytes', bytes: await vscode.workspace.fs.readFile(at) };
  } catch (error) {
    return isMissing(error) ? { kind: 'missing' } : { kind: 'unreadable', reason: reasonOf(error) };
  }
}

export async function statFile({ uri }: FileParams): Promise<StatFileResult> {
  try {
    const { type } = await vscode.workspace.fs.stat(vscode.Uri.parse(uri));
    if ((type & vscode.FileType.Directory) !== 0) return 'directory';
    return (type & vscode.FileType.File) === 0 ? 'other' : 'file';
  } catch {
    return 'missing';
  }
}

export async function listFolder({ uri }: FileParams): Promise<ListedFolder> {
  try {
    return (await vscode.workspace.fs.readDirectory(vscode.Uri.parse(uri))).map(([name]) => name);
  } catch {
    return [];
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
