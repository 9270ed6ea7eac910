import { describe, expect, it } from 'vitest';
import { formatAge, formatDuration } from '../../../client/src/shared/format-duration.ts';
import { parseStatus, Since } from '../../../client/src/tree/since.ts';
import { container } from '../containers.ts';
import { english } from '../translate.ts';

describe('the age in an engine’s sentence', () => {
  it.each([
    ['Up Less than a second', 0],
    ['Up 1 second', 1000],
    ['Up 44 seconds (health: starting)', 44_000],
    ['Up About a minute', 60_000],
    ['Up 3 minutes (healthy)', 180_000],
    ['Up About an hour (Paused)', 3_600_000],
    ['Up 5 weeks', 5 * 604_800_000],
    ['Exited (137) 2 days ago', 2 * 86_400_000],
    ['Restarting (1) 8 seconds ago', 8000],
    ['Created', undefined],
    ['Dead', undefined],
  ])('%s', (status, age) => {
    expect(parseStatus(status)?.age).toBe(age);
  });
});

describe('since when', () => {
  it('keeps what was known more exactly while listings agree with it', () => {
    const since = new Since();
    const at = (status: string, now: number) => since.of(container({ name: 'web', status }), now);
    expect(at('Up 5 seconds', 1_000_000)).toBe(995_000);
    expect(at('Up 3 minutes', 995_000 + 225_000)).toBe(995_000);
    expect(at('Up 1 second', 995_000 + 400_000)).toBe(995_000 + 399_000);
  });

  it('does not move while the same listing is drawn again', () => {
    const since = new Since();
    const listed = container({ name: 'web', status: 'Up 5 seconds' });
    expect([since.of(listed, 10_000), since.of(listed, 90_000)]).toEqual([5000, 5000]);
  });

  it('starts anew with another state', () => {
    const since = new Since();
    since.of(container({ name: 'web', status: 'Up 5 seconds' }), 10_000);
    const stopped = container({ name: 'web', state: 'exited', status: 'Exited (0) 4 seconds ago' });
    expect(since.of(stopped, 10_500)).toBe(6500);
  });
});

it.each([
  [-5, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [7_199_999, '1 h'],
  [172_800_000, '2 d'],
  [59 * 86_400_000, '59 d'],
  [60 * 86_400_000, '1 mo'],
  [699 * 86_400_000, '22 mo'],
  [800 * 86_400_000, '2 y'],
])('%i ms is %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds, english)).toBe(text);
});

it.each([
  [-5, ''],
  [4999, ''],
  [5000, '5 s'],
  [14_999, '10 s'],
  [29_999, '15 s'],
  [59_999, '45 s'],
  [60_000, '1 min'],
  [7_199_999, '1 h'],
])('an age of %i ms is shown as %j', (milliseconds, text) => {
  expect(formatAge(milliseconds, english)).toBe(text);
});

it('an age changes six times in its first minute', () => {
  const seen = new Set(Array.from({ length: 60 }, (_, second) => formatAge(second * 1000, english)));
  expect([...seen]).toEqual(['', '5 s', '10 s', '15 s', '30 s', '45 s']);
});
