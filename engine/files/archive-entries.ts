import { lstat, readlink } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Headers, Pack } from 'tar-stream';
import { openStream } from '#disk/open-stream.ts';
import { readFileBytes } from '#disk/read-file.ts';

/** What an entry is called in the archive, and whose it is; absent: whose it is here. */
export interface EntryName {
  readonly name: string;
  readonly uid?: number;
  readonly gid?: number;
}

/** Bytes. Smaller files are read at once, so that one that is being written cannot change its size meanwhile. */
const wholeBelow = 256 * 1024;

/** Adds a file, a folder (without what it holds) or a link as it is on the disk, streamed. Rejects when it cannot be read. */
export async function addPath(
  archive: Pack,
  file: string,
  { name, uid, gid }: EntryName,
  signal: AbortSignal,
): Promise<void> {
  const stat = await lstat(file);
  const common = {
    name,
    // What Windows says of permissions is of no use to Linux: everything may be run, as the Docker CLI has it.
    mode: process.platform === 'win32' ? 0o755 : stat.mode & 0o7777,
    mtime: stat.mtime,
    uid: uid ?? stat.uid,
    gid: gid ?? stat.gid,
  };
  if (stat.isDirectory()) await addEntry(archive, { ...common, type: 'directory' });
  else if (stat.isSymbolicLink())
    await addEntry(archive, {
      ...common,
      type: 'symlink',
      linkname: (await readlink(file)).replaceAll('\\', '/'),
    });
  else if (stat.isFile() && stat.size <= wholeBelow) {
    const content = await readFileBytes(file, 'content');
    await addEntry(archive, { ...common, size: content.length }, content);
  } else if (stat.isFile()) {
    const entry = archive.entry({ ...common, size: stat.size });
    // No more than was announced: a log file may grow meanwhile. One that shrinks is an error.
    await pipeline(await openStream(file, { end: stat.size - 1 }), entry, { signal });
  }
  // Sockets and devices have no place in an archive.
}

export function addEntry(archive: Pack, header: Headers, content?: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.entry(header, content, (error) => (error ? reject(error) : resolve()));
  });
}
