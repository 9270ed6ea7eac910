import type { FileSystem, PathKind, ReadResult } from './host.ts';
import type { SystemPath } from './system-path.ts';

/**
 * What of a disk lies in these folders, in truth: a link that leads out of them leads nowhere. What is outside is `outside` to read, else missing and
 * empty.
 */
export function confinedFiles(
  files: FileSystem,
  folders: () => readonly string[],
  paths: Pick<SystemPath, 'isInside'>,
): FileSystem {
  const realPath = async (path: string): Promise<string> => files.realPath?.(path) ?? path;
  const isInside = async (path: string): Promise<boolean> => {
    const within = folders();
    if (!within.some((folder) => paths.isInside(path, folder))) return false;
    const [real, roots] = await Promise.all([realPath(path), Promise.all(within.map(realPath))]);
    return roots.some((root) => paths.isInside(real, root));
  };
  return {
    async read(path, kind): Promise<ReadResult> {
      return (await isInside(path)) ? files.read(path, kind) : { kind: 'outside' };
    },
    async stat(path): Promise<PathKind> {
      return (await isInside(path)) ? files.stat(path) : 'missing';
    },
    async list(path) {
      return (await isInside(path)) ? files.list(path) : [];
    },
    realPath,
  };
}
