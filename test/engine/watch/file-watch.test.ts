import { appendFile, mkdir, mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FileWatch, watchFiles } from '#engine/watch/file-watch.ts';

let folder: string;
let watch: FileWatch | undefined;
let told: string[];

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'composure-watch-')));
  told = [];
});
afterEach(async () => {
  watch?.close();
  await rm(folder, { recursive: true });
});

const at = (path: string) => join(folder, path);

async function begin(paths: readonly string[], wanted: (path: string) => boolean = () => true) {
  watch = await watchFiles(
    paths.map(at),
    wanted,
    (path, change) => told.push(`${change} ${path.slice(folder.length + 1)}`),
    (error) => told.push(`error ${error.message}`),
  );
}

const hears = (text: string) => vi.waitFor(() => expect(told).toContain(text), { timeout: 10_000 });

describe('watching files', () => {
  it('hears of files written, made, replaced and deleted, at any depth', async () => {
    await mkdir(at('src/deep'), { recursive: true });
    await writeFile(at('src/deep/a'), '1');
    await begin(['src']);
    await appendFile(at('src/deep/a'), '2');
    await hears('content src/deep/a');
    await writeFile(at('src/b'), '1');
    await hears('entry src/b');
    await writeFile(at('src/b.new'), '2');
    told = [];
    await rename(at('src/b.new'), at('src/b'));
    await hears('entry src/b');
    await rm(at('src/deep/a'));
    await hears('entry src/deep/a');
  });

  it('looks into folders that come later, and into one that takes the place of another', async () => {
    await mkdir(at('src/d'), { recursive: true });
    await begin(['src']);
    await mkdir(at('src/one/two'), { recursive: true });
    await hears('entry src/one');
    // What is written while a folder is begun to be watched is in the folder that is told of.
    await vi.waitFor(async () => {
      await appendFile(at('src/one/two/a'), 'x');
      expect(told).toContain('content src/one/two/a');
    });
    await mkdir(at('other/e'), { recursive: true });
    await rename(at('src/d'), at('gone'));
    await rename(at('other'), at('src/d'));
    await vi.waitFor(async () => {
      await appendFile(at('src/d/e/b'), 'x');
      expect(told).toContain('content src/d/e/b');
    });
    told = [];
    await writeFile(at('gone/c'), '');
    await writeFile(at('src/last'), '');
    await hears('entry src/last');
    expect(told.filter((line) => line.endsWith('/c'))).toEqual([]);
  });

  it('waits for a path that is not there yet, and finds one again that has gone', async () => {
    await begin(['a/b/c']);
    await mkdir(at('a/b/c'), { recursive: true });
    await hears('entry a/b/c');
    await vi.waitFor(async () => {
      await appendFile(at('a/b/c/file'), 'x');
      expect(told).toContain('content a/b/c/file');
    });
    await rename(at('a'), at('away'));
    told = [];
    await mkdir(at('a/b/c'), { recursive: true });
    await hears('entry a/b/c');
    told = [];
    await vi.waitFor(async () => {
      await appendFile(at('a/b/c/file'), 'x');
      expect(told).toContain('content a/b/c/file');
    });
  });

  it('watches a single file, whatever is put in its place', async () => {
    await writeFile(at('conf'), '1');
    await writeFile(at('other'), '1');
    await begin(['conf']);
    await appendFile(at('other'), '2');
    await appendFile(at('conf'), '2');
    await hears('content conf');
    await rename(at('other'), at('conf'));
    await hears('entry conf');
    told = [];
    await appendFile(at('conf'), '3');
    await hears('content conf');
    expect(told.filter((line) => !line.endsWith(' conf'))).toEqual([]);
  });

  it('does not look where nothing is wanted, and hears nothing once closed', async () => {
    await mkdir(at('src/node_modules/x'), { recursive: true });
    await begin(['src'], (path) => !path.includes('node_modules'));
    await writeFile(at('src/node_modules/x/a'), '');
    await writeFile(at('src/a'), '');
    await hears('entry src/a');
    expect(told.filter((line) => line.includes('node_modules'))).toEqual([]);
    watch?.close();
    told = [];
    await writeFile(at('src/b'), '');
    await new Promise((resolve) => setImmediate(resolve));
    expect(told).toEqual([]);
  });
});
