import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '#compose/model/sha256.ts';
import { parseHost } from '#engine/api/transport/endpoint.ts';
import { PortForwards } from '#engine/connect/port-forwards.ts';
import { writeCertificates } from '../../../scripts/lib/certificates.mjs';
import { type Engine, startEngine } from '../../../scripts/lib/engine.mjs';
import { seedImages } from '../../../scripts/lib/images.mjs';
import { freePort } from '../../../scripts/lib/vscode.mjs';
import { type FarEngine, startFarEngine } from './far-engine.ts';
import { eventually, type Stack, stack } from './stack.ts';

const text = `services:
  web: {image: busybox, init: true, command: sh -c "echo begun; sleep 1000", stop_grace_period: 0s}
  job: {image: busybox, command: echo done}
`;

let app: Stack | undefined;
afterEach(async () => {
  await app?.remove();
  app = undefined;
});

/** The life of a stack, over whatever connection. */
async function live(project: Stack): Promise<void> {
  const up = await project.compose('up', '-d');
  expect(up.code, up.err).toBe(0);
  await eventually(async () => expect((await project.compose('ps', '--services')).out).toBe('web\n'));
  await eventually(async () =>
    expect((await project.compose('logs', '--no-color')).out.split('\n').sort()).toEqual([
      '',
      'job-1  | done',
      'web-1  | begun',
    ]),
  );
  const script = 'cat >&2; exit 3';
  expect(await project.compose('exec', '-T', 'web', 'sh', '-c', script)).toMatchObject({ code: 3, err: '' });
  expect((await project.compose('exec', '-T', 'web', 'echo', 'hello')).out).toBe('hello\n');
  const followed = await project.composeInterrupted(/begun/, 'logs', '-f', 'web');
  expect(followed.out).toContain('begun');
  expect((await project.compose('up', '-d')).err).not.toMatch(/Creat|Recreat/);
  expect((await project.compose('down')).code).toBe(0);
}

describe('over ssh', () => {
  let far: FarEngine;
  beforeAll(async () => {
    far = await startFarEngine();
  });
  afterAll(async () => {
    await far?.stop();
  });

  it('a stack lives as it does nearby', async () => {
    app = await stack(far.host, text);
    await live(app);
  });

  it('published ports are reached here, under another number where theirs is taken', async () => {
    const published = await freePort();
    app = await stack(
      far.host,
      `services:
  web:
    image: busybox
    command: sh -c 'mkdir -p /w && echo reached > /w/index.html && exec httpd -f -p 80 -h /w'
    init: true
    stop_grace_period: 0s
    ports: ["127.0.0.1:${published}:80"]
`,
    );
    await app.compose('up', '-d');
    const { endpoint } = parseHost(far.host);
    if (endpoint?.kind !== 'ssh') throw new Error(far.host);
    const forwards = new PortForwards(endpoint);
    try {
      // The far machine is this one, so that the port is taken here.
      const local = await forwards.open({ host: '127.0.0.1', port: published });
      expect(local).not.toBe(published);
      const ask = async () => (await fetch(`http://127.0.0.1:${local}/`)).text();
      const answers = async () => {
        const all: string[] = [];
        for (let round = 0; round < 3; round++)
          all.push(...(await Promise.all(Array.from({ length: 20 }, ask))));
        return all.filter((text) => text === 'reached\n').length;
      };
      await eventually(async () => expect(await ask()).toBe('reached\n'));
      expect(await answers()).toBe(60);
      await app.compose('restart');
      await eventually(async () => expect(await ask()).toBe('reached\n'));
      forwards.keep([]);
      await eventually(() => expect(ask()).rejects.toThrow());
    } finally {
      forwards.close();
    }
  });

  it('an engine of a context is reached, and ssh says itself what it minds', async () => {
    app = await stack('', text);
    delete app.environment.DOCKER_HOST;
    app.environment.DOCKER_CONFIG = app.folder;
    const storeContext = (name: string, host: string) => {
      const meta = join(app?.folder ?? '', 'contexts/meta', sha256(name));
      return mkdir(meta, { recursive: true }).then(() =>
        writeFile(
          join(meta, 'meta.json'),
          JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker: { Host: host } } }),
        ),
      );
    };
    await storeContext('far', far.host);
    await storeContext('unknown', far.host.replace('127.0.0.1', 'localhost'));
    expect((await app.compose('--context', 'far', 'ls')).code).toBe(0);
    const unknown = await app.compose('--context', 'unknown', 'ls');
    expect(unknown.code).toBe(1);
    expect(unknown.err).toContain('Host key verification failed');
  });
});

describe('over TLS', () => {
  let folder: string;
  let engine: Engine;
  let host: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'composure-tls-'));
    await Promise.all([writeCertificates(folder), writeCertificates(join(folder, 'others'))]);
    const port = await freePort();
    host = `tcp://127.0.0.1:${port}`;
    const file = (name: string) => join(folder, name);
    engine = await startEngine({
      options: [
        ...['--host', host, '--tlsverify', '--tlscacert', file('ca.pem')],
        ...['--tlscert', file('server-cert.pem'), '--tlskey', file('server-key.pem')],
      ],
    });
    await seedImages(engine, { 'busybox:latest': 'shell' });
  });
  afterAll(async () => {
    await engine?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('a stack lives as it does nearby', async () => {
    app = await stack(host, text);
    Object.assign(app.environment, { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder });
    await live(app);
  });

  it.each([
    ['certificates of somebody else', 'others', /certificate|self.signed|unable to verify/i],
    ['no certificates', 'none', /certificate|self.signed|unable to verify/i],
  ])('with %s it says what is wrong', async (_what, certificates, message) => {
    app = await stack(host, text);
    Object.assign(app.environment, {
      DOCKER_TLS_VERIFY: '1',
      DOCKER_CERT_PATH: join(folder, certificates),
    });
    const refused = await app.compose('ls');
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(message);
    expect(refused.err).toContain(host);
  });

  it('without TLS it says that the engine wants it', async () => {
    app = await stack(host, text);
    const refused = await app.compose('ls');
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/TLS|HTTPS/);
  });
});
