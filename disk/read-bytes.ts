import { type FileKind, sizeLimits } from '#compose/load/read-limits.ts';
import { type Phrase, phrase } from '#compose/problem/phrase.ts';
import { type DiskPort, type Found, nodeDisk, type OpenFile } from './disk-port.ts';
import { Turns } from './turns.ts';

/** The bytes of a file, or why they are not read. */
export type BytesResult =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'missing' }
  /** `reason` is a phrase, or what the system says. */
  | { readonly kind: 'unreadable'; readonly reason: Phrase | string }
  /** `limit` in bytes. */
  | { readonly kind: 'too-large'; readonly limit: number };

export type ReadBytes = (path: string, kind: FileKind) => Promise<BytesResult>;

/** Files that are read at the same time: what they hold together is bounded as well. */
const atOnce = 8;
/** Milliseconds after which a read that has not ended no longer keeps others waiting, and after which it is given up. */
const slowAfter = 500;
const lostAfter = 20_000;

/**
 * Reads files as everything here reads files of a project. Only regular files, links followed, and the system's null device, which is an empty one; a
 * pipe, a socket or a device is never opened, and one that takes a file's place meanwhile never waited for. Never more than the limit of its kind
 * is held. Never rejects.
 */
export function bytesReader(disk: DiskPort): ReadBytes {
  const turns = new Turns(atOnce, slowAfter, disk.after);
  return (path, kind) =>
    turns.run(() =>
      answeredInTime(
        disk,
        attempt(() => readWith(disk, path, sizeLimits[kind])),
      ),
    );
}

export const readBytes: ReadBytes = bytesReader(nodeDisk);

async function readWith(disk: DiskPort, path: string, limit: number): Promise<BytesResult> {
  const refused = refusal(await disk.stat(path), limit);
  if (refused !== undefined)
    return (await isNullDevice(disk, path)) ? { kind: 'bytes', bytes: Buffer.alloc(0) } : refused;
  const file = await disk.open(path);
  try {
    // What was looked at by name may be something else by now: what is open cannot change any more.
    const found = await file.stat();
    return refusal(found, limit) ?? (await contentOf(file, found.size, limit));
  } finally {
    await file.close();
  }
}

/** The file to its end, whatever size it was said to have: one that is being written grows, and those of `/proc` say 0. */
async function contentOf(file: OpenFile, size: number, limit: number): Promise<BytesResult> {
  let bytes = Buffer.allocUnsafe(Math.min(size, limit) + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length);
    length += bytesRead;
    if (length > limit) return { kind: 'too-large', limit };
    if (bytesRead === 0) return { kind: 'bytes', bytes: bytes.subarray(0, length) };
    if (length === bytes.length)
      bytes = Buffer.concat([bytes], Math.min(Math.max(2 * length, smallest), limit + 1));
  }
}

const smallest = 4096;

/** Why something is not read; `undefined` if it may be. */
function refusal(found: Found, limit: number): BytesResult | undefined {
  if (!found.isFile()) return { kind: 'unreadable', reason: whatItIs(found) };
  return found.size > limit ? { kind: 'too-large', limit } : undefined;
}

function whatItIs(found: Found): Phrase {
  if (found.isDirectory()) return phrase('file-unreadable.directory');
  if (found.isFIFO()) return phrase('file-unreadable.pipe');
  return found.isSocket() ? phrase('file-unreadable.socket') : phrase('file-unreadable.device');
}

/** `env_file: ${FILE:-/dev/null}`: a file without content, by convention. */
async function isNullDevice(disk: DiskPort, path: string): Promise<boolean> {
  return (await disk.realpath(path)) === '/dev/null';
}

async function attempt(read: () => Promise<BytesResult>): Promise<BytesResult> {
  try {
    return await read();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
    const reason = reasons[String(code)];
    return {
      kind: 'unreadable',
      reason: reason ?? (error instanceof Error ? error.message : String(error)),
    };
  }
}

const reasons: Readonly<Record<string, Phrase | undefined>> = {
  EACCES: phrase('file-unreadable.permission'),
  EPERM: phrase('file-unreadable.permission'),
  ELOOP: phrase('file-unreadable.link-circle'),
  EISDIR: phrase('file-unreadable.directory'),
  // A socket, or a device without a driver, that took a file's place.
  ENXIO: phrase('file-unreadable.device'),
};

/** A disk that does not answer, a network's say, is an answer too. */
function answeredInTime(disk: DiskPort, reading: Promise<BytesResult>): Promise<BytesResult> {
  return new Promise((resolve) => {
    const cancel = disk.after(lostAfter, () =>
      resolve({ kind: 'unreadable', reason: phrase('file-unreadable.no-answer') }),
    );
    void reading.then((result) => {
      cancel();
      resolve(result);
    });
  });
}
