import { describe, expect, it } from 'vitest';
import { toPathStat } from '#engine/api/path-stat.ts';

const header = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64');

describe('what the engine says of a path', () => {
  it('is a name, a kind, permissions and a time', () => {
    const stat = {
      name: 'app.ini',
      size: 12,
      mode: 0o640,
      mtime: '2026-01-02T03:04:05.678901234+01:00',
      linkTarget: '',
    };
    expect(toPathStat(header(stat))).toEqual({
      name: 'app.ini',
      kind: 'file',
      size: 12,
      mode: 0o640,
      modifiedAt: Date.UTC(2026, 0, 2, 2, 4, 5, 678),
      target: '',
    });
  });

  it('has modes as Go writes them', () => {
    const kindOf = (mode: number) => {
      const { kind, mode: bits } = toPathStat(header({ mode }));
      return `${kind} ${bits.toString(8)}`;
    };
    expect(kindOf(2 ** 31 + 0o755)).toBe('folder 755');
    expect(kindOf(2 ** 31 + 2 ** 20 + 0o777)).toBe('folder 1777');
    expect(kindOf(2 ** 27 + 0o777)).toBe('link 777');
    expect(kindOf(2 ** 23 + 0o755)).toBe('file 4755');
    expect(kindOf(2 ** 26 + 2 ** 21 + 0o666)).toBe('other 666');
    expect(kindOf(2 ** 25 + 0o644)).toBe('other 644');
  });

  it('is refused where it is nothing of the kind', () => {
    expect(() => toPathStat(undefined)).toThrow(/cannot look up paths/);
    expect(() => toPathStat('nonsense')).toThrow(/cannot look up paths/);
  });
});
