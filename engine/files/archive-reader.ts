import { pipeline } from 'node:stream/promises';
import { extract, type Headers } from 'tar-stream';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { FileKind } from '../api/engine-objects.ts';

/** An entry of an archive: its header, and its content to be read or left. */
export interface ArchivedEntry {
  readonly header: Headers;
  /** The parts of its path below the file or folder that was asked for; none for that itself. Never `..`, and none is empty. */
  readonly below: readonly string[];
  /** The last part of the path that was asked for, as the archive names it; empty for the root. */
  readonly rootName: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Bytes of names and extensions that one entry may come with. */
const mostUnread = 16 * 2 ** 20;

/**
 * What is at a path of a container, as the engine archives it, in the archive's order. Content that is not read is passed over. Ending the iteration
 * ends the transfer. An archive whose paths lead outside, or whose sizes are none, is refused, whoever made it. Rejects with `EngineError`.
 */
export async function* readArchive(
  engine: EnginePort,
  containerId: string,
  path: string,
  signal: AbortSignal,
): AsyncGenerator<ArchivedEntry> {
  const bytes = await engine.getArchive(containerId, path, signal);
  const reader = extract();
  const unread = { bytes: 0 };
  const feeding = pipeline(counted(bytes, unread), reader, { signal });
  // Whoever reads the entries hears of a failure too.
  feeding.catch(() => {});
  let rootName: string | undefined;
  try {
    for await (const entry of reader) {
      const { header } = entry;
      const { size = 0 } = header;
      if (!Number.isSafeInteger(size) || size < 0)
        throw new EngineError('invalid', say`The archive does not say how large ${header.name} is.`);
      const parts = pathParts(header.name);
      // Archives of the root name it `./` or `/`, those of anything else by its last part.
      rootName ??= parts[0] ?? '';
      if (parts.includes('..') || (rootName !== '' && parts[0] !== rootName)) throw outside(header.name);
      unread.bytes = 0;
      entry.on('data', () => (unread.bytes = 0));
      entry.pause();
      yield { header, below: rootName === '' ? parts : parts.slice(1), rootName, content: entry };
      entry.resume();
    }
    await feeding;
  } catch (error) {
    throw copyFailure(error, signal);
  } finally {
    reader.destroy();
  }
}

/** The parts of a path that lead somewhere. */
export function pathParts(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

export function outside(path: string): EngineError {
  return new EngineError('invalid', say`The archive contains a path that leads outside the archive: ${path}`);
}

export function copyFailure(error: unknown, signal: AbortSignal): EngineError {
  if (error instanceof EngineError) return error;
  if (signal.aborted) return new EngineError('cancelled', say`Canceled.`, { cause: error });
  const reason = error instanceof Error ? error.message : String(error);
  return new EngineError('invalid', say`The copy failed: ${reason}`, { cause: error });
}

export function kindOfHeader({ type }: Headers): FileKind {
  if (type === 'directory') return 'folder';
  if (type === 'symlink') return 'link';
  // What has a second name in the archive is a file like any other.
  return type === 'file' || type === 'contiguous-file' || type === 'link' ? 'file' : 'other';
}

/** The reader keeps the names and extensions of an entry in memory until they are whole. */
async function* counted(
  bytes: AsyncIterable<Uint8Array>,
  unread: { bytes: number },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    if (unread.bytes > mostUnread)
      throw new EngineError(
        'invalid',
        say`The archive contains a file name of more than ${mostUnread} bytes.`,
      );
    unread.bytes += chunk.length;
    yield chunk;
  }
}
