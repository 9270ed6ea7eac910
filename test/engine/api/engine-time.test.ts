import { describe, expect, it } from 'vitest';
import { compareStamps, parseGoDuration, stampToEngineTime, toEngineTime } from '#engine/api/engine-time.ts';

const now = Date.UTC(2026, 0, 31, 12, 0, 0);

describe('times for the engine', () => {
  it.each([
    ['1769860800', '1769860800'],
    ['1769860800.5', '1769860800.5'],
    ['42m', '1769858280.000'],
    ['1h30m', '1769855400.000'],
    ['1.5s', '1769860798.500'],
    ['2026-01-31T10:00:00Z', '1769853600.000000000'],
    ['2026-01-31T10:00:00.123456789Z', '1769853600.123456789'],
    ['2026-01-31T10:00:00+02:00', '1769846400.000000000'],
    ['2026-01-31T10:00Z', '1769853600.000000000'],
    ['yesterday', undefined],
    ['10 minutes', undefined],
    ['', undefined],
  ])('%s -> %s', (text, expected) => {
    expect(toEngineTime(text, now)).toBe(expected);
  });

  it('takes a date without a zone for local time', () => {
    expect(toEngineTime('2026-01-31', now)).toBe(`${new Date(2026, 0, 31).getTime() / 1000}.000000000`);
  });

  it.each([
    ['1h2m3s', 3_723_000],
    ['300ms', 300],
    ['1.5h', 5_400_000],
    ['-10s', -10_000],
    ['1d', undefined],
    ['5', undefined],
  ])('the duration %s is %s ms', (text, expected) => {
    expect(parseGoDuration(text)).toBe(expected);
  });

  it('keeps nanoseconds of a stamp', () => {
    expect(stampToEngineTime('2026-01-31T10:00:00.000000001Z')).toBe('1769853600.000000001');
    expect(stampToEngineTime('2026-01-31T12:00:00.5+02:00')).toBe('1769853600.500000000');
    expect(stampToEngineTime('soon')).toBeUndefined();
  });

  it('orders stamps of different forms by time', () => {
    const stamps = [
      '2026-01-31T12:00:00.2+02:00',
      '2026-01-31T10:00:00.100000000Z',
      '2026-01-31T10:00:00.1999Z',
      '2026-01-31T09:59:59.999999999Z',
    ];
    expect(stamps.toSorted(compareStamps)).toEqual([stamps[3], stamps[1], stamps[2], stamps[0]]);
  });
});
