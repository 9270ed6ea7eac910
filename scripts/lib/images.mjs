// Images without a registry: one layer with a static busybox, loaded through the Engine API under the names that samples and tests use.
// What runs in them behaves, as far as a stack can see, like the thing it is named after; see scripts/images.
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { callEngine } from './engine-api.mjs';
import { run } from './processes.mjs';

/** @typedef {keyof typeof kinds} ImageKind */

/** Image names and what kind each is. */
export const seededImages = /** @type {Readonly<Record<string, ImageKind>>} */ ({
  'busybox:latest': 'shell',
  'alpine:latest': 'shell',
  'bash:latest': 'shell',
  'nginx:alpine': 'nginx',
  'nginx:latest': 'nginx',
  'nginx:1.21-alpine': 'nginx',
  'postgres:13': 'postgres',
  'redis:7-alpine': 'redis',
  'node:18-alpine': 'node',
  'node:20-alpine': 'node',
  'mongo:5.0': 'mongo',
});

/**
 * Puts the images into an engine that lacks them.
 *
 * @param {import('./engine.mjs').Engine} engine
 * @param {Readonly<Record<string, ImageKind>>} [images]
 */
export async function seedImages(engine, images = seededImages) {
  /** @type {readonly { RepoTags?: readonly string[] }[]} */
  const present = await callEngine(engine.socket, 'GET', '/images/json');
  const names = new Set(present.flatMap((image) => image.RepoTags ?? []));
  const missing = Object.entries(images).filter(([name]) => !names.has(name));
  if (missing.length === 0) return;

  const folder = await mkdtemp(join(tmpdir(), 'composure-image-'));
  try {
    const archive = await imageArchive(folder, engine.installed.busybox, missing);
    const answer = await callEngine(engine.socket, 'POST', '/images/load?quiet=1', { tar: archive });
    // The status is 200 before the loading has begun: a failure is only in the text.
    if (JSON.stringify(answer).includes('errorDetail'))
      throw new Error(`loading images: ${JSON.stringify(answer)}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * What `docker save` would write for these images: a layer they all share, a configuration each.
 *
 * @param {string} folder To work in.
 * @param {string} busybox
 * @param {readonly (readonly [string, ImageKind])[]} images
 */
async function imageArchive(folder, busybox, images) {
  const out = join(folder, 'out');
  await mkdir(out);
  const layer = await tar(await rootFileSystem(join(folder, 'root'), busybox), join(out, 'layer.tar'));
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const manifest = [];
  for (const kind of new Set(images.map(([, name]) => name))) {
    const config = `${kind}.json`;
    const rootfs = {
      type: 'layers',
      diff_ids: [`sha256:${createHash('sha256').update(layer).digest('hex')}`],
    };
    const history = [{ created: '2025-01-01T00:00:00Z', created_by: `composure ${kind}` }];
    await writeFile(
      join(out, config),
      JSON.stringify({
        architecture,
        os: 'linux',
        created: '2025-01-01T00:00:00Z',
        config: kinds[kind],
        rootfs,
        history,
      }),
    );
    const tags = images.filter(([, name]) => name === kind).map(([name]) => name);
    manifest.push({ Config: config, RepoTags: tags, Layers: ['layer.tar'] });
  }
  await writeFile(join(out, 'manifest.json'), JSON.stringify(manifest));
  return tar(out, join(folder, 'images.tar'));
}

/** @param {string} root @param {string} busybox */
async function rootFileSystem(root, busybox) {
  for (const folder of [
    'bin',
    'etc',
    'root',
    'tmp',
    'run',
    'proc',
    'sys',
    'dev',
    'data',
    'app',
    'usr/local/bin',
  ]) {
    await mkdir(join(root, folder), { recursive: true });
  }
  const own = fileURLToPath(new URL('../images', import.meta.url));
  const scripts = await readdir(join(own, 'bin'));
  await cp(busybox, join(root, 'bin/busybox'));
  await cp(own, root, { recursive: true });
  await run('chmod', ['-R', 'u=rwX,go=rX', root]);
  await run('chmod', ['755', ...['busybox', ...scripts].map((name) => join(root, 'bin', name))]);
  await run('chmod', ['1777', join(root, 'tmp')]);
  const applets = (await run(busybox, ['--list'])).stdout.split('\n').filter(Boolean);
  for (const applet of applets) {
    if (applet !== 'busybox' && !scripts.includes(applet))
      await symlink('busybox', join(root, 'bin', applet));
  }
  await symlink('bin/docker-entrypoint.sh', join(root, 'docker-entrypoint.sh'));
  await symlink('../bin', join(root, 'usr/bin'));
  await mkdir(join(root, 'var'), { recursive: true });
  await symlink('../run', join(root, 'var/run'));
  await writeFile(
    join(root, 'etc/passwd'),
    'root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/app:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n',
  );
  await writeFile(join(root, 'etc/group'), 'root:x:0:\nnode:x:1000:\nnobody:x:65534:\n');
  return root;
}

/** The same bytes every time. @param {string} folder @param {string} file */
async function tar(folder, file) {
  const reproducible = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mtime=@0'];
  await run('tar', ['-C', folder, '-cf', file, ...reproducible, '.']);
  return readFile(file);
}

const second = 1_000_000_000;
const often = { Interval: second, Timeout: 5 * second, Retries: 10 };
const Env = ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'];
const Entrypoint = ['docker-entrypoint.sh'];

/** The `config` of each kind of image, as an image's configuration has it. */
const kinds = {
  shell: { Env, Cmd: ['sh'] },
  nginx: {
    Env: [...Env, 'NGINX_VERSION=1.29.0'],
    ExposedPorts: { '80/tcp': {} },
    StopSignal: 'SIGQUIT',
    Entrypoint: ['/docker-entrypoint.sh'],
    Cmd: ['nginx', '-g', 'daemon off;'],
    Healthcheck: { Test: ['CMD', 'port-open', '127.0.0.1', '80'], ...often },
  },
  postgres: {
    Env: [...Env, 'PGDATA=/var/lib/postgresql/data'],
    ExposedPorts: { '5432/tcp': {} },
    Volumes: { '/var/lib/postgresql/data': {} },
    StopSignal: 'SIGINT',
    Entrypoint,
    Cmd: ['postgres'],
    Healthcheck: { Test: ['CMD', 'pg_isready'], ...often },
  },
  redis: {
    Env,
    ExposedPorts: { '6379/tcp': {} },
    Volumes: { '/data': {} },
    WorkingDir: '/data',
    Entrypoint,
    Cmd: ['redis-server'],
  },
  node: { Env: [...Env, 'NODE_VERSION=20.19.0'], Entrypoint, Cmd: ['node'] },
  mongo: { Env, ExposedPorts: { '27017/tcp': {} }, Volumes: { '/data/db': {} }, Entrypoint, Cmd: ['mongod'] },
};
