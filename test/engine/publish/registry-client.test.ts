import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { RegistryPush } from '#engine/publish/registry-client.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function serve(answer: (request: IncomingMessage) => Reply) {
  const seen: { readonly what: string; readonly authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const { authorization } = request.headers;
    seen.push({ what: `${request.method} ${request.url?.replace(/\?.*/, '')}`, authorization });
    const { status, headers = {}, body = '' } = answer(request);
    request.resume();
    response.writeHead(status, headers).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const login = { username: 'me', password: 'secret' };
const basic = `Basic ${Buffer.from('me:secret').toString('base64')}`;
const content = Buffer.from('layer');
const signal = new AbortController().signal;

/** Wants the password, and sends an upload on to `location`. */
const registrySending = (location: () => string) =>
  serve(({ headers, method }) =>
    headers.authorization === undefined
      ? { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } }
      : method === 'POST'
        ? { status: 202, headers: { location: location() } }
        : { status: method === 'PUT' ? 201 : 404 },
  );

it('an upload that goes on at another host goes there without the password', async () => {
  const elsewhere = await serve(() => ({ status: 201 }));
  const registry = await registrySending(() => `http://${elsewhere.address}/upload`);
  await new RegistryPush({ reference: `${registry.address}/app`, login, insecure: false }, signal).blob({
    content,
  });
  expect(registry.seen.some(({ authorization }) => authorization === basic)).toBe(true);
  expect(elsewhere.seen).toEqual([{ what: 'PUT /upload', authorization: undefined }]);
});

it('another host that asks for a password gets none, and the push ends', async () => {
  const elsewhere = await serve(() => ({ status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } }));
  const registry = await registrySending(() => `http://${elsewhere.address}/upload`);
  const push = new RegistryPush({ reference: `${registry.address}/app`, login, insecure: false }, signal);
  await expect(push.blob({ content })).rejects.toMatchObject({ kind: 'pull-denied' });
  expect(elsewhere.seen).toEqual([{ what: 'PUT /upload', authorization: undefined }]);
});

it('an upload that goes on at the registry itself has it', async () => {
  const registry = await registrySending(() => '/upload?state=1');
  await new RegistryPush({ reference: `${registry.address}/app`, login, insecure: false }, signal).blob({
    content,
  });
  expect(registry.seen.at(-1)).toEqual({ what: 'PUT /upload', authorization: basic });
});

it('an authority elsewhere does not get the password, and the reason is said', async () => {
  const elsewhere = await serve(() => ({ status: 200, body: '{"token":"t"}' }));
  const registry = await serve(() => ({
    status: 401,
    headers: { 'www-authenticate': `Bearer realm="http://${elsewhere.address}/token"` },
  }));
  const push = new RegistryPush({ reference: `${registry.address}/app`, login, insecure: false }, signal);
  await expect(push.blob({ content })).rejects.toMatchObject({
    kind: 'engine',
    message: expect.stringContaining('was not sent'),
  });
  expect(elsewhere.seen).toEqual([]);
});

it('a place that is no address, and what is no reference, are errors of their own', async () => {
  const registry = await registrySending(() => 'https://');
  const push = new RegistryPush({ reference: `${registry.address}/app`, login, insecure: false }, signal);
  await expect(push.blob({ content })).rejects.toMatchObject({ kind: 'engine' });
  expect(() => new RegistryPush({ reference: 'App', login, insecure: false }, signal)).toThrow(
    expect.objectContaining({ kind: 'invalid' }),
  );
});

it('a registry that is not there is unreachable', async () => {
  const push = new RegistryPush({ reference: '127.0.0.1:9/app', login, insecure: false }, signal);
  await expect(push.blob({ content })).rejects.toMatchObject({ kind: 'unreachable' });
});
