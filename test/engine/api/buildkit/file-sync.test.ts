import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileSync } from '#engine/api/buildkit/file-sync.ts';
import type { GrpcCall } from '#engine/api/buildkit/grpc.ts';
import { decode, encode, text } from '#engine/api/buildkit/protobuf.ts';

const count = 2000;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'composure-sync-'));
  await mkdir(join(directory, 'many'));
  await Promise.all(
    Array.from({ length: count }, (_, at) => writeFile(join(directory, 'many', `${at}`), `content ${at}`)),
  );
  await writeFile(join(directory, 'large'), Buffer.alloc(300_000, 'x'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

function signal() {
  let give = () => {};
  const heard = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { heard, give };
}

/** A builder that asks for the files it wants once it has heard of all. */
async function syncWith(wants: (path: string) => boolean) {
  const paths: string[] = [];
  const contents = new Map<number, string>();
  const ended = new Set<number>();
  let writes = 0;
  let isOver = false;
  const told = signal();
  const served = signal();
  const wanted = () => paths.flatMap((path, id) => (wants(path) ? [id] : []));
  const call: GrpcCall = {
    metadata: new Map([['dir-name', ['context']]]),
    requests: (async function* () {
      await told.heard;
      for (const id of wanted())
        yield encode([
          [1, 1],
          [3, id],
        ]);
      if (wanted().length > 0) await served.heard;
      yield encode([[1, 3]]);
    })(),
    send: async (...messages) => {
      writes += 1;
      for (const message of messages) {
        const fields = new Map(decode(message));
        const id = Number(fields.get(3) ?? 0);
        const type = Number(fields.get(1) ?? 0);
        if (type === 3) isOver = true;
        else if (type === 0 && !fields.has(2)) told.give();
        else if (type === 0) paths.push(text(new Map(decode(fields.get(2) as Uint8Array)).get(1)));
        else if (text(fields.get(4)) === '') ended.add(id);
        else contents.set(id, (contents.get(id) ?? '') + text(fields.get(4)));
      }
      if (ended.size === wanted().length) served.give();
    },
  };
  const sources = new Map([['context', { kind: 'folder' as const, directory }]]);
  await fileSync(sources, new AbortController().signal)(call);
  return { paths, contents, ended, writes, isOver };
}

describe('what a builder reads of a folder', () => {
  it('is told in few writes, in order', async () => {
    const { paths, writes, isOver } = await syncWith(() => false);
    expect(paths).toHaveLength(count + 2);
    expect(paths).toEqual([...paths].sort());
    expect(writes).toBeLessThanOrEqual(12);
    expect(isOver).toBe(true);
  });

  it('is sent whole, a small file in one write', async () => {
    const { paths, contents, ended, writes } = await syncWith((path) => path !== 'many');
    expect(ended.size).toBe(count + 1);
    expect(contents.get(paths.indexOf('large'))).toBe('x'.repeat(300_000));
    for (const at of [0, 7, count - 1])
      expect(contents.get(paths.indexOf(`many/${at}`))).toBe(`content ${at}`);
    expect(writes).toBeLessThanOrEqual(12 + count + 6);
  });
});
