import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fileArchive } from '#engine/files/file-archive.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'composure-tar-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const unpack = (archive: Uint8Array) =>
  execFileSync('tar', ['-x', '--no-same-owner', '-C', folder], { input: archive });

it.each([
  ['/run/secrets/token', 0o440, 's3cret'],
  // Longer than a name of the first tar format, longer than its prefix and name together, and with no slash to split at.
  [`/${'deep/'.repeat(30)}file`, 0o600, 'x'.repeat(1500)],
  [`/etc/${'n'.repeat(120)}`, 0o444, 'config'],
  [`/etc/${'n'.repeat(255)}/${'m'.repeat(255)}`, 0o444, 'config'],
  ['/etc/größe-名前', 0o444, ''],
])('tar unpacks %s', async (name, mode, content) => {
  const mtime = new Date('2023-11-14T22:13:20Z');
  unpack(await fileArchive({ name, mode, mtime }, Buffer.from(content)));
  expect(readFileSync(join(folder, name), 'utf8')).toBe(content);
  expect(statSync(join(folder, name)).mode & 0o777).toBe(mode);
  expect(statSync(join(folder, name)).mtimeMs).toBe(mtime.getTime());
});

it('keeps owners, however large their numbers are', async () => {
  const owner = async (uid: number, gid: number) => {
    const archive = await fileArchive({ name: 'a', uid, gid }, Buffer.from('x'));
    const listed = execFileSync('tar', ['-tv', '--numeric-owner'], { input: archive, encoding: 'utf8' });
    return listed.split(/\s+/)[1];
  };
  expect(await owner(1000, 50)).toBe('1000/50');
  expect(await owner(4_000_000_000, 3_000_000)).toBe('4000000000/3000000');
});

it('a folder is one', async () => {
  unpack(await fileArchive({ name: 'made', type: 'directory', mode: 0o755 }));
  expect(statSync(join(folder, 'made')).isDirectory()).toBe(true);
});
