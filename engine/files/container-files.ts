import { posix } from 'node:path';
import type { Headers } from 'tar-stream';
import { fileArchive } from './file-archive.ts';
import { EngineError } from '../api/engine-error.ts';
import { exec, execOutput } from '../exec/exec.ts';
import { say } from '../api/message.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { PathStat } from '../api/engine-objects.ts';
import { readArchive } from './archive-reader.ts';
import { containerGone, type FileHost } from './file-host.ts';

/** A file or folder with the links to it followed. */
export interface FoundFile extends PathStat {
  /** The path that leads there without a link. */
  readonly path: string;
  /** It was asked for by a link. */
  readonly isLinked: boolean;
}

/**
 * What is at a path, links followed. Rejects (`not-found`): with the path as its subject when there is nothing, with the container's id when
 * that has gone.
 */
export async function findFile(
  engine: EnginePort,
  host: FileHost,
  path: string,
  signal: AbortSignal,
): Promise<FoundFile> {
  const found = await inspect(engine, host, path, signal);
  if (found.kind !== 'link') return { ...found, path, isLinked: false };
  // The engine says where the whole chain of links ends.
  const end = await inspect(engine, host, found.target, signal);
  return { ...end, path: found.target, isLinked: true };
}

/** The content of a file. Rejects (`invalid`) when it is not one, or holds more than `limit` bytes. */
export async function readFile(
  engine: EnginePort,
  host: FileHost,
  path: string,
  limit: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const found = await findFile(engine, host, path, signal);
  if (found.kind !== 'file') throw new EngineError('invalid', say`${path} is not a file.`, { subject: path });
  const tooLarge = (size: number) =>
    new EngineError(
      'invalid',
      say`${path} is ${megabytes(size)} MB, larger than the limit for opening files in containers (${megabytes(limit)} MB). Download it instead.`,
      { subject: path },
    );
  if (found.size > limit) throw tooLarge(found.size);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const { content } of readArchive(engine, host.id, found.path, signal)) {
    for await (const chunk of content) {
      size += chunk.length;
      if (size > limit) throw tooLarge(size);
      chunks.push(chunk);
    }
    break;
  }
  return Buffer.concat(chunks);
}

/** Writes a file, or makes it: owner and mode stay as they were; a new one belongs to whom its folder belongs. A link is written through. */
export async function writeFile(
  engine: EnginePort,
  host: FileHost,
  path: string,
  content: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  const found = await orMissing(findFile(engine, host, path, signal), path);
  if (found !== undefined && found.kind !== 'file')
    throw new EngineError('invalid', say`${path} is not a file.`, { subject: path });
  const target = found?.path ?? path;
  const like = await headOf(engine, host, found === undefined ? posix.dirname(path) : target, signal);
  const mode = found === undefined ? 0o644 : (like.mode ?? 0o644);
  try {
    await put(
      engine,
      host,
      target,
      { uid: like.uid ?? 0, gid: like.gid ?? 0, mode, type: 'file' },
      content,
      signal,
    );
  } catch (error) {
    // What is mounted as a file cannot be replaced, only written.
    if (!isBusy(error)) throw error;
    if (!host.isRunning)
      throw new EngineError(
        'in-use',
        say`${path} is mounted into ${host.name} as a file and can be written only while the container is running. Start the container, or change the file at its source.`,
        { subject: path },
      );
    await writeInPlace(engine, host, target, content, signal);
  }
}

/** Makes an empty folder, which belongs to whom the folder around it belongs. */
export async function makeFolder(
  engine: EnginePort,
  host: FileHost,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  const around = await findFile(engine, host, posix.dirname(path), signal);
  const like = await headOf(engine, host, around.path, signal);
  const target = posix.join(around.path, posix.basename(path));
  await put(
    engine,
    host,
    target,
    { uid: like.uid ?? 0, gid: like.gid ?? 0, mode: 0o755, type: 'directory' },
    undefined,
    signal,
  );
}

/** Removes a file, or a folder with all that is in it. Only a command can do that: rejects (`unsupported`) in a container that does not run. */
export async function removeFile(
  engine: EnginePort,
  host: FileHost,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  await inspect(engine, host, path, signal);
  await command(engine, host, ['rm', '-rf', '--', path], signal);
}

