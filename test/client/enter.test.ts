import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

interface Rule {
  readonly beforeText: string;
  readonly action: { readonly indent: string; readonly appendText?: string };
}

const file = fileURLToPath(new URL('../../syntaxes/compose.language-configuration.json', import.meta.url));
const { onEnterRules } = JSON.parse(readFileSync(file, 'utf8')) as { onEnterRules: readonly Rule[] };

/** How many columns further right than the line itself the next one begins, with two spaces a level. */
function deeper(line: string): number {
  const rule = onEnterRules.find(({ beforeText }) => new RegExp(beforeText).test(line));
  if (rule === undefined) return 0;
  expect(rule.action.indent).toBe('indent');
  return 2 + (rule.action.appendText?.length ?? 0);
}

test.each([
  ['  worker:', 2],
  ['services:', 2],
  ['  worker: # why', 2],
  ['  "worker":', 2],
  ['x-base: &base', 2],
  ['    ports: !override', 2],
  ['    command: |', 2],
  ['    command: >-', 2],
  ['    environment:  ', 2],
  // The next key of an item stands below its first.
  ['      - type: bind', 2],
  ['      - path: ./a # c', 2],
  // And what is below a key of an item further right.
  ['      - bind:', 4],
  ['    image: nginx', 0],
  ['    image: nginx:', 0],
  ['      - "80:80"', 0],
  ['      - 80:80', 0],
  ['      - A=b', 0],
  ['      - ./a:/a', 0],
  ['    # note:', 0],
  ['    labels: {a: b}', 0],
  ['', 0],
])('Enter after %j', (line, columns) => {
  expect(deeper(line)).toBe(columns);
});
