import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cachesIn } from '#engine/image-build/caches.ts';
import { localCaches } from '#engine/image-build/local-caches.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'composure-caches-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const manifest = (digest: string) => ({ mediaType: 'm', digest, size: 1 });
const index = async () => JSON.parse(await readFile(join(folder, 'index.json'), 'utf8'));
const solvedWith = async (entry: string, digest: string) => {
  const { solved } = await localCaches([], cachesIn([entry]), folder);
  await solved(new Map([['cache.manifest', JSON.stringify(manifest(digest))]]));
};

it('what is written is named by its tag, and one of another tag is kept', async () => {
  await solvedWith('type=local,dest=.', 'sha256:1');
  await solvedWith('type=local,dest=.,tag=main', 'sha256:2');
  await solvedWith('type=local,dest=.', 'sha256:3');
  expect((await index()).manifests).toEqual([
    { ...manifest('sha256:2'), annotations: { 'org.opencontainers.image.ref.name': 'main' } },
    { ...manifest('sha256:3'), annotations: { 'org.opencontainers.image.ref.name': 'latest' } },
  ]);
  expect(await readFile(join(folder, 'oci-layout'), 'utf8')).toBe('{"imageLayoutVersion":"1.0.0"}');
});

it('what is read is found by its tag, or by a digest', async () => {
  await solvedWith('type=local,dest=.,tag=main', 'sha256:2');
  const { imports, contents } = await localCaches(
    cachesIn(['type=local,src=.,tag=main', 'type=local,src=.,digest=sha256:9', 'user/app:cache']),
    [],
    folder,
  );
  expect(imports).toEqual([
    { type: 'local', attributes: { src: folder, tag: 'main', digest: 'sha256:2' } },
    { type: 'local', attributes: { src: folder, digest: 'sha256:9' } },
    { type: 'registry', attributes: { ref: 'user/app:cache' } },
  ]);
  expect([...contents]).toEqual([[`local:${folder}`, folder]]);
});

it.each([
  ['is not there', undefined],
  ['has an index that is broken', '{'],
  ['has an index of something else', '{"manifests": 1}'],
])('a folder that %s is left out', async (_, text) => {
  if (text !== undefined) await writeFile(join(folder, 'index.json'), text);
  const { imports, contents } = await localCaches(cachesIn(['type=local,src=.']), [], folder);
  expect(imports).toEqual([]);
  expect(contents.size).toBe(0);
});

it('nothing is written where the builder had no cache to name', async () => {
  const { solved } = await localCaches([], cachesIn(['type=local,dest=./none']), folder);
  await solved(new Map());
  await expect(readFile(join(folder, 'none/index.json'))).rejects.toThrow('ENOENT');
});
