import { describe, expect, it, test } from 'vitest';
import { nextTimeStyle, timeStyleOf, timeText } from '../../../client/webview/logs/line-time.ts';
import { readState } from '../../../client/webview/logs/page-state.ts';

const now = Date.UTC(2026, 10, 30, 12);
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

describe('how long ago a line was written', () => {
  it.each([
    [0, '0s ago'],
    [4.9 * second, '0s ago'],
    [5 * second, '5s ago'],
    [59 * second, '55s ago'],
    [minute, '1m ago'],
    [59.9 * minute, '59m ago'],
    [hour, '1h ago'],
    [25 * hour, '1d ago'],
    // The engine's clock is ahead.
    [-3 * second, '0s ago'],
  ])('%d ms: %s', (age, text) => {
    expect(timeText(now - age, 'age', now, 'en')).toBe(text);
  });

  it('is said as the language says it', () => {
    expect(timeText(now - minute, 'age', now, 'fr')).toMatch(/^-1\s?min$/);
  });
});

test('a line without a time has none, in any style', () => {
  expect(timeText(Number.NaN, 'age', now, 'en')).toBe('');
  expect(timeText(Number.NaN, 'clock', now, 'en')).toBe('');
});

test('by the clock it is local and exact to the millisecond', () => {
  expect(timeText(new Date(2026, 0, 2, 3, 4, 5, 6).getTime(), 'clock', now, 'en')).toBe('03:04:05.006');
});

test('one button goes through the three', () => {
  expect(nextTimeStyle('none')).toBe('clock');
  expect(nextTimeStyle('clock')).toBe('age');
  expect(nextTimeStyle('age')).toBe('none');
});

test.each([
  [true, 'clock'],
  [false, 'none'],
  ['age', 'age'],
  ['week', 'none'],
  [undefined, 'none'],
])('what was kept before is understood: %j', (kept, style) => {
  expect(timeStyleOf(kept)).toBe(style);
  expect(readState({ options: { times: kept } }).options.times).toBe(style);
});
