import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConnectOptions, connect, findCandidates } from '#engine/connect/connect.ts';
import { listContexts } from '#engine/connect/contexts.ts';
import { formatEndpoint } from '#engine/api/transport/endpoint.ts';
import { FaultServer, respond, stallAfter } from '../fault-server.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'composure-home-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const never = new AbortController().signal;

/** An entry of the context store below `home`, as `docker context create` writes it. */
async function storeContext(name: string, host: string, tls: Readonly<Record<string, string>> = {}) {
  const id = createHash('sha256').update(name).digest('hex');
  const meta = join(home, '.docker/contexts/meta', id);
  await mkdir(meta, { recursive: true });
  await writeFile(
    join(meta, 'meta.json'),
    JSON.stringify({
      Name: name,
      Metadata: { Description: `${name}!` },
      Endpoints: { docker: { Host: host, SkipTLSVerify: false } },
    }),
  );
  const certificates = join(home, '.docker/contexts/tls', id, 'docker');
  await mkdir(certificates, { recursive: true });
  for (const [file, text] of Object.entries(tls)) await writeFile(join(certificates, file), text);
}

async function candidates(options: Partial<ConnectOptions>): Promise<string[]> {
  const found = await findCandidates({ environment: {}, home, platform: 'linux', ...options });
  return found.map(({ endpoint, source }) => `${formatEndpoint(endpoint)} ${source ?? ''}`.trim());
}

describe('which engine is meant', () => {
  it('is what was chosen, before the environment, before the current context', async () => {
    await storeContext('far', 'ssh://me@far.example');
    await storeContext('near', 'unix:///run/near.sock');
    await writeFile(join(home, '.docker/config.json'), '{"currentContext": "near"}');
    const environment = { DOCKER_HOST: 'tcp://10.0.0.1', DOCKER_CONTEXT: 'far' };
    expect(await candidates({ environment, context: 'far' })).toEqual(['ssh://me@far.example context "far"']);
    expect(await candidates({ environment, host: 'unix:///x' })).toEqual(['unix:///x host']);
    expect(await candidates({ environment })).toEqual(['tcp://10.0.0.1:2375 DOCKER_HOST']);
    expect(await candidates({ environment: { DOCKER_CONTEXT: 'far' } })).toEqual([
      'ssh://me@far.example DOCKER_CONTEXT, context "far"',
    ]);
    expect(await candidates({})).toEqual(['unix:///run/near.sock context "near"']);
    expect((await candidates({ context: 'default', environment: {} }))[0]).toBe(
      'unix:///var/run/docker.sock',
    );
  });

  it('is looked for in the usual places when nobody says', async () => {
    expect(await candidates({ environment: { XDG_RUNTIME_DIR: '/run/user/7' } })).toEqual([
      'unix:///var/run/docker.sock',
      'unix:///run/user/7/docker.sock',
      ...['.docker/run', '.docker/desktop', '.colima/default', '.rd', '.orbstack/run'].map(
        (folder) => `unix://${home}/${folder}/docker.sock`,
      ),
      'unix:///run/user/7/podman/podman.sock',
      'unix:///run/podman/podman.sock',
    ]);
    expect((await candidates({ platform: 'win32' }))[0]).toBe('npipe:////./pipe/docker_engine');
  });

  it('comes with the certificates of its context', async () => {
    await storeContext('tls', 'tcp://tls.example:2376', {
      'ca.pem': 'CA',
      'cert.pem': 'CERT',
      'key.pem': 'KEY',
    });
    const [found] = await findCandidates({ environment: {}, home, platform: 'linux', context: 'tls' });
    expect(found?.endpoint).toMatchObject({ tls: { ca: 'CA', cert: 'CERT', key: 'KEY', verify: true } });
  });

  it('comes with those of DOCKER_CERT_PATH, checked only if DOCKER_TLS_VERIFY says so', async () => {
    await writeFile(join(home, 'ca.pem'), 'CA');
    const host = { DOCKER_HOST: 'tcp://tls.example:2376', DOCKER_CERT_PATH: home };
    const tls = async (environment: Record<string, string>) => {
      const [found] = await findCandidates({
        environment: { ...host, ...environment },
        home,
        platform: 'linux',
      });
      return found?.endpoint.kind === 'tcp' ? found.endpoint.tls : 'no TCP';
    };
    expect(await tls({ DOCKER_TLS_VERIFY: '1' })).toMatchObject({ ca: 'CA', verify: true });
    expect(await tls({ DOCKER_TLS: '1' })).toMatchObject({ ca: 'CA', verify: false });
    expect(await tls({})).toBeUndefined();
    // As by the CLI of Docker, whichever of the two asks for it.
    for (const variable of ['DOCKER_TLS_VERIFY', 'DOCKER_TLS'])
      await expect(tls({ [variable]: '1', DOCKER_CERT_PATH: join(home, 'none') })).rejects.toThrow(
        `TLS to tcp://tls.example:2376 takes certificates, but ${join(home, 'none', 'ca.pem')} can't be read.`,
      );
  });

  it.each([
    [{ context: 'nosuch' }, 'The Docker context "nosuch" does not exist. Available contexts: default, far.'],
    [{ context: 'far', host: 'unix:///x' }, 'Specify only one'],
    [{ host: 'gopher://x' }, 'host cannot be used: "gopher://"'],
  ])('is an error that says why: %o', async (options, message) => {
    await storeContext('far', 'ssh://far.example');
    await expect(candidates(options)).rejects.toThrow(message);
  });

  it('is not disturbed by a broken store or configuration', async () => {
    await mkdir(join(home, '.docker/contexts/meta/broken'), { recursive: true });
    await writeFile(join(home, '.docker/contexts/meta/broken/meta.json'), '{"Name": ');
    await writeFile(join(home, '.docker/config.json'), 'not json');
    expect((await candidates({}))[0]).toBe('unix:///var/run/docker.sock');
    expect(await listContexts(join(home, '.docker'))).toEqual([]);
  });
});

