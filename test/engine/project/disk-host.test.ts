import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeHost } from '#engine/project/disk-host.ts';

const root = process.getuid?.() === 0;
const { files, uriOf, environment } = nodeHost({ A: '1', B: undefined }, '/home/someone', async function* () {
  yield new TextEncoder().encode('services:');
  yield new TextEncoder().encode(' {}\n');
});
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'composure-host-'));
  await mkdir(join(folder, 'inside'));
  await writeFile(join(folder, 'file'), '\ufeffé\n');
  await writeFile(join(folder, 'secret'), 'x');
  await chmod(join(folder, 'secret'), 0);
  await symlink('file', join(folder, 'link'));
  await symlink('loop', join(folder, 'loop'));
  await symlink('nowhere', join(folder, 'dangling'));
});

afterAll(() => rm(folder, { recursive: true }));

test('a file, also behind a link, without its byte order mark', async () => {
  const text = { kind: 'text', text: 'é\n' };
  expect(await files.read(join(folder, 'file'))).toEqual(text);
  expect(await files.read(join(folder, 'link'))).toEqual(text);
});

test('what is not there', async () => {
  for (const name of ['nothere', 'dangling', 'file/below']) {
    expect(await files.read(join(folder, name)), name).toEqual({ kind: 'missing' });
    expect(await files.stat(join(folder, name)), name).toBe('missing');
  }
  expect(await files.list(join(folder, 'nothere'))).toEqual([]);
});

test('what is there and cannot be read', async () => {
  for (const name of ['inside', 'loop'])
    expect(await files.read(join(folder, name)), name).toMatchObject({ kind: 'unreadable' });
  expect(await files.stat(join(folder, 'loop'))).toBe('missing');
});

test('a file whose reading fails', async () => {
  // Root may read what only others may; reading the first bytes of a process's memory fails for everybody.
  const path = root && process.platform === 'linux' ? '/proc/self/mem' : join(folder, 'secret');
  expect(await files.read(path)).toMatchObject({ kind: 'unreadable' });
});

test('kinds and names', async () => {
  expect(await files.stat(join(folder, 'inside'))).toBe('directory');
  expect(await files.stat(join(folder, 'link'))).toBe('file');
  expect([...(await files.list(folder))].sort()).toEqual([
    'dangling',
    'file',
    'inside',
    'link',
    'loop',
    'secret',
  ]);
});

test('standard input', async () => {
  expect(await files.read('-')).toEqual({ kind: 'text', text: 'services: {}\n' });
  expect(uriOf('-')).toBe('stdin:');
});

test('variables without a value are none', () => {
  expect(environment).toEqual({ A: '1' });
});
