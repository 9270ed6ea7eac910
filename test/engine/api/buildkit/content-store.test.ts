import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentService } from '#engine/api/buildkit/content-store.ts';
import type { GrpcCall } from '#engine/api/buildkit/grpc.ts';
import { decode, encode, type Field, lookUp, text } from '#engine/api/buildkit/protobuf.ts';

const path = '/containerd.services.content.v1.Content';
const digestOf = (content: Buffer) => `sha256:${createHash('sha256').update(content).digest('hex')}`;
const content = Buffer.from('a blob of a cache');
const digest = digestOf(content);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'composure-content-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The answers to these requests; rejects as the call does. */
async function call(method: string, requests: readonly (readonly Field[])[], store = 'local:cache') {
  const answers: Buffer[] = [];
  const given: GrpcCall = {
    metadata: new Map([['buildkit-attachable-store-id', [store]]]),
    requests: (async function* () {
      for (const request of requests) yield encode(request);
    })(),
    send: async (...messages) => {
      answers.push(...messages.map((message) => Buffer.from(message)));
    },
  };
  await contentService(new Map([['local:cache', folder]]))[`${path}/${method}`]?.(given);
  return answers;
}

const begin = (expected = digest): readonly Field[] => [
  [2, 'a reference'],
  [3, content.length],
  [4, expected],
];
const data = (at: number, bytes: Buffer): readonly Field[] => [
  [1, 1],
  [5, at],
  [6, bytes],
];
const commit = (expected = digest): readonly Field[] => [
  [1, 2],
  [3, content.length],
  [4, expected],
  [5, content.length],
];
const writeAll = () =>
  call('Write', [begin(), data(0, content.subarray(0, 5)), data(5, content.subarray(5)), commit()]);

describe('a folder that a builder keeps blobs in', () => {
  it('takes a blob in parts, and tells of each how much there is, and of all what it is', async () => {
    const answers = await writeAll();
    expect(answers.map((answer) => lookUp(answer, 4) ?? 0)).toEqual([0, 5, content.length, content.length]);
    expect(text(lookUp(answers.at(-1) ?? Buffer.alloc(0), 6))).toBe(digest);
    expect(await readFile(join(folder, 'blobs/sha256', digest.slice(7)))).toEqual(content);
    expect(await readdir(join(folder, 'ingest'))).toEqual([]);
  });

  it('says that it has a blob already', async () => {
    await writeAll();
    await expect(call('Write', [begin()])).rejects.toMatchObject({ status: 6 });
  });

  it('keeps nothing that is not what was announced, that has a hole, or that was given up', async () => {
    const other = digestOf(Buffer.from('other'));
    await expect(call('Write', [begin(other), data(0, content), commit(other)])).rejects.toMatchObject({
      status: 3,
    });
    await expect(call('Write', [begin(), data(3, content)])).rejects.toMatchObject({ status: 11 });
    await call('Write', [begin(), data(0, content)]);
    expect(await readdir(join(folder, 'blobs/sha256'))).toEqual([]);
    expect(await readdir(join(folder, 'ingest'))).toEqual([]);
  });

  it('tells how large a blob is, and gives all of it or a part', async () => {
    await writeAll();
    const [info = Buffer.alloc(0)] = await call('Info', [[[1, digest]]]);
    expect(lookUp(lookUp(info, 1) as Uint8Array, 2)).toBe(content.length);
    const read = async (from: number, size: number) => {
      const answers = await call('Read', [
        [
          [1, digest],
          [2, from],
          [3, size],
        ],
      ]);
      return Buffer.concat(answers.map((answer) => new Map(decode(answer)).get(2) as Uint8Array)).toString();
    };
    expect(await read(0, 0)).toBe(content.toString());
    expect(await read(2, 4)).toBe('blob');
    expect(await read(2, 1000)).toBe(content.toString().slice(2));
    expect(await read(content.length, 5)).toBe('');
  });

  it.each([
    ['Info', [[1, digest]]],
    ['Read', [[1, digest]]],
  ] as const)('%s of what is not there is said', async (method, request) => {
    await expect(call(method, [request])).rejects.toMatchObject({ status: 5 });
  });

  it('is the only one, and no digest leads out of it', async () => {
    await expect(call('Info', [[[1, digest]]], 'local:/etc')).rejects.toMatchObject({ status: 5 });
    await expect(call('Info', [[[1, 'sha256:../../../etc/passwd']]])).rejects.toMatchObject({ status: 3 });
  });
});
