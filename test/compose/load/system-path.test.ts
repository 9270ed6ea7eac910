import { describe, expect, test } from 'vitest';
import { load } from '#compose/load/load.ts';
import { isWindowsAbsolute, systemPath } from '#compose/load/system-path.ts';
import { memoryHost } from './memory-host.ts';

describe('POSIX', () => {
  const path = systemPath('posix');

  test.each([
    ['/a/b/../c/./d//e', '/a/c/d/e'],
    ['a/../..', '..'],
    ['', '.'],
    ['/..', '/'],
  ])('clean %s', (text, clean) => expect(path.clean(text)).toBe(clean));

  test('relative', () => {
    expect(path.relative('/a/b', '/a/c/d')).toBe('../c/d');
    expect(path.relative('/a', '/a')).toBe('.');
    expect(path.relative('a', '/a')).toBeUndefined();
  });

  test('inside', () => {
    expect(path.isInside('/a/b', '/a')).toBe(true);
    expect(path.isInside('/a/../b', '/a')).toBe(false);
    expect(path.isInside('/ab', '/a')).toBe(false);
  });
});

describe('Windows', () => {
  const path = systemPath('windows');

  test('join, directory and name', () => {
    expect(path.join('C:\\app', './x/../y')).toBe('C:\\app\\y');
    expect(path.dirname('C:\\app\\compose.yaml')).toBe('C:\\app');
    expect(path.basename('C:\\My App')).toBe('My App');
    expect(path.dirname('C:\\')).toBe('C:\\');
  });

  test.each(['C:\\x', 'c:/x', '\\\\server\\share\\x', '\\\\.\\pipe\\x'])('%s is absolute', (text) => {
    expect(isWindowsAbsolute(text)).toBe(true);
  });

  test.each(['C:x', 'x', '/x', '.\\x', ''])('%s is not', (text) => {
    expect(isWindowsAbsolute(text)).toBe(false);
  });

  test('a project on a drive', async () => {
    const host = memoryHost({
      'C:\\app\\compose.yaml': 'services: {a: {image: x, volumes: [".\\\\d:/d", "D:\\\\e:/e"]}}\n',
    });
    const { loaded } = await load(
      { ...host, platform: 'windows', environment: { compose_convert_windows_paths: '1' } },
      { cwd: 'C:\\app', files: ['compose.yaml'] },
    );
    expect(loaded?.project.name).toBe('app');
    expect(loaded?.project.services.a?.volumes?.map(({ source }) => source)).toEqual(['/c/app/d', '/d/e']);
  });
});
