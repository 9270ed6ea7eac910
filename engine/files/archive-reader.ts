import { pipeline } from 'node:stream/promises';
import { extract, type Headers } from 'tar-stream';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { FileKind } from '../api/engine-objects.ts';

/** An entry of an archive: its header, and its content to be read or left. */
export interface ArchivedEntry {
  readonly header: Headers;
  /** The parts of its path below the file or folder that was asked for; none for that itself. */
  readonly below: readonly string[];
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * What is at a path of a container, as the engine archives it, in the archive's order. Content that is not read is passed over. Ending the iteration
 * ends the transfer. Rejects with `EngineError`.
 */
export async function* readArchive(
  engine: EnginePort,
  containerId: string,
  path: string,
  signal: AbortSignal,
): AsyncGenerator<ArchivedEntry> {
  const bytes = await engine.getArchive(containerId, path, signal);
  const reader = extract();
  const feeding = pipeline(bytes, reader, { signal });
  // Whoever reads the entries hears of a failure too.
  feeding.catch(() => {});
  let root: string | undefined;
  try {
    for await (const entry of reader) {
      const { header } = entry;
      // Archives of the root name it `./` or `/`, those of anything else by its last part.
      root ??= header.name;
      const parts = header.name.split('/').filter((part) => part !== '' && part !== '.');
      yield { header, below: /^[./]*$/.test(root) ? parts : parts.slice(1), content: entry };
      entry.resume();
    }
    await feeding;
  } catch (error) {
    if (error instanceof EngineError) throw error;
    if (signal.aborted) throw new EngineError('cancelled', say`Cancelled.`, { cause: error });
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError('invalid', say`The copy failed: ${reason}`, { cause: error });
  } finally {
    reader.destroy();
  }
}

export function kindOfHeader({ type }: Headers): FileKind {
  if (type === 'directory') return 'folder';
  if (type === 'symlink') return 'link';
  // What has a second name in the archive is a file like any other.
  return type === 'file' || type === 'contiguous-file' || type === 'link' ? 'file' : 'other';
}