describe('connecting', () => {
  const at = (path: string, environment: Record<string, string> = {}) =>
    connect(
      { environment: { DOCKER_HOST: `unix://${path}`, ...environment }, home, platform: 'linux' },
      never,
    );

  it('speaks the newest API that both know, and tells who answers', async () => {
    const engine = await FaultServer.listen((path) =>
      path === '/_ping'
        ? (socket) => socket.end('HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Length: 2\r\n\r\nOK')
        : respond(path === '/version' ? '{"Version": "20.10.24", "Os": "linux", "Arch": "amd64"}' : '[]'),
    );
    const port = await at(engine.path);
    expect(port.info).toEqual({
      apiVersion: '1.41',
      serverVersion: '20.10.24',
      endpoint: `unix://${engine.path} (DOCKER_HOST)`,
      os: 'linux',
    });
    await port.listContainers({ labels: ['a=b'], all: true }, never);
    expect(engine.requests.at(-1)).toBe(
      `GET /v1.41/containers/json?all=true&filters=${encodeURIComponent('{"label":["a=b"]}')} HTTP/1.1`,
    );
    port.close();
    await engine.close();
  });

  it.each([
    ['{"ApiVersion": "1.40"}', 'uses API 1.40. Supported versions are 1.41'],
    ['{"ApiVersion": "1.90", "MinAPIVersion": "1.80"}', 'Update this extension'],
    ['{"hello": "world"}', 'is not a Docker Engine'],
    ['<html>', 'is not a Docker Engine'],
  ])('refuses what it cannot speak with: %s', async (version, message) => {
    const engine = await FaultServer.listen((path) => respond(path === '/version' ? version : 'OK'));
    await expect(at(engine.path)).rejects.toThrow(message);
    await engine.close();
  });

  it('says of each usual place why there is no engine', async () => {
    const runtime = await mkdtemp(join(tmpdir(), 'composure-run-'));
    await writeFile(join(runtime, 'docker.sock'), 'a plain file');
    const options = { environment: { XDG_RUNTIME_DIR: runtime }, home, platform: 'linux' as const };
    const error: unknown = await connect(options, never).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'unreachable' });
    const text = String(error);
    expect(text).toContain('Start Docker');
    expect(text).toContain(`unix://${runtime}/docker.sock: Nothing is responding at`);
    expect(text).toContain(`unix://${home}/.docker/run/docker.sock: not there`);
    await rm(runtime, { recursive: true });
  });

  it('is cancelled at once', async () => {
    const engine = await FaultServer.listen(() => stallAfter(''));
    const abort = new AbortController();
    const work = connect(
      { host: `unix://${engine.path}`, environment: {}, home, platform: 'linux' },
      abort.signal,
    );
    await expect.poll(() => engine.requests.length).toBe(1);
    abort.abort();
    await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
    await expect.poll(() => engine.connections).toBe(0);
    await engine.close();
  });
});
