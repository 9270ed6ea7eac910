import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';

/**
 * A file that is there whole or not at all. `write` fills another one beside it, which is not there yet and takes its name when that is done; until then,
 * what has the name stays. Rejects as `write` does, or with the error of the disk.
 */
export async function wholeFile<T>(file: string, write: (partial: string) => Promise<T>): Promise<T> {
  const partial = `${file}.${randomBytes(4).toString('hex')}.part`;
  try {
    const result = await write(partial);
    await rename(partial, file);
    return result;
  } finally {
    await rm(partial, { force: true });
  }
}
