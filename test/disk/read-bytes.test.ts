import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sizeLimits } from '#compose/load/read-limits.ts';
import { diskFiles } from '../../disk/disk-files.ts';
import { type DiskPort, nodeDisk, type OpenFile } from '../../disk/disk-port.ts';
import { openStream } from '../../disk/open-stream.ts';
import { bytesReader, readBytes } from '../../disk/read-bytes.ts';
import { readFileTextSync } from '../../disk/read-file.ts';

const reason = (key: string) => ({ kind: 'unreadable', reason: { key: `file-unreadable.${key}` } });

describe.skipIf(process.platform === 'win32')('on a disk', () => {
  let folder: string;
  let server: Server;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'composure-read-'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    server = createServer().listen(join(folder, 'socket'));
    await mkdir(join(folder, 'folder'));
    await symlink('pipe', join(folder, 'to-pipe'));
    await symlink('/dev/zero', join(folder, 'to-device'));
    await symlink('/dev/null', join(folder, 'to-null'));
    await symlink('circle', join(folder, 'circle'));
    await symlink('round', join(folder, 'about'));
    await symlink('about', join(folder, 'round'));
    await symlink('large', join(folder, 'to-large'));
    await writeFile(join(folder, 'large'), '');
    await truncate(join(folder, 'large'), 1_000_000_000);
    await writeFile(join(folder, 'file'), 'A=1\n');
    await symlink('file', join(folder, 'to-file'));
  });

  afterAll(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });

  test.each([
    ['pipe', reason('pipe')],
    ['to-pipe', reason('pipe')],
    ['socket', reason('socket')],
    ['folder', reason('directory')],
    ['to-device', reason('device')],
    ['circle', reason('link-circle')],
    ['about', reason('link-circle')],
    ['large', { kind: 'too-large', limit: sizeLimits.env }],
    ['to-large', { kind: 'too-large', limit: sizeLimits.env }],
    ['nothing', { kind: 'missing' }],
    ['file/below', { kind: 'missing' }],
    ['to-null', { kind: 'bytes', bytes: Buffer.alloc(0) }],
    ['file', { kind: 'bytes', bytes: Buffer.from('A=1\n') }],
    ['to-file', { kind: 'bytes', bytes: Buffer.from('A=1\n') }],
  ])('%s', async (name, expected) => {
    expect(await readBytes(join(folder, name), 'env')).toEqual(expected);
  });

  test('devices by their own names', async () => {
    for (const path of ['/dev/urandom', '/dev/zero', '/dev/tty'])
      expect(await readBytes(path, 'compose'), path).toEqual(reason('device'));
    expect(await readBytes('/dev/null', 'env')).toEqual({ kind: 'bytes', bytes: Buffer.alloc(0) });
  });

  test.runIf(process.platform === 'linux')('a file that is said to be empty and is not', async () => {
    const read = await readBytes('/proc/self/status', 'settings');
    expect(read.kind === 'bytes' && read.bytes.toString()).toMatch(/^Name:/);
  });

  test('what is there, without opening it', async () => {
    const files = diskFiles();
    const kinds = await Promise.all(
      ['pipe', 'socket', 'to-device', 'folder', 'file', 'circle'].map((name) =>
        files.stat(join(folder, name)),
      ),
    );
    expect(kinds).toEqual(['other', 'other', 'other', 'directory', 'file', 'missing']);
  });

  test('a hundred pipes keep nobody waiting', async () => {
    const pipes = Array.from({ length: 100 }, () => readBytes(join(folder, 'pipe'), 'env'));
    expect((await readBytes(join(folder, 'file'), 'env')).kind).toBe('bytes');
    expect(new Set((await Promise.all(pipes)).map(({ kind }) => kind))).toEqual(new Set(['unreadable']));
  });

  test('a pipe in the place of a file that was looked at is not waited for', async () => {
    const file = await nodeDisk.stat(join(folder, 'file'));
    const read = bytesReader({ ...nodeDisk, stat: async () => file });
    expect(await read(join(folder, 'pipe'), 'env')).toEqual(reason('pipe'));
    await expect(openStream(join(folder, 'pipe'))).rejects.toThrow('not a regular file');
    expect(() => readFileTextSync(join(folder, 'pipe'), 'settings')).toThrow('a pipe');
    expect(() => readFileTextSync(join(folder, 'large'), 'settings')).toThrow('larger than 4 MB');
  });
});

/** A disk in which every file is regular and holds what its handle gives. */
function disk(open: (path: string) => Promise<OpenFile>): DiskPort & { readonly pass: () => void } {
  const timers = new Set<() => void>();
  return {
    stat: async () => regular(0),
    realpath: async (path) => path,
    readdir: async () => [],
    open,
    after: (_, callback) => {
      timers.add(callback);
      return () => timers.delete(callback);
    },
    pass: () => {
      for (const callback of [...timers]) callback();
    },
  };
}

const no = () => false;
const regular = (size: number) => ({
  size,
  isFile: () => true,
  isDirectory: no,
  isFIFO: no,
  isSocket: no,
});

function handle(read: OpenFile['read'], size = 0): OpenFile {
  return { stat: async () => regular(size), read, close: async () => {} };
}

describe('on a disk that is not what it says', () => {
  test('a file that grows without end is left at the limit', async () => {
    let given = 0;
    const read = bytesReader(
      disk(async () =>
        handle(async (_, __, length) => {
          given += length;
          return { bytesRead: length };
        }),
      ),
    );
    expect(await read('/endless', 'dockerfile')).toEqual({ kind: 'too-large', limit: sizeLimits.dockerfile });
    expect(given).toBe(sizeLimits.dockerfile + 1);
  });

  test('what comes in pieces is put together', async () => {
    const content = Buffer.from('services: {}\n'.repeat(1000));
    let at = 0;
    const read = bytesReader(
      disk(async () =>
        handle(async (into, offset, length) => {
          const bytesRead = content.copy(into, offset, at, at + Math.min(length, 777));
          at += bytesRead;
          return { bytesRead };
        }, 5),
      ),
    );
    expect(await read('/pieces', 'compose')).toEqual({ kind: 'bytes', bytes: content });
  });

  test('at most eight at a time; slow ones give their place away, and lost ones are given up', async () => {
    const opened: string[] = [];
    const slow = disk(async (path) => {
      opened.push(path);
      return handle(() => (path === '/fast' ? Promise.resolve({ bytesRead: 0 }) : new Promise(() => {})));
    });
    const read = bytesReader(slow);
    const lost = Array.from({ length: 20 }, (_, each) => read(`/slow${each}`, 'env'));
    const fast = read('/fast', 'env');
    await settled();
    expect(opened).toHaveLength(8);

    slow.pass();
    expect(await Promise.all(lost.slice(0, 8))).toEqual(Array(8).fill(reason('no-answer')));
    await settled();
    slow.pass();
    await settled();
    expect(opened).toHaveLength(21);
    expect(await fast).toEqual({ kind: 'bytes', bytes: Buffer.alloc(0) });
  });
});

/** Everything that can go on without time passing has gone on. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
