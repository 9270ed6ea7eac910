import { posix } from 'node:path';
import { isTreeRow, type TreeRow } from '../tree/tree-row.ts';
import type { TreeContext } from '../tree/tree-context.ts';
import type { PlacedFile } from './file-place.ts';

/** A row of the tree, and the file or folder that it stands for. */
export interface ChosenFile {
  readonly row: TreeRow;
  readonly file: PlacedFile;
}

/** The rows a command was called for. */
export function chosen(args: readonly unknown[]): readonly TreeRow[] {
  const rows = Array.isArray(args[1]) ? args[1].filter(isTreeRow) : [];
  return rows.length > 0 ? rows : args.slice(0, 1).filter(isTreeRow);
}

/** Those that are files or folders. */
export function placed(workbench: TreeContext, args: readonly unknown[]): readonly ChosenFile[] {
  return chosen(args).flatMap((row) => {
    const file = workbench.tree.files.placed(row);
    return file === undefined ? [] : [{ row, file }];
  });
}

/** Those that are folders; of a file, the folder it is in. */
export function folders(workbench: TreeContext, args: readonly unknown[]): readonly ChosenFile[] {
  const { tree } = workbench;
  const rows = chosen(args).map((row) => (tree.files.isFolder(row) ? row : (tree.getParent(row) ?? row)));
  return placed(workbench, [rows[0], rows]);
}

export function inside(folder: PlacedFile, name: string): PlacedFile {
  return { ...folder, path: posix.join(folder.path, name) };
}

export function nameOf({ place, path }: PlacedFile): string {
  return path === '/' ? place.name : posix.basename(path);
}
