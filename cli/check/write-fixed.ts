import { writeFile } from 'node:fs/promises';
import type { FileSystem } from '#compose/load/host.ts';
import { readFileBytes } from '#disk/read-file.ts';

const mark = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Writes a fixed text over a file, its byte order mark kept. A file in another encoding than UTF-8, or with bytes that are none, is left as it is: `false`.
 */
export async function writeFixed(files: FileSystem, path: string, text: string): Promise<boolean> {
  const read = await files.read(path, 'compose');
  if (read.kind !== 'text' || read.encoding !== undefined || read.fault !== undefined) return false;
  const before = await readFileBytes(path, 'compose');
  const hasMark = before.subarray(0, mark.length).equals(mark);
  const bytes = Buffer.from(text, 'utf8');
  await writeFile(path, hasMark ? Buffer.concat([mark, bytes]) : bytes);
  return true;
}
