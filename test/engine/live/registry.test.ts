import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { load } from '#compose/load/load.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import type { ProgressEvent } from '#engine/observe/progress.ts';
import { up } from '#engine/operations/up.ts';
import { type Registry, startRegistry } from '../../../scripts/lib/registry.mjs';
import { dial, engines, hostOf, never } from './engine.ts';
import { type Outcome, type Stack, stack } from './stack.ts';

const password = 'pass:word=with+signs';
const secrets = [password, Buffer.from(`me:${password}`).toString('base64')];

describe.each(engines)('a registry on loopback, Engine %s', (_version, host) => {
  let app: Stack;
  let open: Registry;
  let locked: Registry;
  let requests = '';
  beforeAll(async () => {
    [open, locked] = await Promise.all([
      startRegistry({ log: (text) => (requests += text) }),
      startRegistry({ users: { me: password } }),
    ]);
  });
  afterAll(() => Promise.all([open.stop(), locked.stop()]));
  afterEach(() => app.remove());

  /** A project of one service with an image that only the registry will have once `push` has been called. */
  async function withImage(registry: Registry, more = ''): Promise<string> {
    app = await stack(hostOf(host), '');
    const image = `${registry.address}/team/app:${app.name}`;
    await app.write({ 'compose.yaml': text(image, more) });
    return image;
  }
  const text = (image: string, more = '') =>
    `services: {web: {image: "${image}", init: true, command: sleep 1000${more}}}\n`;
  /** Docker Compose pushes what it builds. */
  const push = async (image: string) => {
    const build = `{dockerfile_inline: "FROM busybox\\nRUN echo ${app.name} > /name"}`;
    await app.write({ 'push.yaml': `services: {web: {image: "${image}", build: ${build}}}` });
    const built = await app.compose('-f', 'push.yaml', 'build');
    expect(built.code, built.err).toBe(0);
    return app.compose('-f', 'push.yaml', 'push');
  };
  const forget = (image: string) => app.docker('rmi', '-f', image);
  const isThere = async (image: string) => (await app.docker('images', '-q', image)).out !== '';
  /** How often the open registry has been asked for the image. */
  const pulls = () => requests.split(/"(?:HEAD|GET) \/v2\/team\/app\/manifests\//).length;

  it('takes what is pushed and gives it back, layer by layer', async () => {
    const image = await withImage(open);
    const pushed = await push(image);
    expect(pushed.code, pushed.err).toBe(0);
    expect(pushed.err).toContain(` Image ${image} Pushed`);
    await forget(image);

    const engine = await dial(hostOf(host));
    const { loaded } = await load(nodeHost(app.environment), { cwd: app.folder });
    if (loaded === undefined) throw new Error('the project could not be loaded');
    const events: ProgressEvent[] = [];
    await up(engine, loaded, {}, (event) => events.push(event), never).finally(() => engine.close());
    const ofImage = events.filter(({ kind }) => kind === 'image');
    expect(ofImage[0]).toMatchObject({ name: image, status: 'Pulling' });
    expect(ofImage.at(-1)).toMatchObject({ name: image, status: 'Pulled' });
    const details = ofImage.map(({ detail }) => detail ?? '').join('\n');
    expect(details).toMatch(/^[0-9a-f]{12}: (?:Already exists|Pull complete)$/m);
    const fractions = ofImage.flatMap(({ fraction }) => (fraction === undefined ? [] : [fraction]));
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(await isThere(image)).toBe(true);
  });

  it('pulls by policy', async () => {
    const image = await withImage(open);
    await push(image);
    const pulled = async (policy: string, present: boolean) => {
      await app.compose('down', '-t', '0');
      if (present) await app.docker('tag', 'busybox', image);
      else await forget(image);
      await app.write({ 'compose.yaml': text(image, `, pull_policy: ${policy}`) });
      const before = pulls();
      const { code, err } = await app.compose('up', '-d');
      return code === 0 ? pulls() > before : err.trim().split('\n').at(-1);
    };
    expect(await pulled('always', true)).toBe(true);
    for (const policy of ['missing', 'if_not_present', 'daily', 'every_12h']) {
      expect(await pulled(policy, true), policy).toBe(false);
      expect(await pulled(policy, false), policy).toBe(true);
    }
    expect(await pulled('never', true)).toBe(false);
    expect(await pulled('never', false)).toBe(
      `The image ${image} of service web is not on the engine, and its pull policy prevents pulling. Pull it first.`,
    );
    // As if it had been pulled some time ago.
    expect(await pulled('every_0s', true)).toBe(true);
  });

  it('builds what the policy says is to be built, and asks no registry', async () => {
    const image = await withImage(
      open,
      ', pull_policy: build, build: {dockerfile_inline: "FROM busybox\\nLABEL made=here"}',
    );
    await push(image);
    const before = pulls();
    const { code, err } = await app.compose('up', '-d');
    expect(code, err).toBe(0);
    expect(pulls()).toBe(before);
    expect((await app.docker('image', 'inspect', '-f', '{{.Config.Labels.made}}', image)).out).toBe('here\n');
  });

  it('wants a password: says so without one, and is given it wherever Docker keeps it', async () => {
    const image = await withImage(locked);
    const configure = async (config: object) => {
      await app.write({ 'docker/config.json': JSON.stringify(config) });
      app.environment.DOCKER_CONFIG = join(app.folder, 'docker');
    };
    /** A helper program that knows the password, under this name on the PATH. */
    const helper = async (name: string) => {
      const bin = join(app.folder, 'bin');
      await mkdir(bin, { recursive: true });
      const file = join(bin, `docker-credential-${name}`);
      const answer = JSON.stringify({ ServerURL: locked.address, Username: 'me', Secret: password });
      await writeFile(
        file,
        `#!/bin/sh\nread -r server\n[ "$server" = "${locked.address}" ] && echo '${answer}' || { echo "credentials not found in native keychain"; exit 1; }\n`,
      );
      await chmod(file, 0o755);
      app.environment.PATH = `${bin}:${process.env.PATH}`;
    };
    const hidesSecrets = ({ out, err }: Outcome) => {
      for (const secret of secrets) expect(out + err).not.toContain(secret);
    };
    const auth = Buffer.from(`me:${password}`).toString('base64');
    const wrong = Buffer.from('me:wrong').toString('base64');

    await configure({});
    const refused = await push(image);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('docker login');
    await configure({ auths: { [locked.address]: { auth: wrong } } });
    expect((await push(image)).err).toContain('docker login');

    await configure({ auths: { [locked.address]: { auth } } });
    const pushed = await push(image);
    expect(pushed.err).toContain(` Image ${image} Pushed`);
    hidesSecrets(pushed);

    const pullsWith = async (what: string) => {
      await forget(image);
      const pulled = await app.compose('pull');
      expect(pulled.code, `${what}\n${pulled.err}`).toBe(0);
      expect(await isThere(image), what).toBe(true);
      hidesSecrets(pulled);
    };
    await pullsWith('auths');

    await helper('one');
    await configure({ credHelpers: { [locked.address]: 'one' } });
    await pullsWith('credHelpers');
    await configure({ credsStore: 'one' });
    await pullsWith('credsStore');
    await configure({ credsStore: 'missing', auths: { [locked.address]: { auth } } });
    await pullsWith('auths where the store is missing');

    await configure({ auths: { [locked.address]: { auth: wrong } } });
    app.environment.DOCKER_AUTH_CONFIG = JSON.stringify({ auths: { [locked.address]: { auth } } });
    await pullsWith('DOCKER_AUTH_CONFIG');
    delete app.environment.DOCKER_AUTH_CONFIG;

    await forget(image);
    const denied = await app.compose('up', '-d');
    expect(denied.code).toBe(1);
    expect(denied.err).toContain('docker login');
    expect(denied.err).toContain(locked.address);
    hidesSecrets(denied);
  });

  it('is no obstacle to a build whose base image it keeps behind a password', async () => {
    const image = await withImage(locked);
    app.environment.DOCKER_AUTH_CONFIG = JSON.stringify({
      auths: { [locked.address]: { auth: Buffer.from(`me:${password}`).toString('base64') } },
    });
    expect((await push(image)).code).toBe(0);
    for (const builder of ['0', '1']) {
      await forget(image);
      await app.write({
        'compose.yaml': `services: {web: {build: {dockerfile_inline: "FROM ${image}\\nENV BUILDER=${builder}"}, command: sh -c "echo $$BUILDER"}}`,
      });
      app.environment.DOCKER_BUILDKIT = builder;
      const built = await app.compose('build');
      expect(built.code, built.err).toBe(0);
      expect((await app.compose('run', '--rm', '-T', 'web')).out).toContain(builder);
    }
  });

  it('that has no such tag, or does not answer, is named', async () => {
    app = await stack(hostOf(host), text(`${open.address}/team/app:nosuch`));
    const absent = await app.compose('up', '-d');
    expect(absent.code).toBe(1);
    expect(absent.err).toContain('Check the name and the tag');
    await app.write({ 'compose.yaml': text('127.0.0.1:9/team/app:1') });
    const dead = await app.compose('up', '-d');
    expect(dead.code).toBe(1);
    expect(dead.err).toContain('127.0.0.1:9');
    expect(dead.err).toContain('could not reach the registry');
  });
});
