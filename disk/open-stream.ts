import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { neverWaiting } from './disk-port.ts';

/**
 * A file's bytes as they are asked for, of a size without limit, from `start` (absent: its beginning) to `end` (included; absent: its end). Rejects when
 * there is no regular file any more: what has taken its place is not read, and not waited for.
 */
export async function openStream(
  path: string,
  {
    start,
    end,
    highWaterMark,
  }: {
    readonly start?: number;
    readonly end?: number;
    readonly highWaterMark?: number;
  } = {},
): Promise<Readable> {
  const file = await open(path, neverWaiting);
  if (!(await file.stat()).isFile()) {
    await file.close();
    throw new Error(`${path} is not a regular file any more`);
  }
  return file.createReadStream({
    ...((start ?? end) !== undefined && { start: start ?? 0 }),
    ...(end !== undefined && { end }),
    ...(highWaterMark !== undefined && { highWaterMark }),
  });
}
