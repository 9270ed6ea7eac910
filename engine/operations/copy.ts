import { lstat, readdir, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract, type Headers, pack as createPack, type Pack } from 'tar-stream';
import { openStream } from '#disk/open-stream.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { type ArchivedEntry, copyFailure, readArchive } from '../files/archive-reader.ts';
import { pathIn } from '../files/held-name.ts';
import type { LeftOut } from '../files/left-out.ts';
import { stageCopy, type StagedCopy } from '../files/staged-copy.ts';

export interface CopyOptions {
  /** Follow a symbolic link that is the source itself. */
  readonly followLink?: boolean;
  /** Keep owners; otherwise files become those of whoever copies, root in the container. */
  readonly archive?: boolean;
  /** Whose the copy is to be, instead. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/**
 * Copies a file or folder out of a container, by the rules of `docker cp`: into `destination` if that is a folder, else under that name; a source
 * that ends in `/.` means the folder's contents. A link that is the source itself is copied as one, or with `followLink` as what it leads to, under the
 * link's name. Files that are there are replaced; what is guaranteed of the files here is in `stageCopy`. A link that leads out of the folder it is in by its
 * path is refused. Answers with what is not in the copy. Rejects with `EngineError`.
 */
export async function copyFromContainer(
  engine: EnginePort,
  containerId: string,
  source: string,
  destination: string,
  { followLink = false }: Pick<CopyOptions, 'followLink'>,
  signal: AbortSignal,
): Promise<readonly LeftOut[]> {
  const contents = source.endsWith('/.');
  const target = await stat(destination).catch(() => undefined);
  const into = target?.isDirectory() === true;
  // Whoever names a link to a folder means that folder.
  const folder = into ? await realpath(destination) : dirname(resolve(destination));
  if (!into) await refuseMissingFolder(/[\\/]$/.test(destination) ? destination : folder);
  const link = followLink ? await linkAt(engine, containerId, source, signal) : undefined;
  // The engine looks through a link to a folder where the path ends in `/`.
  const path = link?.target ?? source.replace(/\/\.$/, '/');
  const entries = readArchive(engine, containerId, path, signal);
  const first = await entries.next();
  if (first.done === true) return [];
  const name = link?.name ?? first.value.rootName;
  const place = !into ? resolve(destination) : contents || name === '' ? folder : pathIn(folder, name);
  const all = refusingLinksOutside(startingWith(first.value, entries), folder, place);
  const copy = await stageCopy(all, place, signal);
  try {
    await copy.place();
    return copy.leftOut;
  } finally {
    await copy.discard();
  }
}

/** The same, into a folder of its own beside `target`, which is what the file or folder is to be called here; nothing is replaced yet. */
export async function stageFromContainer(
  engine: EnginePort,
  containerId: string,
  source: string,
  target: string,
  signal: AbortSignal,
): Promise<StagedCopy> {
  return await stageCopy(readArchive(engine, containerId, source, signal), target, signal);
}

async function* startingWith<T>(first: T, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

/** Where a link in a container leads, and its own name; `undefined`: there is none at this path. */
export async function linkAt(
  engine: EnginePort,
  containerId: string,
  path: string,
  signal: AbortSignal,
): Promise<{ readonly target: string; readonly name: string } | undefined> {
  const { kind, target } = await engine.inspectPath(containerId, path, signal);
  return kind === 'link'
    ? { target: posix.resolve(posix.dirname(path), target), name: posix.basename(path) }
    : undefined;
}

async function refuseMissingFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true)
    throw new EngineError('invalid', say`The folder ${folder} does not exist.`);
}

async function* refusingLinksOutside(
  entries: AsyncIterable<ArchivedEntry>,
  folder: string,
  place: string,
): AsyncGenerator<ArchivedEntry> {
  for await (const entry of entries) {
    const { header, below } = entry;
    if (header.type === 'symlink') refuseLinkOutside(folder, join(place, ...below), header.linkname ?? '');
    yield entry;
  }
}

