import { expect, it } from 'vitest';
import { toStats } from '#engine/observe/container-stats.ts';
import { usageText } from '../../../client/src/tree/usage.ts';
import { ratesBetween } from '../../../client/src/tree/usage-rates.ts';
import { english } from '../translate.ts';

const idle = toStats({});
const none = ratesBetween(undefined, idle);
const usage = (memory: number, ...cpu: readonly number[]) => ({
  now: { ...idle, memory, cpuPercent: cpu.at(-1) ?? 0 },
  rates: none,
  cpu,
});

it('what containers use, together, with the curve of their processor time', () => {
  expect(usageText([], english)).toBe('');
  expect(usageText([usage(1_200_000, 0.3)], english)).toBe('1.2 MB · 0.3% ▁ · 0.0 kB/s');
  expect(usageText([usage(30_000_000, 0, 50, 100), usage(70_400_000, 100)], english)).toBe(
    '100 MB · 200.0% ▁▃█ · 0.0 kB/s',
  );
  const busy = { ...usage(1_000_000, 1), rates: { ...none, received: 1200, sent: 800 } };
  expect(usageText([busy, busy], english)).toBe('2.0 MB · 2.0% ▂ · 4.0 kB/s');
  const fast = { ...busy, rates: { ...none, sent: 2_500_000 } };
  expect(usageText([fast], english)).toContain('2.5 MB/s');
});

it('what goes in and out in a second, by the engine’s own clock', () => {
  const at = (readAt: number, bytes: number) => ({
    ...idle,
    readAt,
    networkReceived: bytes,
    networkSent: 2 * bytes,
    blockRead: 3 * bytes,
    blockWritten: 4 * bytes,
  });
  expect(ratesBetween(at(1000, 100), at(3000, 300))).toEqual({
    received: 100,
    sent: 200,
    read: 300,
    written: 400,
  });
  expect(ratesBetween(undefined, at(1000, 100))).toEqual(none);
  expect(ratesBetween(at(1000, 100), at(1000, 200))).toEqual(none);
  // Started again.
  expect(ratesBetween(at(1000, 100), at(2000, 10))).toEqual(none);
  expect(toStats({ read: '2026-01-02T03:04:05.678901234Z' }).readAt).toBe(Date.UTC(2026, 0, 2, 3, 4, 5, 678));
});
