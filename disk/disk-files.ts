import type { FileSystem, ReadResult } from '#compose/load/host.ts';
import { decode } from './decode.ts';
import { type DiskPort, nodeDisk } from './disk-port.ts';
import { bytesReader } from './read-bytes.ts';

/** The disk as the domain asks for it. */
export function diskFiles(disk: DiskPort = nodeDisk): FileSystem & Required<Pick<FileSystem, 'realPath'>> {
  const read = bytesReader(disk);
  return {
    async read(path, kind = 'compose'): Promise<ReadResult> {
      const result = await read(path, kind);
      return result.kind === 'bytes' ? { kind: 'text', ...decode(result.bytes) } : result;
    },
    async stat(path) {
      try {
        const found = await disk.stat(path);
        if (found.isDirectory()) return 'directory';
        return found.isFile() ? 'file' : 'other';
      } catch {
        return 'missing';
      }
    },
    async list(path) {
      try {
        return await disk.readdir(path);
      } catch {
        return [];
      }
    },
    realPath: (path) => disk.realpath(path).catch(() => path),
  };
}
