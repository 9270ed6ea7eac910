import { openStream } from '#disk/open-stream.ts';
import { type GrpcCall, type GrpcHandler, noSuchThing } from './grpc.ts';
import { type LocalSource, type SourceEntry, walkSource } from './local-source.ts';
import { decode, encode, type Field, text } from './protobuf.ts';

// What BuildKit reads of local files: `moby.filesync.v1.FileSync/DiffCopy`, whose packets are fsutil's (`fsutil.types.Packet`).

const packet = { stat: 0, request: 1, data: 2, end: 3, error: 4 } as const;

/** Of Go's `os.FileMode`, beside the nine permission bits. */
const goMode = {
  folder: 2 ** 31,
  link: 2 ** 27,
  fifo: 2 ** 25,
  setUser: 2 ** 23,
  setGroup: 2 ** 22,
  sticky: 2 ** 20,
} as const;

/** Bytes of a file in one message, and bytes that are gathered before they are written. */
const chunkSize = 32 * 1024;
const writeSize = 64 * 1024;

/** Files that are read at the same time. */
const atOnce = 16;

/**
 * Gives a builder what it wants of these sources, by name: first what there is, then the content of the files that it asks for, those it has not got
 * from an earlier build. Owners are root's, as `docker build` has them.
 */
export function fileSync(sources: ReadonlyMap<string, LocalSource>, signal: AbortSignal): GrpcHandler {
  return async (call) => {
    const [name = ''] = call.metadata.get('dir-name') ?? [];
    const source = sources.get(name);
    if (source === undefined) throw noSuchThing(`no access allowed to dir "${name}"`);
    const selection = {
      include: patterns(call, 'include-patterns'),
      exclude: patterns(call, 'exclude-patterns'),
      follow: patterns(call, 'followpaths'),
    };
    const files = new Map<number, SourceEntry>();
    const tell = async () => {
      let id = 0;
      for await (const entries of walkSource(source, selection, signal)) {
        for (const [at, entry] of entries.entries()) if (entry.type === 'file') files.set(id + at, entry);
        id += entries.length;
        await call.send(...entries.map((entry) => packetOf(packet.stat, [[2, statOf(entry)]])));
      }
      await call.send(packetOf(packet.stat, []));
    };
    const serve = async () => {
      const sending = new Set<Promise<void>>();
      for await (const request of call.requests) {
        const { type, id, data } = read(request);
        if (type === packet.error) throw new Error(data);
        if (type === packet.end) {
          await Promise.all(sending);
          await call.send(packetOf(packet.end, []));
          return;
        }
        const entry = files.get(id);
        if (type !== packet.request || entry === undefined) continue;
        const one = sendContent(call, id, entry).finally(() => sending.delete(one));
        one.catch(() => {});
        sending.add(one);
        if (sending.size >= atOnce) await Promise.race(sending);
      }
    };
    const telling = tell().catch(async (error: Error) => {
      await call.send(packetOf(packet.error, [[4, error.message]])).catch(() => {});
      throw error;
    });
    await Promise.all([telling, serve()]);
  };
}

async function sendContent(call: GrpcCall, id: number, { content }: SourceEntry): Promise<void> {
  const gathered: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunksOf(content)) {
    gathered.push(dataOf(id, chunk));
    size += chunk.length;
    if (size < writeSize) continue;
    await call.send(...gathered.splice(0));
    size = 0;
  }
  await call.send(...gathered, dataOf(id, new Uint8Array()));
}

async function* chunksOf(content: SourceEntry['content']): AsyncGenerator<Uint8Array> {
  if (typeof content !== 'string') {
    for (let at = 0; at < content.length; at += chunkSize) yield content.subarray(at, at + chunkSize);
    return;
  }
  try {
    yield* await openStream(content, { highWaterMark: chunkSize });
  } catch {
    // One that is gone meanwhile, or may not be read, is empty there, and its size a mismatch: as BuildKit's own client has it.
  }
}

function dataOf(id: number, data: Uint8Array): Buffer {
  return packetOf(packet.data, [
    [3, id],
    [4, data],
  ]);
}

function packetOf(type: number, fields: readonly Field[]): Buffer {
  return encode([[1, type], ...fields]);
}

function read(message: Uint8Array) {
  const all = new Map(decode(message));
  return { type: Number(all.get(1) ?? 0), id: Number(all.get(3) ?? 0), data: text(all.get(4)) };
}

function statOf({ path, type, mode, size, modified, target }: SourceEntry): Buffer {
  return encode([
    [1, path],
    [2, modeOf(type, mode)],
    [5, size],
    [6, modified < 0n ? 0n : modified],
    [7, target],
  ]);
}

function modeOf(type: SourceEntry['type'], mode: number): number {
  const bits = type === 'file' ? 0 : goMode[type];
  return (
    bits +
    (mode & 0o4000 ? goMode.setUser : 0) +
    (mode & 0o2000 ? goMode.setGroup : 0) +
    (mode & 0o1000 ? goMode.sticky : 0) +
    (mode & 0o777)
  );
}

/** Values that are not plain ASCII come escaped, which another header says. */
function patterns({ metadata }: GrpcCall, name: string): readonly string[] {
  const values = metadata.get(name) ?? [];
  const isEscaped = metadata.get(`${name}-encoded`)?.[0] === '1';
  return isEscaped ? values.map((value) => decodeURIComponent(value.replaceAll('+', ' '))) : values;
}
