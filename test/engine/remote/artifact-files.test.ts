import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { load } from '#compose/load/load.ts';
import type { LoadResult } from '#compose/load/request.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { diskFiles } from '#disk/disk-files.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import { artifactLayers, artifactManifest, digestOf, type Layer } from '#engine/publish/artifact.ts';
import { RegistryPush } from '#engine/publish/registry-client.ts';
import { fetchedFiles } from '#engine/remote/fetch-remote.ts';

/** A registry in memory, on loopback: what was put there is there, by its path. */
async function startRegistry() {
  const stored = new Map<string, Buffer>();
  const seen: string[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://registry');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    seen.push(`${request.method} ${url.pathname}`);
    if (request.method === 'POST')
      return response.writeHead(202, { location: `${url.pathname}upload` }).end();
    if (request.method === 'PUT') {
      const content = Buffer.concat(chunks);
      const digest = digestOf(content);
      stored.set(url.pathname.replace(/uploads\/upload$/, digest), content);
      stored.set(url.pathname.replace(/manifests\/[^/]+$/, `manifests/${digest}`), content);
      return response.writeHead(201).end();
    }
    const content = stored.get(url.pathname);
    return response.writeHead(content === undefined ? 404 : 200).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, stored, seen, host: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

let registry: Awaited<ReturnType<typeof startRegistry>>;
let home: string;
beforeEach(async () => {
  registry = await startRegistry();
  home = mkdtempSync(join(tmpdir(), 'composure-artifact-'));
  mkdirSync(join(home, 'project'));
});
afterEach(async () => {
  await stop(registry.server);
  rmSync(home, { recursive: true, force: true });
});

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

const signal = new AbortController().signal;

async function publish(name: string, layers: readonly Layer[], version: '1.0' | '1.1' = '1.1') {
  const push = new RegistryPush(
    { reference: `${registry.host}/${name}`, login: undefined, insecure: false },
    signal,
  );
  for (const layer of layers) await push.blob(layer);
  const { config, manifest, mediaType } = artifactManifest(layers, version, new Date(0));
  await push.blob(config);
  await push.manifest(manifest, mediaType);
  return manifest;
}

async function loaded(compose: string): Promise<LoadResult> {
  const cwd = join(home, 'project');
  writeFileSync(join(cwd, 'compose.yaml'), compose);
  const remote = fetchedFiles({
    files: diskFiles(),
    environment: { HOME: home },
    home,
    signal,
    now: () => 0,
  });
  return load({ ...nodeHost({}, home), remote }, { cwd });
}

const said = ({ problems }: LoadResult) => problems.map(({ message }) => formatPhrase(message));

function write(files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(home, 'source', name, '..'), { recursive: true });
    writeFileSync(join(home, 'source', name), text);
  }
  return join(home, 'source');
}

const layer = (name: string, text: string, more: Readonly<Record<string, string>> = {}): Layer => ({
  mediaType: 'application/vnd.docker.compose.file+yaml',
  content: Buffer.from(text),
  annotations: { 'com.docker.compose.file': name, ...more },
});

it.each(['1.0', '1.1'] as const)('what publish writes as OCI %s is read as it was', async (version) => {
  const source = write({
    'compose.yaml':
      'services:\n  web:\n    image: web\n    env_file: web.env\n    extends: {file: base/common.yaml, service: common}\n',
    'over.yaml': 'services: {web: {command: over}}\n',
    'base/common.yaml': 'services: {common: {labels: {from: base}}}\n',
    'web.env': 'COLOR=blue\n',
  });
  const paths = ['compose.yaml', 'over.yaml'].map((name) => join(source, name));
  const manifest = await publish('shop', await artifactLayers(paths, { withEnv: true }), version);
  const result = await loaded(`include: ["oci://${registry.host}/shop"]\n`);
  expect(said(result)).toEqual([]);
  expect(result.loaded?.project.services.web).toMatchObject({
    image: 'web',
    command: ['over'],
    environment: { COLOR: 'blue' },
    labels: { from: 'base' },
  });
  const folder = join(home, '.cache/docker-compose', digestOf(manifest).slice('sha256:'.length));
  expect(readdirSync(folder).toSorted()).toContain('compose.yaml');
  expect(readFileSync(join(folder, 'compose.yaml'), 'utf8')).toContain(
    '\n---\nservices: {web: {command: over}}',
  );
});

it('is fetched once for a digest, and without its registry from the cache', async () => {
  await publish('shop', [layer('compose.yaml', 'services: {web: {image: web}}\n')]);
  const compose = `include: ["oci://${registry.host}/shop"]\n`;
  expect(said(await loaded(compose))).toEqual([]);
  const blobs = () => registry.seen.filter((what) => what.startsWith('GET') && what.includes('/blobs/'));
  expect(blobs()).toHaveLength(1);
  expect(said(await loaded(compose))).toEqual([]);
  expect(blobs()).toHaveLength(1);
  await stop(registry.server);
  const offline = await loaded(compose);
  expect(offline.loaded?.project.services.web?.image).toBe('web');
  expect(said(offline)).toEqual([
    expect.stringMatching(
      /cannot be asked for news: .*1970-01-01 00:00 UTC is used, version [0-9a-f]{12}\.$/,
    ),
  ]);
});

it('refuses what is no application, or is not what its digest says, and leaves nothing', async () => {
  const problemOf = async (name: string) =>
    said(await loaded(`include: ["oci://${registry.host}/${name}"]\n`));
  expect(await problemOf('absent')).toEqual([expect.stringContaining('cannot be fetched: 404 absent')]);
  registry.stored.set('/v2/image/manifests/latest', Buffer.from('{"layers":[],"config":{}}'));
  expect(await problemOf('image')).toEqual([
    expect.stringContaining('it is not a published Compose application'),
  ]);
  const good = layer('compose.yaml', 'services: {web: {image: web}}\n');
  await publish('changed', [good]);
  registry.stored.set(`/v2/changed/blobs/${digestOf(good.content)}`, Buffer.from('services: {}\n'));
  expect(await problemOf('changed')).toEqual([
    expect.stringContaining('it is not a published Compose application'),
  ]);
  expect(readdirSync(join(home, '.cache/docker-compose'))).toEqual([]);
});

it('writes no file outside its folder', async () => {
  const extended = { 'com.docker.compose.extends': 'true' };
  for (const name of ['../evil.yaml', '/tmp/evil.yaml', 'a\\b.yaml', '..', 'C:evil']) {
    await publish('evil', [layer(name, 'services: {}\n', extended)]);
    expect(said(await loaded(`include: ["oci://${registry.host}/evil"]\n`)), name).toEqual([
      expect.stringContaining('the artifact names files outside its folder'),
    ]);
  }
});
