import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { digestOf } from '#engine/publish/artifact.ts';
import { copyImage } from '#engine/remote/copy-image.ts';
import { RegistryPush } from '#engine/publish/registry-client.ts';
import { RegistryPull } from '#engine/remote/registry-pull.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
const signal = new AbortController().signal;

/** A registry of one repository each for what is read and what is written, kept in memory. */
async function registry({ inParts = true } = {}) {
  const blobs = new Map<string, Buffer>();
  const manifests = new Map<string, Buffer>();
  const uploads = new Map<string, Buffer[]>();
  const seen: string[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const url = new URL(request.url ?? '', 'http://here');
    const [, kind = '', name = ''] = /\/(manifests|blobs|uploads)\/([^/]*)$/.exec(url.pathname) ?? [];
    const { method = '' } = request;
    seen.push(`${method} ${kind}${body.length > 0 ? ` ${body.length}` : ''}`);
    const answer = (status: number, headers = {}, content?: Buffer) =>
      response.writeHead(status, headers).end(content);
    if (method === 'POST') {
      const mounted = url.searchParams.get('mount');
      if (mounted !== null && blobs.has(mounted)) return answer(201);
      const id = `u${uploads.size}`;
      uploads.set(id, []);
      return answer(202, { location: `/v2/to/blobs/uploads/${id}` });
    }
    if (kind === 'uploads' && method === 'PATCH') {
      uploads.get(name)?.push(body);
      return answer(202, { location: `/v2/to/blobs/uploads/${name}` });
    }
    if (kind === 'uploads') {
      const content = Buffer.concat(uploads.get(name) ?? []);
      const digest = url.searchParams.get('digest') ?? '';
      if (digestOf(content) !== digest) return answer(400);
      blobs.set(digest, content);
      return answer(201);
    }
    const store = kind === 'manifests' ? manifests : blobs;
    if (method === 'PUT') {
      store.set(name, body);
      return answer(201);
    }
    const found = store.get(name);
    // Blobs of a registry belong to repositories.
    if (
      found === undefined ||
      (method === 'HEAD' && url.pathname.startsWith('/v2/to/') && !inTarget.has(name))
    )
      return answer(404);
    const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '');
    if (range !== null && inParts)
      return answer(206, {}, found.subarray(Number(range[1]), Number(range[2]) + 1));
    return answer(200, {}, found);
  });
  const inTarget = new Set<string>();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { address, blobs, manifests, seen, inTarget };
}

type Registry = Awaited<ReturnType<typeof registry>>;

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const descriptorOf = (content: Buffer, mediaType: string) => ({
  mediaType,
  digest: digestOf(content),
  size: content.length,
});

/** An image for two platforms, one with a layer of 20 MB. */
function putImage({ blobs, manifests }: Registry) {
  const platform = (layer: Buffer) => {
    const config = json({ os: 'linux', size: layer.length });
    for (const blob of [config, layer]) blobs.set(digestOf(blob), blob);
    const manifest = json({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: descriptorOf(config, 'application/vnd.oci.image.config.v1+json'),
      layers: [descriptorOf(layer, 'application/vnd.oci.image.layer.v1.tar')],
    });
    manifests.set(digestOf(manifest), manifest);
    return descriptorOf(manifest, 'application/vnd.oci.image.manifest.v1+json');
  };
  const index = json({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [platform(randomBytes(20_000_000)), platform(randomBytes(10))],
  });
  manifests.set('1', index);
  manifests.set(digestOf(index), index);
  return digestOf(index);
}

const copy = (from: Registry, to: Registry) =>
  copyImage(
    new RegistryPull(`${from.address}/from:1`, undefined, signal),
    new RegistryPush({ reference: `${to.address}/to`, login: undefined, insecure: false }, signal),
  );

describe('copying an image', () => {
  it.each([true, false])('brings all platforms over, large layers in parts (%s)', async (inParts) => {
    const from = await registry({ inParts });
    const to = await registry();
    const digest = putImage(from);
    expect(await copy(from, to)).toMatchObject({
      digest,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      annotations: { 'containerd.io/distribution.source.127.0.0.1': 'from' },
    });
    expect([...to.blobs.keys()].toSorted()).toEqual([...from.blobs.keys()].toSorted());
    expect([...to.manifests.keys()].toSorted()).toEqual(
      [...from.manifests.keys()].filter((key) => key !== '1').toSorted(),
    );
    const large = to.seen.filter((line) => /PATCH uploads \d{7,}/.test(line));
    expect(large).toEqual(
      inParts
        ? ['PATCH uploads 8000000', 'PATCH uploads 8000000', 'PATCH uploads 4000000']
        : ['PATCH uploads 20000000'],
    );
  });

  it('sends nothing that the repository has', async () => {
    const from = await registry();
    const to = await registry();
    putImage(from);
    for (const [digest, blob] of from.blobs) {
      to.blobs.set(digest, blob);
      to.inTarget.add(digest);
    }
    await copy(from, to);
    expect(to.seen.filter((line) => /PATCH|POST/.test(line))).toEqual([]);
  });

  it('names what another repository of the same registry has', async () => {
    const one = await registry();
    putImage(one);
    await copy(one, one);
    expect(one.seen.filter((line) => line.startsWith('PATCH'))).toEqual([]);
    expect(one.seen.filter((line) => line.startsWith('POST'))).toHaveLength(4);
  });

  it('refuses what is not what was named', async () => {
    const from = await registry();
    const to = await registry();
    const digest = putImage(from);
    const [child = ''] = [...from.manifests.keys()].filter((key) => key !== '1' && key !== digest);
    from.manifests.set(child, json({ layers: [] }));
    await expect(copy(from, to)).rejects.toMatchObject({ kind: 'engine' });
    from.manifests.delete('1');
    await expect(copy(from, to)).rejects.toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining('from cannot be copied from 127.0.0.1:'),
    });
  });
});
