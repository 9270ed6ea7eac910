// An image with real runtimes and their debuggers in it, made of Debian's packages: node, python3 with debugpy and gdb, delve with a small Go program,
// PHP with Xdebug, Ruby with its rdbg, and reloaders.

import { createReadStream } from 'node:fs';
import { cp, lstat, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildOnce } from './cache.mjs';
import { extractPackages } from './debian.mjs';
import { callEngine } from './engine-api.mjs';
import { run } from './processes.mjs';

/** What the image is called. Nothing in it says which runtime it is for: a service's command does. */
export const debugImage = 'composure-runtimes:latest';

/** Where the Go program and its source are in it. */
export const goProgram = '/app/server';

/** Its twins. */
export const pythonProgram = '/app/app.py';
export const nodeProgram = '/app/server.js';
export const rubyProgram = '/app/app.rb';
export const phpProgram = '/app/index.php';

/** The folder here that is `/app` there. */
export const debugSources = fileURLToPath(new URL('../images-debug', import.meta.url));

/**
 * Puts the image into an engine that lacks it; the first time it is made, which takes half a minute.
 *
 * @param {string} socket Of the engine.
 */
export async function seedDebugImage(socket) {
  const { folder } = await buildOnce('debug-image-bookworm-3', build);
  const query = `fromSrc=-&repo=${debugImage.split(':')[0]}&tag=latest&changes=${encodeURIComponent('ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin')}`;
  const present = await callEngine(socket, 'GET', `/images/${debugImage}/json`, { accept: [404] });
  if (present?.Id) return;
  await callEngine(socket, 'POST', `/images/create?${query}`, {
    tar: createReadStream(join(folder, 'image.tar')),
  });
}

/** @param {string} target */
async function build(target) {
  const root = await extractPackages(
    'bookworm',
    [
      ...['nodejs', 'python3', 'python3-debugpy', 'gdb-minimal', 'delve', 'busybox-static'],
      ...['php8.2-cli', 'php8.2-xdebug', 'ruby', 'gunicorn', 'python3-uvicorn'],
    ],
    target,
  );
  const go = await extractPackages('bookworm', ['golang-go'], join(target, 'go'));
  await mkdir(join(root, 'app'), { recursive: true });
  for (const name of await readdir(debugSources)) await cp(join(debugSources, name), join(root, 'app', name));
  await compile(go, target, join(root, 'app'));
  for (const name of ['tmp', 'proc', 'sys', 'dev', 'root', 'run', 'usr/local/bin'])
    await mkdir(join(root, name), { recursive: true });
  const { stdout } = await run(join(root, 'bin/busybox'), ['--list']);
  for (const applet of stdout.split('\n').filter(Boolean))
    if (!(await isThere(join(root, 'bin', applet))) && !(await isThere(join(root, 'usr/bin', applet))))
      await symlink('/bin/busybox', join(root, 'bin', applet));
  await writeFile(
    join(root, 'etc/passwd'),
    'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n',
  );
  await writeFile(join(root, 'etc/group'), 'root:x:0:\nnobody:x:65534:\n');
  // What the packages' own scripts would have done.
  await writeFile(join(root, 'etc/php/8.2/cli/conf.d/20-xdebug.ini'), 'zend_extension=xdebug\n');
  await symlink('rdbg3.1', join(root, 'usr/bin/rdbg'));
  for (const name of [
    'usr/share/doc',
    'usr/share/man',
    'usr/share/locale',
    'usr/share/icons',
    'usr/lib/x86_64-linux-gnu/gconv',
  ])
    await rm(join(root, name), { recursive: true, force: true });
  await run('tar', ['-C', root, '-cf', join(target, 'image.tar'), '--owner=0', '--group=0', '.']);
  for (const name of await readdir(target))
    if (name !== 'image.tar') await rm(join(target, name), { recursive: true, force: true });
  return {};
}

/**
 * Without optimisation, as one builds to debug, and as if its source had been in `/app`.
 *
 * @param {string} go
 * @param {string} target
 * @param {string} app
 */
async function compile(go, target, app) {
  const compiler = join(go, 'usr/lib/go-1.19');
  await run(
    join(compiler, 'bin/go'),
    ['build', '-gcflags', `all=-N -l -trimpath=${app}=>/app`, '-o', join(app, 'server'), 'main.go'],
    {
      cwd: app,
      env: {
        PATH: process.env.PATH,
        GOROOT: compiler,
        GOCACHE: join(target, 'gocache'),
        GOPATH: join(target, 'gopath'),
        GO111MODULE: 'off',
        CGO_ENABLED: '0',
      },
    },
  );
}

/** @param {string} path */
async function isThere(path) {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}
