import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { openStream } from '#disk/open-stream.ts';
import { wholeFile } from '#disk/whole-file.ts';
import type { EnginePort } from '../api/engine-port.ts';

/** Writes an image to a file as `docker save` does. A file of this name is replaced once the image is complete, never before. Rejects with `EngineError`, or with the error of the disk. */
export async function saveImage(
  engine: EnginePort,
  reference: string,
  file: string,
  signal: AbortSignal,
): Promise<void> {
  const archive = await engine.exportImage(reference, signal);
  await wholeFile(file, (partial) =>
    pipeline(archive, createWriteStream(partial, { flags: 'wx' }), { signal }),
  );
}

/** Takes the images of a file that {@link saveImage} or `docker save` wrote. Rejects as it does. */
export async function loadImages(
  engine: EnginePort,
  file: string,
  onStatus: (status: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for await (const { status } of engine.loadImage(await openStream(file), signal)) onStatus(status);
}
