import { join } from '#system/path.ts';
import { composeFileNames } from '#compose/load/discover.ts';
import { foreignFolders } from '#compose/load/foreign-folders.ts';
import type { FileSystem } from '#compose/load/host.ts';

/** Folders that hold what others wrote, or nothing to read. */
const ignored: ReadonlySet<string> = new Set([...foreignFolders, '__pycache__']);

/** As far as is looked: below that, and beyond so many, files have to be opened to be diagnosed. */
const deepest = 8;
const mostProjects = 500;
const mostEntries = 50_000;

/** `compose.prod.yaml` and the like: they go on top of the base beside them. */
const variant = /^(?:docker-)?compose[.-].+\.ya?ml$/;

/**
 * The compose files of folders, nearest first, one by one as they are found: of each directory the one that Docker Compose takes, then its variants. Ends early
 * when nobody asks for more.
 */
export async function* projectFilesIn(
  files: Pick<FileSystem, 'list' | 'stat'>,
  folders: readonly string[],
): AsyncGenerator<string> {
  let [found, seen] = [0, 0];
  const queue = folders.map((path) => ({ path, depth: 0 }));
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { path, depth } = next;
    const names = (await files.list(path)).toSorted();
    seen += names.length;
    const base = composeFileNames.find((name) => names.includes(name));
    if (base !== undefined) {
      found += 1;
      yield join(path, base);
      for (const name of names)
        if (variant.test(name) && !/\.override\.ya?ml$|\.test\.ya?ml$/.test(name)) yield join(path, name);
    }
    if (found >= mostProjects || seen >= mostEntries) return;
    if (depth >= deepest) continue;
    const folders = await Promise.all(
      names
        .filter((name) => !ignored.has(name) && (!name.startsWith('.') || name === '.devcontainer'))
        .map(async (name) =>
          (await files.stat(join(path, name))) === 'directory' ? join(path, name) : undefined,
        ),
    );
    for (const folder of folders) if (folder !== undefined) queue.push({ path: folder, depth: depth + 1 });
  }
}
