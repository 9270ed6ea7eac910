import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Registry, startRegistry } from '../../../scripts/lib/registry.mjs';
import { hostOf } from './engine.ts';
import { type Stack, stack } from './stack.ts';
import { type TlsFront, tlsFront } from './tls-front.ts';

/** Block style: Docker Compose replaces paths to the end of their lines. */
const compose = `services:
  web:
    image: nginx:alpine
    env_file:
      - web.env
    extends:
      file: base/common.yaml
      service: common
    environment: {MODE: "\${MODE:-dev}"}
`;

/** An application in a registry, as Docker Compose has it: it reads ours, and its own is the same. */
describe('publish', () => {
  let open: Registry;
  let locked: Registry;
  let app: Stack;
  let encrypted: TlsFront;
  beforeAll(async () => {
    [open, locked] = await Promise.all([startRegistry(), startRegistry({ users: { me: 'secret word' } })]);
    encrypted = await tlsFront(open);
    app = await stack(hostOf('engineHost'), compose, {
      'base/common.yaml': 'services: {common: {command: sleep 1000, labels: {from: base}}}\n',
      'web.env': 'FROM_FILE=1\n',
    });
  });
  afterAll(async () => {
    await app.remove();
    await encrypted.stop();
    await Promise.all([open.stop(), locked.stop()]);
  });

  const manifestOf = async (name: string) => {
    const accept = 'application/vnd.oci.image.manifest.v1+json';
    const answer = await fetch(`${open.url}/v2/${name}/manifests/latest`, { headers: { accept } });
    const { annotations: _, ...manifest } = await answer.json();
    // Theirs brings its content along, and the version is its own.
    const plain = ({ data: __, annotations, ...layer }: Record<string, unknown>) => ({
      ...layer,
      annotations: { ...(annotations as object), 'com.docker.compose.version': '' },
    });
    return { ...manifest, config: plain(manifest.config), layers: manifest.layers.map(plain) };
  };

  it('asks before env files go out, and takes no answer for no', async () => {
    const asked = await app.compose('publish', `${open.address}/app`);
    expect(asked.code).toBe(130);
    expect(asked.err).toContain('service "web": env_file declared');
    expect(asked.err).not.toContain('published');
    expect((await fetch(`${open.url}/v2/app/manifests/latest`)).status).toBe(404);
  });

  it('sends what Docker Compose sends', async () => {
    const ours = await app.compose('publish', '--with-env', '-y', `${open.address}/ours`);
    expect(ours.code, ours.err).toBe(0);
    expect(ours.err).toContain(`${open.address}/ours published`);
    app.environment.SSL_CERT_FILE = encrypted.authority;
    const theirs = await app.dockerCompose('publish', '--with-env', '-y', `${encrypted.address}/theirs`);
    expect(theirs.code, theirs.err).toBe(0);
    expect(await manifestOf('ours')).toEqual(await manifestOf('theirs'));
  });

  it('signs in where the registry wants a password, and says so without one', async () => {
    const reference = `${locked.address}/app`;
    expect(await app.compose('publish', '-y', reference)).toMatchObject({
      code: 1,
      err: expect.stringContaining('does not let you write'),
    });
    const auth = Buffer.from('me:secret word').toString('base64');
    app.environment.DOCKER_AUTH_CONFIG = JSON.stringify({ auths: { [locked.address]: { auth } } });
    const signedIn = await app.compose('publish', '-y', reference);
    delete app.environment.DOCKER_AUTH_CONFIG;
    expect(signedIn.code, signedIn.err).toBe(0);
    expect(signedIn.err).not.toContain('secret word');
  });

  it('--app copies the images beside the files, for all platforms, as Docker Compose does', async () => {
    const whole = await stack(hostOf('engineHost'), 'services:\n  web:\n    image: "${FROM}/team/app:1"\n');
    const image = `${open.address}/team/app:1`;
    expect((await whole.docker('tag', 'busybox', image)).code).toBe(0);
    const pushed = await whole.docker('push', image);
    await whole.docker('rmi', image);
    expect(pushed.code, pushed.err).toBe(0);
    /** The indexes with a subject that were put into a repository, which have no tag. */
    const indexesOf = async (name: string) => {
      const put = new RegExp(`"PUT /v2/${name}/manifests/(sha256:[0-9a-f]{64})`, 'g');
      const digests = new Set([...open.output().matchAll(put)].map(([, digest]) => digest));
      const found = await Promise.all(
        [...digests].map(async (digest) => {
          const accept = 'application/vnd.oci.image.index.v1+json';
          const answer = await fetch(`${open.url}/v2/${name}/manifests/${digest}`, { headers: { accept } });
          return (await answer.json()) as { subject?: { digest: string }; manifests?: { digest: string }[] };
        }),
      );
      return found.filter(({ subject }) => subject !== undefined);
    };
    try {
      whole.environment.FROM = open.address;
      const ours = await whole.compose('publish', '--app', '-y', `${open.address}/ours-whole`);
      expect(ours.code, ours.err).toBe(0);
      // The log of the registry has the last lines only.
      const [index] = await indexesOf('ours-whole');
      whole.environment.FROM = encrypted.address;
      whole.environment.SSL_CERT_FILE = encrypted.authority;
      const theirs = await whole.dockerCompose('publish', '--app', '-y', `${encrypted.address}/theirs-whole`);
      expect(theirs.code, theirs.err).toBe(0);
      const [other] = await indexesOf('theirs-whole');
      // The files name another registry, and the version is each one's own.
      const plain = (each: typeof index) =>
        JSON.parse(
          JSON.stringify({ ...each, subject: { ...each?.subject, digest: '', size: 0 } }).replace(
            /("com\.docker\.compose\.version":)"[^"]*"/g,
            '$1""',
          ),
        );
      expect(plain(index)).toEqual(plain(other));
      // It is there, and can be pulled from there.
      const copy = `${open.address}/ours-whole@${index?.manifests?.[0]?.digest}`;
      expect((await whole.docker('run', '--rm', copy, 'echo', 'copied')).out).toBe('copied\n');
      await whole.docker('rmi', '-f', copy);
    } finally {
      await whole.remove();
    }
  });
});
