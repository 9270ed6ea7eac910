import { expect, test } from 'vitest';
import { wrapLines } from '../../../client/src/shared/wrap-lines.ts';

test('sentences go on below their text, and lose no word', () => {
  const text = `short\n  - ${'word '.repeat(30)}end\n`;
  const lines = wrapLines(text).split('\n');
  expect(lines[0]).toBe('short');
  expect(lines[1]?.slice(0, 8)).toBe('  - word');
  expect(lines[2]?.slice(0, 8)).toBe('    word');
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
  expect(wrapLines(text).replaceAll(/\s+/g, ' ')).toBe(text.replaceAll(/\s+/g, ' '));
});

test('what is quoted stays as it was written, and a word that is too long stays whole', () => {
  const quoted = `  [log 2026-12-01T04:33:06.230Z] ${'x y '.repeat(40)}`;
  const long = 'a'.repeat(200);
  expect(wrapLines(`${quoted}\n${long}`)).toBe(`${quoted}\n${long}`);
});
