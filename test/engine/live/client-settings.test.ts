import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { hostOf } from './engine.ts';
import { type Stack, stack } from './stack.ts';

const made: Stack[] = [];

afterEach(async () => {
  for (const each of made.splice(0)) await each.remove();
});

async function project(compose: string): Promise<Stack> {
  const one = await stack(hostOf('engineHost'), compose);
  made.push(one);
  return one;
}

/** Docker Compose finds nothing to do after ours. */
async function agrees(one: Stack): Promise<void> {
  const { err, code } = await one.dockerCompose('up', '-d');
  expect(code, err).toBe(0);
  expect(err).not.toMatch(/Recreate|Creating|Starting/);
  expect(err).toContain('Running');
}

const sleeper = `
    command: [sleep, "1000"]
    stop_grace_period: 0s`;

describe('what the client is set to', () => {
  it('DOCKER_DEFAULT_PLATFORM is for builds, pulls and containers, and in the hash of what is built', async () => {
    const one = await project(`services:
  built: { build: { context: ., dockerfile_inline: "FROM busybox" }${sleeper.replaceAll('\n   ', ',')} }
  pulled:
    image: busybox${sleeper}
`);
    one.environment.DOCKER_DEFAULT_PLATFORM = `linux/${{ x64: 'amd64' }[process.arch as string] ?? process.arch}`;
    expect(await one.compose('up', '-d')).toMatchObject({ code: 0 });
    await agrees(one);
    const ours = await one.compose('config', '--hash', '*');
    expect(ours.out).toBe((await one.dockerCompose('config', '--hash', '*')).out);
    one.environment.DOCKER_DEFAULT_PLATFORM = 'linux/s390x';
    expect((await one.compose('config', '--hash', '*')).out).not.toBe(ours.out);
    expect((await one.compose('up', '-d', '--force-recreate', 'pulled')).code).toBe(1);
  });

  it('proxies are variables of containers and arguments of builds', async () => {
    const one = await project(`services:
  a:
    build:
      context: .
      dockerfile_inline: |
        FROM busybox
        RUN echo "$$http_proxy $$HTTPS_PROXY" > /built
    environment: { HTTPS_PROXY: mine }${sleeper}
`);
    // Where Docker finds Compose is in there too.
    const config = JSON.parse(
      await readFile(join(inject('engineEnv').DOCKER_CONFIG ?? '', 'config.json'), 'utf8'),
    );
    one.environment.DOCKER_CONFIG = join(one.folder, 'config');
    await mkdir(one.environment.DOCKER_CONFIG);
    await writeFile(
      join(one.folder, 'config/config.json'),
      JSON.stringify({
        ...config,
        proxies: { default: { httpProxy: 'http://p:1', httpsProxy: 'http://q:2' } },
      }),
    );
    const { code, err } = await one.compose('up', '-d');
    expect(code, err).toBe(0);
    const inside = async (...words: string[]) => (await one.compose('exec', '-T', 'a', ...words)).out;
    expect(await inside('cat', '/built')).toBe('http://p:1 http://q:2\n');
    const variables = await inside('env');
    expect(variables).toContain('\nHTTP_PROXY=http://p:1\n');
    expect(variables).toContain('\nhttps_proxy=http://q:2\n');
    expect(variables).toContain('\nHTTPS_PROXY=mine\n');
    await agrees(one);
  });

  it('use_api_socket gives a container the engine, and who may pull from where', async () => {
    const one = await project(`services:
  a:
    image: busybox
    use_api_socket: true${sleeper}
`);
    const password = Buffer.from('me:secret').toString('base64');
    one.environment.DOCKER_AUTH_CONFIG = JSON.stringify({ auths: { 'registry.test': { auth: password } } });
    const dry = await one.compose('--dry-run', 'up', '-d');
    expect(dry, dry.err).toMatchObject({ code: 0 });
    expect(dry.out).not.toContain(password);
    const { code, err } = await one.compose('up', '-d');
    expect(code, err).toBe(0);
    const inside = async (...words: string[]) => (await one.compose('exec', '-T', 'a', ...words)).out;
    expect(JSON.parse(await inside('sh', '-c', 'cat $DOCKER_CONFIG/config.json'))).toEqual({
      auths: { 'registry.test': { auth: password } },
    });
    const id = (await one.compose('ps', '-q')).out.trim();
    const binds = (await one.docker('inspect', '--format', '{{json .HostConfig.Binds}}', id)).out;
    expect(JSON.parse(binds)).toContain('/var/run/docker.sock:/var/run/docker.sock:rw');
    await agrees(one);
    expect((await one.compose('plan', 'up')).out).not.toContain('secret');
  });

  it('images that are mounted are pulled, and looked after', async () => {
    const one = await project(`services:
  a:
    image: busybox
    volumes: [ { type: image, source: "absent.test/none:1", target: /x } ]${sleeper}
`);
    expect((await one.compose('plan', 'up')).out).toContain('pull image absent.test/none:1');
    await one.write({
      'compose.yaml': `services:\n  a:\n    image: busybox\n    volumes: [ { type: image, source: alpine, target: /x } ]${sleeper}\n`,
    });
    expect(await one.compose('up', '-d')).toMatchObject({ code: 0 });
    expect((await one.compose('exec', '-T', 'a', 'ls', '/x/bin/sh')).out).toBe('/x/bin/sh\n');
    await agrees(one);
  });
});
