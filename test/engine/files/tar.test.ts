import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tarArchive } from '#engine/files/tar.ts';

it('writes archives that tar unpacks, long names, modes and sizes right', () => {
  const folder = mkdtempSync(join(tmpdir(), 'composure-tar-'));
  const long = `/${'deep/'.repeat(30)}file`;
  const content = new Uint8Array(1500).fill(65);
  const archive = tarArchive([
    {
      path: '/run/secrets/token',
      content: new TextEncoder().encode('s3cret'),
      mode: 0o440,
      modifiedAt: 1_700_000_000,
    },
    { path: long, content, mode: 0o600, modifiedAt: 1_700_000_000.9 },
  ]);
  try {
    execFileSync('tar', ['-x', '--no-same-owner', '-C', folder], { input: archive });
    expect(readFileSync(join(folder, 'run/secrets/token'), 'utf8')).toBe('s3cret');
    expect(statSync(join(folder, 'run/secrets/token')).mode & 0o777).toBe(0o440);
    expect(readFileSync(join(folder, long)).length).toBe(1500);
    expect(statSync(join(folder, long)).mtimeMs).toBe(1_700_000_000_000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('refuses a name that the format has no room for', () => {
  const file = { content: new Uint8Array(), mode: 0o644, modifiedAt: 0 };
  expect(() => tarArchive([{ ...file, path: 'x'.repeat(101) }])).toThrow(RangeError);
});
