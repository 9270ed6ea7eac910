import { realpath } from 'node:fs/promises';
import { isAbsolute, relative } from 'node:path';

/** Whether a file is there and inside one of the folders, all links resolved. */
export async function isInside(path: string, folders: readonly string[]): Promise<boolean> {
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) return false;
  for (const folder of folders) {
    const root = await realpath(folder).catch(() => undefined);
    if (root === undefined) continue;
    const way = relative(root, real);
    if (way !== '' && !/^\.\.(?:[\\/]|$)/.test(way) && !isAbsolute(way)) return true;
  }
  return false;
}
