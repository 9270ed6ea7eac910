import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startEngine } from '../../../scripts/lib/engine.mjs';
import { seedImages } from '../../../scripts/lib/images.mjs';
import { hostOf } from './engine.ts';
import { stack } from './stack.ts';

type Engine = Awaited<ReturnType<typeof startEngine>>;

// A cache in a folder takes the containerd image store.
let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({ options: ['--feature', 'containerd-snapshotter=true'] });
  await seedImages(engine);
}, 300_000);
afterAll(async () => {
  await engine?.stop();
});

const compose = `services:
  app:
    build:
      context: .
      dockerfile_inline: |
        FROM busybox
        RUN head -c 3000000 /dev/urandom > /made
        COPY page.txt /
      cache_from: ["type=local,src=./cache"]
      cache_to: ["type=local,dest=./cache,mode=max"]
`;

it('a cache goes to a folder and comes from there, by ours and by Docker Compose', async () => {
  const one = await stack(engine.host, compose, { 'page.txt': 'first' });
  const madeIn = async () => (await one.docker('run', '--rm', `${one.name}-app`, 'md5sum', '/made')).out;
  const forget = async () => {
    expect((await one.docker('rmi', '-f', `${one.name}-app`)).code).toBe(0);
    expect((await one.docker('builder', 'prune', '-af')).code).toBe(0);
  };
  try {
    // There is no cache yet: that is no fault.
    const built = await one.compose('build');
    expect(built.code, built.err).toBe(0);
    const first = await madeIn();
    const index = JSON.parse(await readFile(join(one.folder, 'cache/index.json'), 'utf8'));
    expect(index).toMatchObject({
      schemaVersion: 2,
      manifests: [{ annotations: { 'org.opencontainers.image.ref.name': 'latest' } }],
    });
    expect(await readdir(join(one.folder, 'cache/ingest'))).toEqual([]);
    const blobs = await readdir(join(one.folder, 'cache/blobs/sha256'));
    expect(blobs).toContain(index.manifests[0].digest.slice('sha256:'.length));

    // What is random was not made again.
    await forget();
    await one.write({ 'page.txt': 'second' });
    expect(await one.compose('build')).toMatchObject({ code: 0 });
    expect(await madeIn()).toBe(first);
    const again = JSON.parse(await readFile(join(one.folder, 'cache/index.json'), 'utf8'));
    expect(again.manifests).toHaveLength(1);
    expect(again.manifests[0].digest).not.toBe(index.manifests[0].digest);

    // Docker Compose reads what ours has written.
    await forget();
    const theirs = await one.dockerCompose('build');
    expect(theirs.code, theirs.err).toBe(0);
    expect(await madeIn()).toBe(first);
  } finally {
    await one.remove();
  }
}, 300_000);

it('an engine with an image store of its own builds without a cache in a folder', async () => {
  const named = { 'org.opencontainers.image.ref.name': 'latest' };
  const digest = `sha256:${'0'.repeat(64)}`;
  const manifests = [{ mediaType: 'm', digest, size: 1, annotations: named }];
  const one = await stack(hostOf('engineHost'), compose.replace(/ +cache_to:.*\n/, ''), {
    'page.txt': 'first',
    'cache/index.json': JSON.stringify({ schemaVersion: 2, manifests }),
  });
  onTestFinished(() => one.remove());
  const built = await one.compose('build');
  expect(built.code, built.err).toBe(0);
});
