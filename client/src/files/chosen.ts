import { posix } from 'node:path';
import { calledRows, type TreeRow } from '../tree/tree-row.ts';
import type { TreeContext } from '../tree/tree-context.ts';
import type { PlacedFile } from './file-place.ts';

/** A row of the tree, and the file or folder that it stands for. */
export interface ChosenFile {
  readonly row: TreeRow;
  readonly file: PlacedFile;
}

/** Those that are files or folders. */
export function placed(workbench: TreeContext, args: readonly unknown[]): readonly ChosenFile[] {
  return calledRows(args).flatMap((row) => {
    const file = workbench.tree.files.placed(row);
    return file === undefined ? [] : [{ row, file }];
  });
}

/** Those that are folders; of a file, the folder it is in. */
export function folders(workbench: TreeContext, args: readonly unknown[]): readonly ChosenFile[] {
  const { tree } = workbench;
  const rows = calledRows(args).map((row) => (tree.files.isFolder(row) ? row : (tree.getParent(row) ?? row)));
  return placed(workbench, [rows[0], rows]);
}

export function inside(folder: PlacedFile, name: string): PlacedFile {
  return { ...folder, path: posix.join(folder.path, name) };
}

export function nameOf({ place, path }: PlacedFile): string {
  return path === '/' ? place.name : posix.basename(path);
}
