import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Selection, walkSource } from '#engine/api/buildkit/local-source.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'composure-source-'));
  for (const path of ['a-b', 'a/x', 'a/deep/y', 'b.txt', 'docs/keep.md', 'docs/other.md', 'real/file', 'é'])
    await write(path);
  await symlink('real', join(directory, 'link'));
  await symlink('../b.txt', join(directory, 'a/up'));
  await symlink('/etc/passwd', join(directory, 'outside'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function write(path: string) {
  await mkdir(dirname(join(directory, path)), { recursive: true });
  await writeFile(join(directory, path), path);
}

async function walk(selection: Partial<Selection>): Promise<readonly string[]> {
  const paths: string[] = [];
  const all = { include: [], exclude: [], follow: [], ...selection };
  for await (const entries of walkSource({ kind: 'folder', directory }, all, new AbortController().signal))
    for (const { type, path, target } of entries) paths.push(type === 'link' ? `${path} -> ${target}` : path);
  return paths;
}

describe('the files that a build reads', () => {
  it('come with each folder before what is in it, in the order of their bytes', async () => {
    expect(await walk({ exclude: ['docs', 'outside'] })).toEqual([
      ...['a', 'a/deep', 'a/deep/y', 'a/up -> ../b.txt', 'a/x', 'a-b', 'b.txt'],
      ...['link -> real', 'real', 'real/file', 'é'],
    ]);
  });

  it.each<[string, Partial<Selection>, readonly string[]]>([
    ['a file', { include: ['b.txt'] }, ['b.txt']],
    ['a file below a folder, which comes too', { include: ['a/deep/y'] }, ['a', 'a/deep', 'a/deep/y']],
    ['all of a folder', { include: ['docs'] }, ['docs', 'docs/keep.md', 'docs/other.md']],
    ['a pattern', { include: ['**/*.md'] }, ['docs', 'docs/keep.md', 'docs/other.md']],
    ['what an exception lets back in', { exclude: ['*', '!docs/keep.md'] }, ['docs', 'docs/keep.md']],
    ['what is there of what is asked for', { follow: ['b.txt', 'nothing'] }, ['b.txt']],
    ['a link and where it leads', { follow: ['link/file'] }, ['link -> real', 'real', 'real/file']],
    ['a link upwards', { follow: ['a/up'] }, ['a', 'a/up -> ../b.txt', 'b.txt']],
    ['a link that leads outside, and not what is there', { follow: ['outside'] }, ['outside -> /etc/passwd']],
    ['included, not excluded', { include: ['docs'], exclude: ['docs/o*'] }, ['docs', 'docs/keep.md']],
    ['nothing', { follow: ['nothing'] }, []],
  ])('%s', async (_what, selection, expected) => {
    expect(await walk(selection)).toEqual(expected);
  });
});
