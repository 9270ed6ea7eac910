import { closeSync, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import type { FileKind } from '#compose/load/read-limits.ts';
import { sizeLimits } from '#compose/load/read-limits.ts';
import { unread } from '#compose/load/read-problems.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { type Phrase, phrase } from '#compose/problem/phrase.ts';
import { decode } from './decode.ts';
import { neverWaiting } from './disk-port.ts';
import { type BytesResult, readBytes } from './read-bytes.ts';

/** Why a file was not read, for a person. */
export class UnreadFileError extends Error {
  readonly phrase: Phrase;
  /** Nothing is there. */
  readonly isMissing: boolean;

  constructor(path: string, result: Exclude<BytesResult, { kind: 'bytes' }>) {
    const { message } = unread(result, path, { uri: '', start: 0, end: 0 });
    super(formatPhrase(message));
    this.name = 'UnreadFileError';
    this.phrase = message;
    this.isMissing = result.kind === 'missing';
  }
}

/** A file's bytes. Rejects with `UnreadFileError`. */
export async function readFileBytes(path: string, kind: FileKind): Promise<Buffer> {
  const result = await readBytes(path, kind);
  if (result.kind !== 'bytes') throw new UnreadFileError(path, result);
  return result.bytes;
}

/** A file's text, in the encoding that its mark says. Rejects with `UnreadFileError`. */
export async function readFileText(path: string, kind: FileKind): Promise<string> {
  return decode(await readFileBytes(path, kind)).text;
}

/** The same at once, for what cannot wait. Throws. */
export function readFileTextSync(path: string, kind: FileKind): string {
  const limit = sizeLimits[kind];
  const check = (found: { readonly size: number; isFile(): boolean }) => {
    const reason = phrase('file-unreadable.no-file');
    if (!found.isFile()) throw new UnreadFileError(path, { kind: 'unreadable', reason });
    if (found.size > limit) throw new UnreadFileError(path, { kind: 'too-large', limit });
  };
  check(statSync(path));
  const file = openSync(path, neverWaiting);
  try {
    check(fstatSync(file));
    return decode(readFileSync(file)).text;
  } finally {
    closeSync(file);
  }
}

/** For `catch`: a file that is not there is `undefined`; any other reason stays one. */
export function unlessMissing(error: unknown): undefined {
  if (error instanceof UnreadFileError && error.isMissing) return undefined;
  throw error;
}
