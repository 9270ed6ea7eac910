import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registryAuth } from '#engine/connect/registry-auth.ts';
import { registryOf } from '#engine/api/registry-auth-header.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'composure-auth-'));
  await mkdir(join(home, '.docker'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const never = new AbortController().signal;
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** What would be sent for an image, decoded; `undefined`: no header. */
async function sent(reference: string, config: unknown, environment: Record<string, string> = {}) {
  await writeFile(join(home, '.docker/config.json'), JSON.stringify(config));
  const header = await registryAuth({ environment: { PATH: process.env.PATH, ...environment }, home })(
    reference,
    never,
  );
  expect(header ?? '').toMatch(/^[\w-]*=*$/);
  return header === undefined ? undefined : JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
}

/** A credential helper on a PATH of its own: a program that answers like the real ones. */
async function helper(name: string, script: string): Promise<Record<string, string>> {
  const file = join(home, `docker-credential-${name}`);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return { PATH: `${home}${delimiter}${process.env.PATH}` };
}

describe('credentials', () => {
  it.each([
    ['nginx', 'docker.io'],
    ['library/nginx:1', 'docker.io'],
    ['docker.io/nginx', 'docker.io'],
    ['localhost/app', 'localhost'],
    ['localhost:5000/app:1', 'localhost:5000'],
    ['registry.example/team/app@sha256:00', 'registry.example'],
  ])('the registry of %s is %s', (reference, registry) => {
    expect(registryOf(reference)).toBe(registry);
  });

  it('come from the file, whatever form the key has', async () => {
    for (const key of [
      'registry.example:5000',
      'https://registry.example:5000',
      'https://registry.example:5000/v2/',
    ])
      expect(
        await sent('registry.example:5000/app', { auths: { [key]: { auth: base64('me:se:cret') } } }),
      ).toEqual({
        username: 'me',
        password: 'se:cret',
        serveraddress: 'registry.example:5000',
      });
  });

  it('of Docker Hub are under its old address', async () => {
    const config = { auths: { 'https://index.docker.io/v1/': { auth: base64('me:secret') } } };
    expect(await sent('nginx', config)).toMatchObject({ username: 'me', password: 'secret' });
  });

  it('of another registry are not sent', async () => {
    const config = { auths: { 'registry.example': { auth: base64('me:secret') } } };
    expect(await sent('registry.example.evil/app', config)).toBeUndefined();
    expect(await sent('nginx', config)).toBeUndefined();
  });

  it('come from DOCKER_AUTH_CONFIG before the file', async () => {
    const environment = {
      DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { 'r.example': { auth: base64('env:1') } } }),
    };
    expect(
      await sent('r.example/app', { auths: { 'r.example': { auth: base64('file:2') } } }, environment),
    ).toMatchObject({
      username: 'env',
    });
  });

  it('come from the helper of the registry, which is asked on its standard input', async () => {
    const environment = await helper(
      'test',
      'read key; echo "{\\"Username\\": \\"$1 $key\\", \\"Secret\\": \\"s\\"}"',
    );
    expect(await sent('r.example/app', { credHelpers: { 'r.example': 'test' } }, environment)).toEqual({
      username: 'get r.example',
      password: 's',
      serveraddress: 'r.example',
    });
    expect(
      await sent('other.example/app', { credHelpers: { 'r.example': 'test' } }, environment),
    ).toBeUndefined();
  });

  it('can be a token', async () => {
    const environment = await helper('test', 'echo \'{"Username": "<token>", "Secret": "T"}\'');
    expect(await sent('r.example/app', { credsStore: 'test' }, environment)).toEqual({
      identitytoken: 'T',
      serveraddress: 'r.example',
    });
  });

  it.each([
    ['fails', 'echo "credentials not found"; exit 1'],
    ['says nonsense', 'echo hello'],
    ['does not exist', ''],
  ])('are those of the file when the helper %s', async (_name, script) => {
    const environment = script === '' ? {} : await helper('test', script);
    const config = { credsStore: 'test', auths: { 'r.example': { auth: base64('file:2') } } };
    expect(await sent('r.example/app', config, environment)).toMatchObject({ username: 'file' });
  });

  it('are not asked of a program elsewhere', async () => {
    expect(await sent('r.example/app', { credsStore: '../../evil' })).toBeUndefined();
  });
});
