import { describe, expect, it } from 'vitest';
import { Level } from '../../../client/webview/logs/level.ts';
import { toPredicate } from '../../../client/webview/logs/line-filter.ts';
import { LineStore } from '../../../client/webview/logs/line-store.ts';
import { TimeCounts } from '../../../client/webview/logs/time-counts.ts';

const start = 1_800_000_000_000;

function counted(lines: readonly (readonly [after: number, level: Level, color: number])[]): TimeCounts {
  const counts = new TimeCounts();
  for (const [after, level, color] of lines) counts.add(start + after, level, color);
  return counts;
}
const total = (counts: TimeCounts, most: number) =>
  counts.bars(most).reduce((all, { levels }) => all + levels[0] + levels[1] + levels[2], 0);

describe('lines over time', () => {
  it('are counted by level and by the color of their service, in any order', () => {
    const counts = counted([
      [600, Level.error, 1],
      [0, Level.info, 0],
      [650, Level.warning, 1],
      [700, Level.unknown, 3],
    ]);
    expect(counts.bars(10)).toEqual([
      { from: start, to: start + 250, levels: [0, 0, 1], colors: [1] },
      { from: start + 250, to: start + 500, levels: [0, 0, 0], colors: [] },
      { from: start + 500, to: start + 750, levels: [1, 1, 1], colors: expect.any(Array) },
    ]);
    const { colors } = counts.bars(10)[2] ?? { colors: [] };
    expect([colors[1], colors[3]]).toEqual([2, 1]);
  });

  it('are as few bars as there is room for, and none is lost', () => {
    const counts = counted(
      Array.from({ length: 1000 }, (_, at) => [at * 60_000, Level.info, at % 8] as const),
    );
    for (const most of [1, 7, 120, 5000]) {
      expect(counts.bars(most).length, String(most)).toBeLessThanOrEqual(Math.min(most, 512));
      expect(total(counts, most), String(most)).toBe(1000);
    }
    const bars = counts.bars(120);
    expect(bars.slice(1).every(({ from }, at) => from === bars[at]?.to)).toBe(true);
  });

  it('are forgotten with the lines', () => {
    const counts = counted(Array.from({ length: 100 }, (_, at) => [at * 250, Level.info, 0] as const));
    counts.forget(start + 250 * 90);
    expect(total(counts, 200)).toBe(10);
    counts.forget(Number.NaN);
    counts.forget(start);
    expect(total(counts, 200)).toBe(10);
  });

  it('do not count what has no time', () => {
    expect(counted([[Number.NaN, Level.error, 0]]).bars(10)).toEqual([]);
  });
});

it('a chosen time leaves out all other lines, and those without one', () => {
  const store = new LineStore();
  store.append({
    sequence: 0,
    sources: [{ container: 'c', project: 'shop', name: 'web-1', service: 'web', stream: 'stdout' }],
    runs: [0, 4],
    texts: 'a\nb\nc\nd\n',
    times: '2026-01-02T03:04:05Z\n2026-01-02T03:04:06Z\n\n2026-01-02T03:04:07Z\n',
  });
  const nothing = { text: '', isExpression: false, matchCase: false };
  const shown = toPredicate(store, {
    pattern: nothing,
    exclude: nothing,
    level: Level.unknown,
    stream: undefined,
    hidden: new Set(),
    time: { from: Date.parse('2026-01-02T03:04:06Z'), to: Date.parse('2026-01-02T03:04:07Z') },
  });
  expect([0, 1, 2, 3].filter((line) => shown?.(line))).toEqual([1]);
});
