import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { load } from '#compose/load/load.ts';
import { remoteAddress } from '#compose/load/remote-address.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import { listenToFetched } from '../../../client/src/language/fetched-files.ts';
import { isAllowed, remoteFromCache, remoteToRun } from '../../../client/src/remote/remote-consent.ts';
import { address, makeRepository, type Repository } from '../../engine/remote/repository.ts';
import { person } from '../support/person.ts';
import { state } from '../support/vscode.ts';

let repository: Repository;
let told: readonly string[];
beforeEach(() => {
  repository = makeRepository({ 'compose.yaml': 'services: {web: {image: web}}\n' });
  for (const [name, value] of Object.entries(repository.environment)) vi.stubEnv(name, value);
  vi.stubEnv('XDG_CACHE_HOME', join(repository.folder, '..', 'cache'));
  told = [];
  listenToFetched((paths) => {
    told = paths;
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(join(repository.folder, '..'), { recursive: true, force: true });
  state.settings.clear();
  state.isTrusted = true;
  person.shown.length = 0;
});

/** As VS Code keeps it. */
function memento() {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: <T>(key: string, fallback?: T) => (kept.has(key) ? (kept.get(key) as T) : fallback) as T,
    update: async (key: string, value: unknown) => {
      kept.set(key, value);
    },
  };
}

async function problems(remote: ReturnType<typeof remoteFromCache>): Promise<readonly string[]> {
  const cwd = join(repository.folder, '..');
  writeFileSync(join(cwd, 'compose.yaml'), `name: shop\ninclude: ["${address}"]\n`);
  const result = await load({ ...nodeHost(process.env), remote }, { cwd });
  return result.problems.map(({ message }) => formatPhrase(message));
}

describe('a remote file of a project that is run', () => {
  it('is asked about once for a commit, and again for the next', async () => {
    const kept = memento();
    const question = () =>
      `This project takes its configuration from ${address} at commit ${repository.git('rev-parse', 'HEAD').slice(0, 12)}.`;
    expect(await problems(remoteToRun(kept))).toEqual([
      `${address} was not fetched, because its configuration was not accepted.`,
    ]);
    expect(told).toEqual([]);
    person.answers('Use Configuration');
    expect(await problems(remoteToRun(kept))).toEqual([]);
    expect(told.some((path) => path.endsWith('compose.yaml'))).toBe(true);
    expect(await problems(remoteToRun(kept))).toEqual([]);
    expect(person.saw('warning')).toEqual([question(), question()]);
    const before = question();
    repository.commit({ 'compose.yaml': 'services: {web: {image: other}}\n' });
    person.answers('Use Configuration');
    expect(await problems(remoteToRun(kept))).toEqual([]);
    expect(person.saw('warning')).toEqual([before, before, question()]);
  });

  it('is not asked about where the settings say what is fetched', async () => {
    state.settings.set('composure.remote', 'off');
    const off = `${address} is not fetched, because the setting "composure.remote" does not allow it.`;
    expect(await problems(remoteToRun(memento()))).toEqual([off]);
    state.settings.set('composure.remote', ['https://example.test/other.git']);
    expect(await problems(remoteToRun(memento()))).toEqual([off]);
    state.settings.set('composure.remote', ['https://example.test/']);
    expect(await problems(remoteToRun(memento()))).toEqual([]);
    expect(person.saw('warning')).toEqual([]);
  });

  it('is neither fetched nor read where the workspace is not trusted', async () => {
    state.isTrusted = false;
    expect(remoteToRun(memento())).toBeUndefined();
    expect(remoteFromCache()).toBeUndefined();
  });

  it('is read, and nobody is asked, where the project is only shown', async () => {
    expect(await problems(remoteFromCache())).toEqual([expect.stringContaining('has not been fetched yet')]);
    person.answers('Use Configuration');
    await problems(remoteToRun(memento()));
    expect(await problems(remoteFromCache())).toEqual([]);
  });
});

it.each([
  ['https://example.test/a/b.git', true],
  ['https://example.test/', true],
  ['https://example.test/a', false],
  ['https://example.test/a/b.git#main', true],
  ['oci://example.test/', false],
])('an address below %s is allowed: %s', (allowed, expected) => {
  const text = remoteAddress('https://example.test/a/b.git#main:deep');
  expect(text !== undefined && isAllowed(text, [allowed])).toBe(expected);
});
