import { expect, it } from 'vitest';
import { usageText } from '../../../client/src/views/usage.ts';
import { english } from '../translate.ts';

const usage = (memory: number, ...cpu: readonly number[]) => ({
  now: { memory, cpuPercent: cpu.at(-1) ?? 0 },
  cpu,
});

it('what containers use, together, with the curve of their processor time', () => {
  expect(usageText([], english)).toBe('');
  expect(usageText([usage(1_200_000, 0.3)], english)).toBe('1.2 MB · 0.3 % ▁');
  expect(usageText([usage(30_000_000, 0, 50, 100), usage(70_400_000, 100)], english)).toBe(
    '100 MB · 200.0 % ▁▃█',
  );
});
