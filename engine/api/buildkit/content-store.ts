import { createHash, randomUUID } from 'node:crypto';
import { appendFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openStream } from '#disk/open-stream.ts';
import { type GrpcCall, GrpcError, type GrpcHandler, noSuchThing, unary } from './grpc.ts';
import { encode, type Field, lookUp, text } from './protobuf.ts';

// A folder that a builder keeps blobs in, over its session: containerd's `containerd.services.content.v1.Content`, as much as BuildKit uses of it
// (https://github.com/containerd/containerd/blob/main/api/services/content/v1/content.proto).

const alreadyExists = 6;
const invalidArgument = 3;
const outOfRange = 11;
/** Of `WriteContentRequest`. */
const action = { stat: 0, write: 1, commit: 2 } as const;
const service = '/containerd.services.content.v1.Content';

/**
 * Reads and writes blobs in folders laid out as in the OCI image layout (`blobs/sha256/…`), by the names that the builder has for them. What is written has its
 * digest checked before it is there; what is not finished is in `ingest` and removed when its call ends.
 */
export function contentService(stores: ReadonlyMap<string, string>): Readonly<Record<string, GrpcHandler>> {
  const folderOf = ({ metadata }: GrpcCall): string => {
    const [id = ''] = metadata.get('buildkit-attachable-store-id') ?? [];
    const folder = stores.get(id);
    if (folder === undefined) throw noSuchThing(`there is no folder "${id}" for this build`);
    return folder;
  };
  return {
    [`${service}/Info`]: unary(async (request, call) => {
      const digest = text(lookUp(request, 1));
      const info: readonly Field[] = [
        [1, digest],
        [2, await sizeOf(blobFile(folderOf(call), digest), digest)],
      ];
      return encode([[1, encode(info)]]);
    }),
    [`${service}/Read`]: async (call) => {
      for await (const request of call.requests) {
        await read(call, folderOf(call), request);
        return;
      }
    },
    [`${service}/Write`]: (call) => write(call, folderOf(call)),
    [`${service}/Abort`]: unary(async () => new Uint8Array()),
  };
}

async function read(call: GrpcCall, folder: string, request: Buffer): Promise<void> {
  const digest = text(lookUp(request, 1));
  const file = blobFile(folder, digest);
  const whole = await sizeOf(file, digest);
  const from = numberOf(request, 2);
  const size = numberOf(request, 3);
  const end = size === 0 ? whole : Math.min(whole, from + size);
  if (from >= end) return;
  let at = from;
  for await (const data of await openStream(file, { start: from, end: end - 1 })) {
    await call.send(encode([...(at === 0 ? [] : ([[1, at]] as const)), [2, data as Buffer]]));
    at += (data as Buffer).length;
  }
}

/** One blob: told of, written in order, and kept once it is what was announced. */
async function write(call: GrpcCall, folder: string): Promise<void> {
  let draft: Draft | undefined;
  try {
    for await (const request of call.requests) {
      const what = numberOf(request, 1);
      const expected = text(lookUp(request, 4));
      if (expected !== '' && (await sizeOnDisk(blobFile(folder, expected))) !== undefined)
        throw new GrpcError(alreadyExists, `content ${expected}: already exists`);
      draft ??= await beginDraft(folder);
      const offset = numberOf(request, 5);
      if (what !== action.stat && offset > 0 && offset !== draft.size)
        throw new GrpcError(outOfRange, `write at ${offset}, but ${draft.size} bytes are there`);
      const data = lookUp(request, 6);
      if (what !== action.stat && data instanceof Uint8Array && data.length > 0) await draft.add(data);
      const digest = draft.digest();
      if (what === action.commit) {
        const total = numberOf(request, 3);
        if ((total > 0 && total !== draft.size) || (expected !== '' && expected !== digest))
          throw new GrpcError(invalidArgument, `${digest} of ${draft.size} bytes is not what was announced`);
        await draft.keep(blobFile(folder, digest));
      }
      await call.send(
        encode([
          ...(what === action.stat ? [] : ([[1, what]] as const)),
          ...(draft.size === 0 ? [] : ([[4, draft.size]] as const)),
          [6, digest],
        ]),
      );
      if (what === action.commit) return;
    }
  } finally {
    await draft?.end();
  }
}

interface Draft {
  readonly size: number;
  add(data: Uint8Array): Promise<void>;
  digest(): string;
  keep(file: string): Promise<void>;
  end(): Promise<void>;
}

async function beginDraft(folder: string): Promise<Draft> {
  const ingest = join(folder, 'ingest');
  await mkdir(ingest, { recursive: true });
  await mkdir(join(folder, 'blobs', 'sha256'), { recursive: true });
  const file = join(ingest, randomUUID());
  await writeFile(file, '', { flag: 'wx' });
  const hash = createHash('sha256');
  let size = 0;
  return {
    get size() {
      return size;
    },
    async add(data) {
      await appendFile(file, data);
      hash.update(data);
      size += data.length;
    },
    digest: () => `sha256:${hash.copy().digest('hex')}`,
    keep: (target) => rename(file, target),
    end: () => rm(file, { force: true }),
  };
}

function blobFile(folder: string, digest: string): string {
  const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(digest) ?? [];
  if (hex === undefined) throw new GrpcError(invalidArgument, `"${digest}" is not a digest`);
  return join(folder, 'blobs', 'sha256', hex);
}

/** `undefined`: there is no such file. */
async function sizeOnDisk(file: string): Promise<number | undefined> {
  return (await stat(file).catch(() => undefined))?.size;
}

async function sizeOf(file: string, digest: string): Promise<number> {
  const size = await sizeOnDisk(file);
  if (size === undefined) throw noSuchThing(`content ${digest}: not found`);
  return size;
}

function numberOf(message: Uint8Array, field: number): number {
  const value = lookUp(message, field);
  return typeof value === 'number' ? value : 0;
}
