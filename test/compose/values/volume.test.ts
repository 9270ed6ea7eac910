import { describe, expect, test } from 'vitest';
import { parseVolume } from '#compose/values/volume.ts';

const created = { create_host_path: true };

describe('mounts', () => {
  test.each([
    ['/data', { type: 'volume', target: '/data', volume: {} }],
    ['/d', { type: 'volume', target: '/d' }],
    ['data:/d', { type: 'volume', source: 'data', target: '/d', volume: {} }],
    ['./a:/b', { type: 'bind', source: './a', target: '/b', bind: created }],
    ['~/a:/b', { type: 'bind', source: '~/a', target: '/b', bind: created }],
    ['C:\\a:/b', { type: 'bind', source: 'C:\\a', target: '/b', bind: created }],
    ['C:\\a:D:\\b:ro', { type: 'bind', source: 'C:\\a', target: 'D:\\b', read_only: true, bind: created }],
    ['\\\\.\\pipe\\x:/b', { type: 'bind', source: '\\\\.\\pipe\\x', target: '/b', bind: created }],
    ['/a:/b:rw', { type: 'bind', source: '/a', target: '/b', bind: created }],
    ['/a:/b:ro,rw', { type: 'bind', source: '/a', target: '/b', bind: created }],
    [
      '/a:/b:z,rslave',
      {
        type: 'bind',
        source: '/a',
        target: '/b',
        bind: { selinux: 'z', propagation: 'rslave', ...created },
      },
    ],
    ['data:/d:nocopy', { type: 'volume', source: 'data', target: '/d', volume: { nocopy: true } }],
    ['data:/d:z', { type: 'volume', source: 'data', target: '/d', bind: { selinux: 'z' }, volume: {} }],
    ['data:/d:unknown', { type: 'volume', source: 'data', target: '/d', volume: {} }],
    ['${A:-./x}:/d', { type: 'volume', source: '${A:-./x}', target: '/d', volume: {} }],
  ])('%s', (text, expected) => {
    expect(parseVolume(text)).toEqual({ kind: 'volume', volume: expected });
  });

  test.each(['', ':/b', '/a:', '/a::ro', '/a:/b:ro:rw', '/a:/b:'])('%j is refused', (text) => {
    expect(parseVolume(text)).toMatchObject({ kind: 'error' });
  });

  test('too many colons are told where they begin', () => {
    expect(parseVolume('/a:/b:ro:rw')).toMatchObject({ start: 8, end: 11 });
  });
});
