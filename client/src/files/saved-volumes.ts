import { join } from 'node:path';
import * as vscode from 'vscode';
import { snapshotFolder, snapshotsAmong } from '#engine/operations/snapshot-file.ts';
import type { Stack } from '../workspace/stacks.ts';

/** A file with a snapshot. */
export interface SavedVolume {
  /** Its path on this machine. */
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  /** Unix time, ms. */
  readonly savedAt: number;
}

/** The project's folder. */
export function projectFolder({ declared }: Stack): string {
  return declared?.reference.directory ?? vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
}

/** The snapshots of a volume that lie beside its project, the newest first; none where the folder cannot be read. */
export async function savedVolumes(
  stack: Stack | undefined,
  volume: string,
): Promise<readonly SavedVolume[]> {
  if (stack === undefined) return [];
  const folder = snapshotFolder(projectFolder(stack));
  const { fs } = vscode.workspace;
  const names = await fs.readDirectory(vscode.Uri.file(folder)).then(
    (entries) => entries.map(([name]) => name),
    () => [],
  );
  const found = snapshotsAmong(names, stack.name, volume).map(async (name): Promise<SavedVolume[]> => {
    const file = join(folder, name);
    return fs.stat(vscode.Uri.file(file)).then(
      ({ size, mtime }) => [{ file, size, savedAt: mtime }],
      () => [],
    );
  });
  return (await Promise.all(found)).flat();
}
