import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { load } from '#compose/load/load.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import { containerPath, type WatchRule, watchRules } from '#engine/watch/watch-rules.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'composure-rules-'));
  await mkdir(join(folder, 'src'));
});
afterAll(() => rm(folder, { recursive: true }));

async function rulesOf(
  trigger: string,
  { service = '', dockerignore = '' } = {},
): Promise<{ readonly rules: readonly WatchRule[]; readonly warnings: readonly string[] }> {
  await writeFile(join(folder, '.dockerignore'), dockerignore);
  const text = `name: t\nservices: { a: { image: busybox, ${service} develop: { watch: [ ${trigger} ] } } }\n`;
  await writeFile(join(folder, 'compose.yaml'), text);
  const { loaded, problems } = await load(nodeHost({}), { cwd: folder });
  if (loaded === undefined) throw new Error(JSON.stringify(problems));
  const warnings: string[] = [];
  return { rules: await watchRules(loaded, [], (warning) => warnings.push(warning)), warnings };
}

async function matched(trigger: string, paths: readonly string[], options = {}): Promise<readonly string[]> {
  const { rules } = await rulesOf(trigger, options);
  return paths.filter((path) => rules[0]?.matches(join(folder, path)));
}

describe('a rule of watch', () => {
  it.each([
    ['{action: sync, path: src, target: /t}', ['src', 'src/a', 'src/b/c'], ['src/a', 'src/b/c', 'src']],
    ['{action: sync, path: src, target: /t}', ['srcs', 'other/a', '.'], []],
    [
      '{action: sync, path: ., target: /t}',
      ['.git', '.git/HEAD', 'sub/.git/config', 'a~', 'sub/.a.swp', '.idea/x', '.#a', '4913', 'a'],
      ['a'],
    ],
    [
      '{action: sync, path: ., target: /t, ignore: [node_modules/]}',
      ['node_modules/a/b', 'src/a'],
      ['src/a'],
    ],
    [
      '{action: sync, path: src, target: /t, ignore: ["*.log"]}',
      ['src/a.log', 'src/b/c.log'],
      ['src/b/c.log'],
    ],
    ['{action: sync, path: src, target: /t, ignore: ["**", "!keep"]}', ['src/a', 'src/keep'], ['src/keep']],
    [
      '{action: sync, path: src, target: /t, include: ["**/*.js"], ignore: [x.js]}',
      ['src/a.js', 'src/b/c.js', 'src/x.js', 'src/a.css'],
      ['src/a.js', 'src/b/c.js'],
    ],
    ['{action: restart, path: src/one.conf}', ['src/one.conf', 'src/one.conf2', 'src'], ['src/one.conf']],
  ])('%s of %j matches %j', async (trigger, paths, expected) => {
    expect((await matched(trigger, paths)).toSorted()).toEqual(expected.toSorted());
  });

  it('leaves out what .dockerignore of the build context leaves out', async () => {
    const paths = ['src/a', 'src/b', 'src/c/d.tmp'];
    const options = { service: 'build: ., ', dockerignore: '# not these\nsrc/b\n**/*.tmp\n' };
    expect(await matched('{action: sync, path: src, target: /t}', paths, options)).toEqual(['src/a']);
    // Without a build there is no context.
    expect(await matched('{action: sync, path: src, target: /t}', paths, { dockerignore: 'src/b' })).toEqual(
      paths,
    );
  });

  it('looks into folders that may hold something, and into no others', async () => {
    const below = async (trigger: string, path: string) =>
      (await rulesOf(trigger)).rules[0]?.mayMatchBelow(join(folder, path));
    const ignoring = '{action: sync, path: ., target: /t, ignore: [node_modules]}';
    expect(await below(ignoring, 'node_modules')).toBe(false);
    expect(await below(ignoring, '.git')).toBe(false);
    expect(await below(ignoring, 'src')).toBe(true);
    const excepting = '{action: sync, path: ., target: /t, ignore: [node_modules, "!node_modules/mine"]}';
    expect(await below(excepting, 'node_modules')).toBe(true);
    expect(await below('{action: sync, path: src/a/b, target: /t}', 'src/a')).toBe(true);
    expect(await below('{action: sync, path: src/a/b, target: /t}', 'src/c')).toBe(false);
  });

  it('knows where a file belongs in the container', async () => {
    const { rules } = await rulesOf(
      '{action: sync, path: src, target: /app/}, {action: sync, path: f, target: /g}',
    );
    const [tree, file] = rules;
    if (tree === undefined || file === undefined) throw new Error('no rules');
    expect(containerPath(tree, join(folder, 'src/a/b.js'))).toBe('/app/a/b.js');
    expect(containerPath(file, join(folder, 'f'))).toBe('/g');
  });

  it('leaves alone what a bind mount covers', async () => {
    const { rules, warnings } = await rulesOf(
      '{action: sync, path: src/in, target: /t}, {action: restart, path: src/in}',
      { service: 'volumes: ["./src:/src"], ' },
    );
    expect(rules.map(({ action }) => action)).toEqual(['restart']);
    expect(warnings).toEqual([expect.stringContaining('also declared by a bind mount volume')]);
  });

  it.each([
    ['{action: sync, path: f, target: /}', 'an absolute path in the container'],
    ['{action: sync, path: src, target: relative}', 'an absolute path in the container'],
    ['{action: sync+exec, path: src, target: /t}', 'needs a command'],
    ['{action: rebuild, path: src}', 'without a build context'],
  ])('refuses %s', async (trigger, reason) => {
    await expect(rulesOf(trigger)).rejects.toThrow(reason);
  });
});
