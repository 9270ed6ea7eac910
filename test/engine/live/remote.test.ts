import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Registry, startRegistry } from '../../../scripts/lib/registry.mjs';
import { hostOf } from './engine.ts';
import { type GitServer, startGitServer } from './git-server.ts';
import { type Outcome, type Stack, stack } from './stack.ts';
import { type TlsFront, tlsFront } from './tls-front.ts';

/** What both tools make of the same remote files: Docker Compose 2.40.3 first, then ours, each from an empty cache. */
const repository = {
  'compose.yaml': `services:
  web:
    image: web:\${TAG:-1}
    build: {context: ./web, additional_contexts: {other: ./other}}
    env_file: web.env
    configs: [settings]
    depends_on: [db]
  db: {extends: {file: deep/base.yaml, service: base}}
configs: {settings: {file: ./settings.ini}}
`,
  'web.env': 'COLOR=blue\n',
  '.env': 'TAG=from-repository\n',
  'settings.ini': 'a=1\n',
  'deep/base.yaml':
    'services:\n  base: {image: base, build: ./ctx, env_file: [base.env]}\n  other: {extends: {file: ../other.yaml, service: one}}\n',
  'deep/base.env': 'DEEP=1\n',
  'root.yaml':
    'services: {one: {image: one, build: ./web, env_file: [web.env], labels: {a: b}}, two: {extends: {file: deep/plain.yaml, service: plain}}}\n',
  'deep/plain.yaml': 'services: {plain: {image: plain, labels: {c: d}}}\n',
  'deep/more.yaml': 'services: {more: {extends: {file: base.yaml, service: base}, labels: {a: b}}}\n',
  'deep/compose.yml': 'include: [base.yaml, {path: ../other.yaml, env_file: ../.env}]\n',
  'other.yaml': 'services: {one: {image: "one:${TAG:-none}", profiles: [extra]}}\n',
  'empty/README': '',
};

let app: Stack;
const config = [
  ['config', '--format', 'json'],
  ['config', '--services'],
];

async function emptyCache(): Promise<void> {
  await rm(join(app.folder, 'cache'), { recursive: true, force: true });
}

/**
 * The hashes that the containers of Docker Compose would get. Its own `config --hash` counts the paths of env files, where `up` counts their variables; later
 * releases, and ours, print what `up` writes. What it prints has the variables.
 */
async function theirHashes(...files: readonly string[]): Promise<unknown> {
  const printed = await app.dockerCompose(...files, '--profile', '*', 'config', '--format', 'json');
  await app.write({ 'printed.json': printed.out });
  const { code, out, err } = await app.dockerCompose(
    '-f',
    'printed.json',
    '--profile',
    '*',
    'config',
    '--hash',
    '*',
  );
  expect(code, `${printed.err}${err}`).toBe(0);
  return ordered(out);
}

async function ourHashes(...files: readonly string[]): Promise<unknown> {
  const { code, out, err } = await app.compose(...files, '--profile', '*', 'config', '--hash', '*');
  expect(code, err).toBe(0);
  return ordered(out);
}

/** The same of both: what it prints, its status, and the hashes. */
async function same(files: readonly string[] = []): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const words of config) {
    await emptyCache();
    const theirs = await app.dockerCompose(...files, ...words);
    await emptyCache();
    const ours = await app.compose(...files, ...words);
    expect(
      { code: ours.code, out: ordered(ours.out) },
      `${words.join(' ')}\n${ours.err}\n${theirs.err}`,
    ).toEqual({
      code: theirs.code,
      out: ordered(theirs.out),
    });
    outcomes.push(theirs);
  }
  expect(await ourHashes(...files)).toEqual(await theirHashes(...files));
  return outcomes;
}

/** Services come in any order from Docker Compose. */
function ordered(out: string): unknown {
  return out.startsWith('{') ? JSON.parse(out) : out.split('\n').toSorted();
}

