import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { wholeFile } from '#disk/whole-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'composure-whole-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('a file takes its name once it is whole', async () => {
  const file = join(folder, 'out.tar');
  writeFileSync(file, 'before');
  const result = await wholeFile(file, async (partial) => {
    await writeFile(partial, 'after', { flag: 'wx' });
    expect(readFileSync(file, 'utf8')).toBe('before');
    return 5;
  });
  expect(result).toBe(5);
  expect(readFileSync(file, 'utf8')).toBe('after');
  expect(readdirSync(folder)).toEqual(['out.tar']);
});

test('what fails on the way leaves what was there, and nothing beside it', async () => {
  const file = join(folder, 'out.tar');
  writeFileSync(file, 'before');
  const failing = wholeFile(file, async (partial) => {
    await writeFile(partial, 'half');
    throw new Error('the engine is gone');
  });
  await expect(failing).rejects.toThrow('the engine is gone');
  expect(readFileSync(file, 'utf8')).toBe('before');
  expect(readdirSync(folder)).toEqual(['out.tar']);
});
