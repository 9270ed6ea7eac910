import { describe, expect, test } from 'vitest';
import { parse } from '#compose/syntax/parse.ts';

/** Texts that Docker Compose's YAML reader takes. */
const ACCEPTED = [
  'a: "multi\nline"\nb: 1\n',
  "a:\n  b: 'x\n y'\n  c: 1\n",
  'a:\tb\n',
  'a: b\t# c\n',
  "a: 'x'#c\n",
  '{a:1}\n',
  '{"a":1}\n',
  'a:\n- b\n- c\n',
  'a: [\n]\n',
  '- a\n  b\n',
  'a: >\n\n  x\n',
  'a: |2\n    x\n',
  'a:\n  # c\n  b: 1\n # d\n  c: 2\n',
  'a: !!str 1\n',
  'a: &x\n  b: 1\n',
  'a: ! 1\n',
  '"a b": 1\n',
  'a: {b: [c, {d: e}], }\n',
  'a: b#c\n',
  'a: -1\n',
  'a: -b\n',
  'a: ?b\n',
  'a: [?b]\n',
  'a: :b\n',
  'a: x:y\n',
  'a: [x:y, 80:80]\n',
  'a: http://x\n',
  'a: {b: http://x}\n',
  '---\na: 1\n',
  '%YAML 1.2\n---\na: 1\n',
  'a:\n  - b: 1\n    c: 2\n  -\n    d: 3\n',
  'a: ""\n',
  'a: |\n  x\nb: 1\n',
  'a: |\n',
  'a: "\\x41\\u00e9\\n\\/"\n',
  "a: 'it''s'\n",
  'a: [a, b,\n  c]\n',
  'a:\n    - b\n    # x\n    - c\n',
  'key with spaces: 1\n',
  'a: 1\n',
  'a: "x\n  y"\n',
  'a: b\n  c\n',
];

/** Texts that it does not. */
const REFUSED = [
  'a:\n  - x\n - y\n',
  'a: [1]]\n',
  'a: %x\n',
  '-\tfoo\n',
  'a:\n\tb: 1\n',
  'a: b: c\n',
  'a: "x\n',
  'a: [1\n',
  'a: {b\n',
  'a: |x\n  y\n',
  'a: "x" y\n',
  'a: [a]b\n',
  'a\nb: 1\n',
  'a: 1\n b: 2\n',
  'a: &x &y 1\n',
  'a: *\n',
  'a: @x\n',
  'a: `x`\n',
  'a: "\\q"\n',
  'a: [,b]\n',
  'a: |\n x\n  y\nz\n',
  'a: 1\n\t\n',
  'a: - b\n',
  '- a\nb: 1\n',
  'a: 1\n- b\n',
  'a: ]\n',
  'a: }\n',
  'a: "b": c\n',
  "a: 'b\n",
  'a: 1\na: 2\n',
  '{a: 1, a: 2}\n',
  'a: !!int x\n',
  '? [a]\n: b\n',
  'a: \u0001\n',
];

describe('YAML is accepted and refused as Docker Compose does', () => {
  test.each(ACCEPTED.map((text) => [text]))('%j is read', (text) => {
    expect(parse('test:', text).problems).toEqual([]);
  });

  test.each(REFUSED.map((text) => [text]))('%j is not', (text) => {
    expect(parse('test:', text).problems).not.toEqual([]);
  });
});
