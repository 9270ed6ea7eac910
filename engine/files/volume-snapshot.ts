import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { openStream } from '#disk/open-stream.ts';
import { wholeFile } from '#disk/whole-file.ts';
import { EngineError } from '../api/engine-error.ts';
import type { ContainerSummary } from '../api/engine-objects.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { isLive } from '../api/is-live.ts';
import { say } from '../api/message.ts';
import { imagesBySize, mountedAt, mountsVolume, withVolumeContainer } from './volume-host.ts';

/** Images that are tried for a shell. */
const mostTried = 8;

/** Dotfiles too, without `.` and `..`; a pattern that matches nothing is no fault to `rm -f`. */
const emptied = `cd ${mountedAt} && rm -rf -- ./* ./.[!.]* ./..?*`;

/** The containers that run with one of the volumes, and may change it at any time. */
export async function runningUsers(
  engine: EnginePort,
  volumes: readonly string[],
  signal: AbortSignal,
): Promise<readonly ContainerSummary[]> {
  const containers = await engine.listContainers({ labels: [], all: true }, signal);
  return containers.filter(
    (container) => isLive(container) && volumes.some((volume) => mountsVolume(container, volume)),
  );
}

/**
 * Writes all of a volume to a file, as a tar archive compressed with gzip: owners, modes, times, symbolic and hard links. Of extended attributes the engine
 * hands over capabilities only. Its folder is made. A file of this name is replaced once the snapshot is complete, never before. Resolves with its size in bytes. What runs with
 * the volume goes on. Rejects with `EngineError`, or with the error of the disk.
 */
export async function takeSnapshot(
  engine: EnginePort,
  volume: string,
  file: string,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<number> {
  await engine.inspectVolume(volume, signal);
  const [image] = await imagesBySize(engine, signal);
  if (image === undefined)
    throw new EngineError(
      'unsupported',
      say`There is no image to create a container from to read the volume ${volume}. Pull any image, such as busybox.`,
      { subject: volume },
    );
  await mkdir(dirname(file), { recursive: true });
  return wholeFile(file, async (partial) => {
    await withVolumeContainer(
      engine,
      { volume, image },
      async (id) => {
        const archive = await engine.getArchive(id, mountedAt, signal);
        await pipeline(counted(archive, onBytes), createGzip(), createWriteStream(partial, { flags: 'wx' }), {
          signal,
        });
      },
      signal,
    );
    return (await stat(partial)).size;
  });
}

/**
 * Makes a volume what it was when the snapshot was taken: what has been added since is gone. The file is read to its end before anything is removed, so that
 * one that is damaged changes nothing. Rejects with `EngineError`: `conflict` where a container runs with the volume, `unsupported` where no image here has a
 * shell to empty it with, `invalid` for a file that is no snapshot.
 */
export async function restoreSnapshot(
  engine: EnginePort,
  volume: string,
  file: string,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  await engine.inspectVolume(volume, signal);
  await check(file, signal);
  const users = await runningUsers(engine, [volume], signal);
  if (users.length > 0)
    throw new EngineError(
      'conflict',
      say`The volume ${volume} is in use by ${users.map(({ name }) => name).join(', ')}. Stop these containers, then restore the snapshot.`,
      { subject: volume },
    );
  for (const image of (await imagesBySize(engine, signal)).slice(0, mostTried))
    if (await replaceContent(engine, { volume, image }, file, onBytes, signal)) return;
  throw new EngineError(
    'unsupported',
    say`None of the images on this engine has a shell to empty the volume ${volume} with. Pull busybox, then try again.`,
    { subject: volume },
  );
}

/** `false`, and nothing has happened: the image has no shell, or is for another platform. */
async function replaceContent(
  engine: EnginePort,
  place: { readonly volume: string; readonly image: string },
  file: string,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<boolean> {
  let isEmptied = false;
  try {
    await withVolumeContainer(
      engine,
      { ...place, script: emptied },
      async (id) => {
        await engine.startContainer(id, signal);
        isEmptied = (await engine.waitContainer(id, signal)).exitCode === 0;
        if (!isEmptied) return;
        const content = counted((await openStream(file)).pipe(createGunzip()), onBytes);
        // The archive has the volume's folder itself, whose owner and mode are part of the data. Owners: without a rule of its own the engine takes the archive's.
        await engine.putArchive(id, { path: '/' }, content, signal);
      },
      signal,
    );
  } catch (error) {
    signal.throwIfAborted();
    if (isEmptied || !(error instanceof EngineError) || error.kind === 'unreachable') throw error;
  }
  return isEmptied;
}

/** To its end: gzip ends with a checksum. */
async function check(file: string, signal: AbortSignal): Promise<void> {
  try {
    let size = 0;
    await pipeline(
      await openStream(file),
      createGunzip(),
      async (chunks: AsyncIterable<Uint8Array>) => {
        for await (const chunk of chunks) size += chunk.length;
      },
      { signal },
    );
    if (size % 512 !== 0 || size < 1024) throw new Error('not a tar archive');
  } catch (cause) {
    signal.throwIfAborted();
    throw new EngineError(
      'invalid',
      say`${file} is not a snapshot of a volume, or is damaged: ${cause instanceof Error ? cause.message : String(cause)}. Nothing was changed.`,
      { subject: file, cause },
    );
  }
}

function counted(bytes: AsyncIterable<Uint8Array>, onBytes: (bytes: number) => void): Readable {
  return Readable.from(
    (async function* () {
      let all = 0;
      for await (const chunk of bytes) {
        all += chunk.length;
        onBytes(all);
        yield chunk;
      }
    })(),
    { objectMode: false },
  );
}

/** Deletes the file of a snapshot. Whoever has removed it meanwhile did what was wanted; rejects with the error of the file system. */
export async function deleteSnapshot(file: string): Promise<void> {
  await rm(file, { force: true });
}
