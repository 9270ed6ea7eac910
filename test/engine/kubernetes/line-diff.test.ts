import { expect, it } from 'vitest';
import { unifiedDiff } from '#engine/kubernetes/line-diff.ts';
import { fc } from '../../property.ts';

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 })
  .map((lines) => lines.map((line) => `${line}\n`).join(''));

it('is a patch that makes one text of the other', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(patched(before, unifiedDiff('f', before, after))).toBe(after);
    }),
  );
});

it('shows three lines around a change', () => {
  const lines = Array.from({ length: 20 }, (_, at) => `${at + 1}\n`);
  const before = lines.join('');
  expect(unifiedDiff('f.yaml', before, before)).toBe('');
  expect(unifiedDiff('f.yaml', before, before.replace('10\n', 'ten\n'))).toBe(
    '--- a/f.yaml\n+++ b/f.yaml\n@@ -7,7 +7,7 @@\n 7\n 8\n 9\n-10\n+ten\n 11\n 12\n 13\n',
  );
  expect(unifiedDiff('f.yaml', undefined, 'a\n')).toBe('--- /dev/null\n+++ b/f.yaml\n@@ -0,0 +1 @@\n+a\n');
});

/** As `patch` does it, by the numbers in the heads of the hunks. */
function patched(before: string, patch: string): string {
  const old = before.split('\n').slice(0, -1);
  const result: string[] = [];
  let at = 0;
  for (const line of patch.split('\n').slice(2)) {
    const [, first, length = '1'] = /^@@ -(\d+)(?:,(\d+))? /.exec(line) ?? [];
    if (first !== undefined) {
      const start = Number(first) - (length === '0' ? 0 : 1);
      result.push(...old.slice(at, start));
      at = start;
    } else if (line.startsWith('+')) result.push(line.slice(1));
    else if (line !== '') {
      expect(old[at]).toBe(line.slice(1));
      if (line.startsWith(' ')) result.push(line.slice(1));
      at++;
    }
  }
  return [...result, ...old.slice(at)].map((line) => `${line}\n`).join('');
}
