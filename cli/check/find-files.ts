import { isAbsolute, join, relative, sep } from 'node:path';
import { foreignFolders } from '#compose/load/foreign-folders.ts';
import type { FileSystem } from '#compose/load/host.ts';

const ignored: ReadonlySet<string> = new Set(foreignFolders);
/** What an editor takes for a compose file by its name, and what is deployed to a swarm. */
const composeName = /^(?:(?:docker-)?compose|docker-stack)[^/]*\.ya?ml$|\.(?:compose|stack)\.ya?ml$/;

/** The compose files in a folder and below, in order; links to folders are not followed. */
export async function composeFilesIn(files: FileSystem, folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const real = await files.realPath?.(folder);
  for (const name of [...(await files.list(folder))].sort()) {
    const path = join(folder, name);
    if (composeName.test(name)) {
      if ((await files.stat(path)) === 'file') found.push(path);
    } else if (!ignored.has(name) && (await files.stat(path)) === 'directory') {
      const isLink = real !== undefined && (await files.realPath?.(path)) !== join(real, name);
      if (!isLink) found.push(...(await composeFilesIn(files, path)));
    }
  }
  return found;
}

/** Whether a file of a project is one of ours to check: below the folder, and nothing that was installed there. */
export function isOurs(path: string, folder: string): boolean {
  const way = relative(folder, path);
  if (way === '' || way.startsWith('..') || isAbsolute(way)) return false;
  return !way.split(sep).some((part) => ignored.has(part));
}

/** The folder in or above this one that is a repository; itself if there is none. */
export async function repositoryAround(files: FileSystem, folder: string): Promise<string> {
  for (let at = folder; ; at = join(at, '..')) {
    if ((await files.stat(join(at, '.git'))) !== 'missing') return at;
    if (join(at, '..') === at) return folder;
  }
}