async function refused(words: readonly string[], theirWords: RegExp, ourWords: RegExp): Promise<void> {
  await emptyCache();
  const theirs = await app.dockerCompose(...words, 'config');
  await emptyCache();
  const ours = await app.compose(...words, 'config');
  expect([theirs.code, theirs.out, ours.code, ours.out], `${theirs.err}${ours.err}`).toEqual([
    theirs.code,
    '',
    theirs.code,
    '',
  ]);
  expect(theirs.code).not.toBe(0);
  expect(theirs.err).toMatch(theirWords);
  expect(ours.err).toMatch(ourWords);
}

beforeAll(async () => {
  app = await stack(hostOf('engineHost'), '');
  app.environment.XDG_CACHE_HOME = join(app.folder, 'cache');
  app.environment.PATH = process.env.PATH ?? '';
});
afterAll(() => app.remove());

describe('a Git server', () => {
  let server: GitServer;
  beforeAll(async () => {
    server = await startGitServer(repository, { 'compose.yaml': 'services: {web: {image: next}}\n' });
  });
  afterAll(() => server.remove());
  const write = (text: string) => app.write({ 'compose.yaml': text });

  it.each<[string, (address: string, commit: string) => string]>([
    ['an include', (address) => `include: ["${address}"]`],
    ['an include of a branch', (address) => `include: ["${address}#next"]`],
    ['an include of a folder', (address) => `include: ["${address}#main:deep"]`],
    ['an include of a file', (address) => `include: ["${address}#main:deep/base.yaml"]`],
    ['an include of a commit', (address, commit) => `include: ["${address}#${commit}"]`],
    ['a long include', (address) => `include: [{path: "${address}#main:other.yaml", env_file: ./own.env}]`],
    [
      'two includes, with a service of its own',
      (address) =>
        `include: ["${address}#main:deep", "${address}#next"]\nservices: {own: {image: own, build: ./own, depends_on: [web]}}`,
    ],
    [
      'an extends',
      (address) => `services: {own: {extends: {file: "${address}#main:root.yaml", service: one}}}`,
    ],
    [
      'an extends that goes on in a folder',
      (address) => `services: {own: {extends: {file: "${address}#main:root.yaml", service: two}}}`,
    ],
  ])('%s: the same project and the same hashes', async (_name, text) => {
    await app.write({ 'own.env': 'TAG=own\n' });
    await write(text(server.address, server.commit));
    const [first] = await same();
    expect(first?.code, first?.err).toBe(0);
  });

  it('-f, alone and with a file beside it: the same project and the same hashes', async () => {
    await app.write({ 'more.yaml': 'services: {web: {labels: {more: "1"}, build: {args: {A: b}}}}\n' });
    for (const files of [
      ['-f', server.address],
      ['-f', `${server.address}#main:deep`],
      ['-f', server.address, '-f', 'more.yaml'],
    ]) {
      const [first] = await same(files);
      expect(first?.code, first?.err).toBe(0);
    }
  });

  it.each<[string, (address: string) => string, RegExp, RegExp]>([
    ['a wrong ref', (address) => `${address}#absent`, /does not contain ref/, /has no branch or tag absent/],
    [
      'a wrong path',
      (address) => `${address}#main:absent.yaml`,
      /no such file/,
      /contains no Compose file at absent.yaml/,
    ],
    [
      'a folder without a Compose file',
      (address) => `${address}#main:empty`,
      /no such file|not found|does not exist/,
      /contains no Compose file at empty/,
    ],
    ['a path out of it', (address) => `${address}#main:../../../etc`, /traversal|escapes/, /./],
    [
      'no repository',
      (address) => address.replace('shop', 'absent'),
      /failed to access repository/,
      /cannot be fetched/,
    ],
  ])('%s: the same refusal, as include, extends, and -f', async (_name, address, theirWords, ourWords) => {
    const remote = address(server.address);
    await write(`include: ["${remote}"]`);
    await refused([], theirWords, ourWords);
    await write(`services: {own: {extends: {file: "${remote}", service: web}}}`);
    await refused([], theirWords, ourWords);
    await refused(['-f', remote], theirWords, ourWords);
  });

  it.each([
    ['deep/base.yaml', 'base', /base\.env/],
    ['deep/base.yaml', 'other', /other\.yaml/],
    ['deep/more.yaml', 'more', /base\.yaml/],
  ])(
    'an extends of %s %s: refused by both, since paths of a file in a folder count from the top',
    async (file, service, words) => {
      await write(
        `services: {own: {extends: {file: "${server.address}#main:${file}", service: ${service}}}}`,
      );
      await refused([], words, words);
    },
  );

  it('is not asked where a variable says so', async () => {
    await write(`include: ["${server.address}"]`);
    app.environment.COMPOSE_EXPERIMENTAL_GIT_REMOTE = 'false';
    await refused([], /is disabled by/, /COMPOSE_EXPERIMENTAL_GIT_REMOTE/);
    delete app.environment.COMPOSE_EXPERIMENTAL_GIT_REMOTE;
  });

  it('that is gone: what one has fetched the other reads by its commit; by a branch only ours, with a warning', async () => {
    const away = await startGitServer(repository, { '.env': 'TAG=next\n' });
    try {
      const byCommit = `include: ["${away.address}#${away.commit}"]`;
      await write(byCommit);
      await emptyCache();
      const theirs = await app.dockerCompose(...(config[0] ?? []));
      const byBranch = `include: ["${away.address}#main"]`;
      await write(byBranch);
      expect((await app.compose('config', '-q')).code).toBe(0);
      await away.stop();

      await write(byCommit);
      const again = [await app.compose(...(config[0] ?? [])), await app.dockerCompose(...(config[0] ?? []))];
      for (const { code, out, err } of again) {
        expect(code, err).toBe(0);
        expect(JSON.parse(out)).toEqual(JSON.parse(theirs.out));
      }
      await write(byBranch);
      expect((await app.dockerCompose('config', '-q')).code).not.toBe(0);
      const ours = await app.compose(...(config[0] ?? []));
      expect(ours.code, ours.err).toBe(0);
      expect(JSON.parse(ours.out)).toEqual(JSON.parse(theirs.out));
      expect(ours.err).toMatch(/cannot be asked for news: .*refused.* What it was on .* is used/i);
    } finally {
      await away.remove();
    }
  });
});

