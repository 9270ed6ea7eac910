import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type FileKind, sizeLimits } from '#compose/load/read-limits.ts';
import type { BytesResult } from './read-bytes.ts';

/**
 * A pipe or device that a person named on a command line, such as `--env-file <(decrypt secrets)`: read until it ends, for as long as that takes, and never
 * more than the limit. `undefined` if it is neither.
 */
export async function readNamedStream(path: string, kind: FileKind): Promise<BytesResult | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || !(found.isFIFO() || found.isCharacterDevice())) return undefined;
  return readStream(createReadStream(path), sizeLimits[kind]);
}

/** What a stream brings, up to a limit. */
export async function readStream(stream: AsyncIterable<Uint8Array>, limit: number): Promise<BytesResult> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      length += chunk.length;
      if (length > limit) return { kind: 'too-large', limit };
      chunks.push(chunk);
    }
  } catch (error) {
    return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
  }
  return { kind: 'bytes', bytes: Buffer.concat(chunks) };
}