/** Moves or renames; what is at the new path already is replaced. By a command too. */
export async function renameFile(
  engine: EnginePort,
  host: FileHost,
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<void> {
  await inspect(engine, host, from, signal);
  await command(engine, host, ['mv', '-f', '--', from, to], signal);
}

/** Whose a file or folder is. */
export async function ownerAt(
  engine: EnginePort,
  host: FileHost,
  path: string,
  signal: AbortSignal,
): Promise<{ readonly uid: number; readonly gid: number }> {
  const { uid, gid } = await headOf(engine, host, path, signal);
  return { uid: uid ?? 0, gid: gid ?? 0 };
}

async function inspect(
  engine: EnginePort,
  host: FileHost,
  path: string,
  signal: AbortSignal,
): Promise<PathStat> {
  try {
    return await engine.inspectPath(host.id, path, signal);
  } catch (error) {
    if (!(error instanceof EngineError) || error.kind !== 'not-found') throw error;
    // The answer to this question has no words to say which of the two is missing.
    await engine.inspectContainer(host.id, signal).catch((cause: unknown) => {
      if (!(cause instanceof EngineError) || cause.kind !== 'not-found') throw cause;
      throw containerGone(host);
    });
    throw new EngineError('not-found', say`${path} does not exist in ${host.name}.`, {
      subject: path,
      cause: error,
    });
  }
}

async function orMissing<T>(looking: Promise<T>, path: string): Promise<T | undefined> {
  return looking.catch((error: unknown) => {
    if (error instanceof EngineError && error.kind === 'not-found' && error.subject === path)
      return undefined;
    throw error;
  });
}

/** The first header of its archive: nothing else tells whose it is. */
async function headOf(
  engine: EnginePort,
  host: FileHost,
  path: string,
  signal: AbortSignal,
): Promise<Headers> {
  for await (const { header } of readArchive(engine, host.id, path, signal)) return header;
  throw new EngineError('not-found', say`${path} does not exist in ${host.name}.`, { subject: path });
}

async function put(
  engine: EnginePort,
  host: FileHost,
  path: string,
  header: Partial<Headers>,
  content: Uint8Array | undefined,
  signal: AbortSignal,
): Promise<void> {
  const name = posix.basename(path);
  const archive = await fileArchive({ ...header, name, mtime: new Date() }, content);
  await engine.putArchive(host.id, { path: posix.dirname(path) }, archive, signal).catch((error: unknown) => {
    throw isReadOnly(error) ? readOnly(path, host, error) : error;
  });
}

async function writeInPlace(
  engine: EnginePort,
  host: FileHost,
  path: string,
  content: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  const session = await exec(
    engine,
    host.id,
    { command: ['sh', '-c', 'cat > "$1"', 'sh', path], tty: false, user: '0' },
    signal,
  );
  session.write(content);
  session.end();
  let said = '';
  for await (const { data } of session.output) said += Buffer.from(data).toString('utf8');
  if ((await session.exitCode) !== 0) throw refused(path, host, said);
}

async function command(
  engine: EnginePort,
  host: FileHost,
  words: readonly [string, ...string[]],
  signal: AbortSignal,
): Promise<void> {
  if (!host.isRunning)
    throw new EngineError(
      'unsupported',
      say`Files can be deleted and renamed only in a running container. Start ${host.name} first.`,
      { subject: host.id },
    );
  const { exitCode, stderr, stdout } = await execOutput(
    engine,
    host.id,
    { command: words, user: '0' },
    signal,
  );
  if (exitCode === 0) return;
  if (exitCode === 126 || exitCode === 127)
    throw new EngineError(
      'unsupported',
      say`${host.name} cannot do that, because its image does not contain "${words[0]}".`,
      {
        subject: host.id,
      },
    );
  throw refused(words.at(-1) ?? '', host, stderr || stdout);
}

function refused(path: string, host: FileHost, said: string): EngineError {
  const reason = said.trim().split('\n').at(-1) ?? '';
  if (/[Rr]ead-only file system/.test(reason)) return readOnly(path, host, undefined);
  return new EngineError('invalid', say`${path} cannot be changed in ${host.name}: ${reason}`, {
    subject: path,
  });
}

function readOnly(path: string, host: FileHost, cause: unknown): EngineError {
  return new EngineError('invalid', say`${path} is read-only in ${host.name}.`, { subject: path, cause });
}

function isReadOnly(error: unknown): boolean {
  return error instanceof EngineError && /marked read-only|read-only file system/i.test(error.message);
}

function isBusy(error: unknown): boolean {
  return error instanceof EngineError && /resource busy|text file busy/i.test(error.message);
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0);
}