/** An absolute one means the machine it is read on; one that climbs out of where it was put means something else there than in the container. */
function refuseLinkOutside(folder: string, path: string, linked: string): void {
  if (isAbsolute(linked) || linked.startsWith('/')) return;
  const leadsTo = relative(folder, join(dirname(path), linked));
  if (leadsTo === '..' || leadsTo.startsWith(`..${sep}`))
    throw new EngineError('invalid', say`The link ${path} would point outside ${folder}, to ${linked}.`);
}

/** Copies a file or folder into a container, by the rules of `docker cp`. Rejects with `EngineError`. */
export async function copyToContainer(
  engine: EnginePort,
  containerId: string,
  source: string,
  destination: string,
  options: CopyOptions,
  signal: AbortSignal,
): Promise<void> {
  const contents = /[\\/]\.$/.test(source);
  const kind = await kindInContainer(engine, containerId, destination, signal);
  if (kind === undefined && destination.endsWith('/'))
    throw new EngineError('not-found', say`The folder ${destination} does not exist in the container.`);
  const into = kind === 'directory';
  const folder = into ? destination : dirname(destination.replace(/\/+$/, '')) || '/';
  const name = contents && into ? '' : into ? basename(resolve(source)) : basename(destination);
  const archive = packTree(source, name, options, signal);
  try {
    await engine.putArchive(
      containerId,
      { path: folder, ...(options.archive === true ? { copyOwnership: true } : {}) },
      archive,
      signal,
    );
  } catch (error) {
    throw copyFailure(error, signal);
  }
}

/** Looks at the head of the first entry only. */
async function kindInContainer(
  engine: EnginePort,
  containerId: string,
  path: string,
  signal: AbortSignal,
): Promise<'directory' | 'file' | undefined> {
  const reader = extract();
  try {
    // With `/.` a link to a folder is looked through.
    const bytes = await engine.getArchive(containerId, path, signal);
    const feeding = pipeline(bytes, reader, { signal });
    feeding.catch(() => {});
    for await (const { header } of reader) {
      if (header.type !== 'symlink') return header.type === 'directory' ? 'directory' : 'file';
      const linked =
        header.linkname?.startsWith('/') === true ? header.linkname : `${dirname(path)}/${header.linkname}`;
      return linked === path ? 'file' : await kindInContainer(engine, containerId, linked, signal);
    }
    return undefined;
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'not-found') return undefined;
    throw error;
  } finally {
    reader.destroy();
  }
}

async function* packTree(
  source: string,
  name: string,
  options: CopyOptions,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const archive = createPack();
  const start = await (options.followLink === true ? stat(source) : lstat(source)).catch((cause: Error) => {
    throw new EngineError('invalid', say`${source} cannot be read: ${cause.message}`, { cause });
  });
  const filling = addTree(archive, resolve(source), name, start, options, signal).then(
    () => archive.finalize(),
    (error: unknown) => archive.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  try {
    for await (const chunk of archive) yield chunk;
    await filling;
  } catch (error) {
    throw copyFailure(error, signal);
  } finally {
    archive.destroy();
  }
}

async function addTree(
  archive: Pack,
  path: string,
  name: string,
  found: Awaited<ReturnType<typeof lstat>>,
  options: CopyOptions,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const common = {
    name,
    mode: Number(found.mode) & 0o7777,
    mtime: found.mtime,
    uid: options.owner?.uid ?? Number(found.uid),
    gid: options.owner?.gid ?? Number(found.gid),
  };
  const add = (header: Headers) =>
    new Promise<void>((done, reject) => archive.entry(header, (error) => (error ? reject(error) : done())));
  if (found.isDirectory()) {
    if (name !== '') await add({ ...common, type: 'directory' });
    for (const child of (await readdir(path)).sort()) {
      const file = join(path, child);
      await addTree(
        archive,
        file,
        name === '' ? child : `${name}/${child}`,
        await lstat(file),
        options,
        signal,
      );
    }
  } else if (found.isSymbolicLink()) {
    await add({ ...common, type: 'symlink', linkname: (await readlink(path)).split(sep).join('/') });
  } else if (found.isFile()) {
    const size = Number(found.size);
    const entry = archive.entry({ ...common, size });
    if (size === 0) entry.end();
    else await pipeline(await openStream(path, { end: size - 1 }), entry, { signal });
  }
}
