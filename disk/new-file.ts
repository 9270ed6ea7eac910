import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/**
 * Writes a file that is not there yet; through no link, whatever is there meanwhile. Stretches of zeros take no place on a disk that can do without: who
 * sends the content does not tell that a file had holes.
 */
export async function writeNewFile(
  path: string,
  content: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;
  const file = await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o666);
  try {
    let position = 0;
    for await (const chunk of content) {
      signal.throwIfAborted();
      if (!isZero(chunk)) await writeAt(file, chunk, position);
      position += chunk.length;
    }
    await file.truncate(position);
  } finally {
    await file.close();
  }
}

async function writeAt(
  file: Awaited<ReturnType<typeof open>>,
  chunk: Uint8Array,
  position: number,
): Promise<void> {
  for (let written = 0; written < chunk.length; )
    written += (await file.write(chunk, written, chunk.length - written, position + written)).bytesWritten;
}

const zeros = Buffer.alloc(64 * 1024);

function isZero(chunk: Uint8Array): boolean {
  for (let at = 0; at < chunk.length; at += zeros.length) {
    const part = chunk.subarray(at, at + zeros.length);
    if (zeros.compare(part, 0, part.length, 0, part.length) !== 0) return false;
  }
  return true;
}