describe('a registry', () => {
  let registry: Registry;
  let encrypted: TlsFront;
  beforeAll(async () => {
    registry = await startRegistry();
    encrypted = await tlsFront(registry);
    app.environment.SSL_CERT_FILE = encrypted.authority;
    await app.write({
      'compose.yaml': `services:
  web:
    image: nginx:alpine
    env_file:
      - web.env
    extends:
      file: base/common.yaml
      service: common
    environment: {MODE: "\${MODE:-dev}"}
  late: {image: busybox, profiles: [extra], depends_on: [web]}
`,
      'base/common.yaml': 'services: {common: {command: sleep 1000, labels: {from: base}}}\n',
      'web.env': 'FROM_FILE=1\n',
      'over.yaml': 'services: {web: {labels: {over: "1"}}}\n',
      'local.yaml': 'include: [alone.yaml]\nservices: {web: {image: busybox}}\n',
      'alone.yaml': 'services: {alone: {image: busybox, labels: {a: b}}}\n',
    });
    const published = await app.compose(
      ...['-f', 'compose.yaml', '-f', 'over.yaml', 'publish', '--with-env', '-y', `${registry.address}/shop`],
    );
    expect(published.code, published.err).toBe(0);
  });
  afterAll(async () => {
    await encrypted.stop();
    await registry.stop();
  });

  /** Each through the address that it can speak with; the rest is the same. */
  async function each(
    of: (address: string) => string,
    ...words: readonly string[]
  ): Promise<readonly [Outcome, Outcome]> {
    await emptyCache();
    await app.write({ 'compose.yaml': of(encrypted.address) });
    const theirs = await app.dockerCompose(
      ...words.map((word) => word.replace('REGISTRY', encrypted.address)),
    );
    await emptyCache();
    await app.write({ 'compose.yaml': of(registry.address) });
    const ours = await app.compose(...words.map((word) => word.replace('REGISTRY', registry.address)));
    return [theirs, ours];
  }

  it.each<[string, (address: string) => string, readonly string[]]>([
    ['an include', (address) => `include: ["oci://${address}/shop"]`, []],
    [
      'an include with a tag',
      (address) =>
        `include: ["oci://${address}/shop:latest"]\nservices: {own: {image: own, depends_on: [web]}}`,
      [],
    ],
    [
      'an extends',
      (address) => `services: {own: {extends: {file: "oci://${address}/shop", service: web}}}`,
      [],
    ],
    ['-f', () => '', ['-f', 'oci://REGISTRY/shop']],
    ['-f with a file beside it', () => '', ['-f', 'oci://REGISTRY/shop', '-f', 'over.yaml']],
  ])('%s: the same project and the same hashes', async (_name, text, files) => {
    for (const words of config) {
      const [theirs, ours] = await each(text, ...files, ...words);
      expect(theirs.code, theirs.err).toBe(0);
      expect({ code: ours.code, out: ordered(ours.out) }, ours.err).toEqual({
        code: 0,
        out: ordered(theirs.out),
      });
    }
    await each(text);
    const named = (address: string) => files.map((word) => word.replace('REGISTRY', address));
    const ours = await ourHashes(...named(registry.address));
    await app.write({ 'compose.yaml': text(encrypted.address) });
    expect(ours).toEqual(await theirHashes(...named(encrypted.address)));
  });

  it.each<[string, string]>([
    ['no application', 'absent'],
    ['no such tag', 'shop:absent'],
  ])('%s: the same refusal', async (_name, name) => {
    for (const [theirs, ours] of [
      await each((address) => `include: ["oci://${address}/${name}"]`, 'config'),
      await each(() => '', '-f', `oci://REGISTRY/${name}`, 'config'),
    ]) {
      expect(theirs.code).not.toBe(0);
      expect([ours.code, ours.out]).toEqual([theirs.code, '']);
      expect(ours.err).toContain('cannot be fetched');
    }
  });

  it('an image is no application: the same refusal', async () => {
    const image = `${registry.address}/image`;
    await app.docker('tag', 'busybox', image);
    expect((await app.docker('push', image)).code).toBe(0);
    await app.docker('rmi', image);
    const [theirs, ours] = await each(() => '', '-f', 'oci://REGISTRY/image', 'config');
    expect(theirs.code).not.toBe(0);
    expect([ours.code, ours.out]).toEqual([theirs.code, '']);
    expect(ours.err).toContain('it is not a published Compose application');
  });

  it('an application with local includes is not published by either', async () => {
    const [theirs, ours] = await each(() => '', '-f', 'local.yaml', 'publish', '-y', 'REGISTRY/local');
    expect([theirs.code, ours.code]).toEqual([1, 1]);
    for (const { err } of [theirs, ours])
      expect(err).toContain('cannot publish compose file with local includes');
  });

  it('that is gone: ours goes on with what was fetched, with a warning', async () => {
    const away = await startRegistry();
    const published = await app.compose('-f', 'alone.yaml', 'publish', '-y', `${away.address}/shop`);
    expect(published.code, published.err).toBe(0);
    const read = () => app.compose('-f', `oci://${away.address}/shop`, 'config', '--format', 'json');
    const before = await read();
    await away.stop();
    const after = await read();
    expect([after.code, after.out], after.err).toEqual([0, before.out]);
    expect(after.err).toMatch(/cannot be asked for news: .*refused.* What it was on .* is used/i);
  });
});
