import { describe, expect, test } from 'vitest';
import type { ScalarNode } from '#compose/syntax/node.ts';
import { parse } from '#compose/syntax/parse.ts';
import { offsetInSource, scalarOffsets, spanInScalar } from '#compose/syntax/scalar-map.ts';

function scalarOf(text: string): ScalarNode {
  const root = parse('test:', text).documents[0]?.root;
  const value = root?.kind === 'map' ? root.entries[0]?.value : undefined;
  if (value?.kind !== 'scalar') throw new Error('no scalar');
  return value;
}

describe('where characters of a scalar are written', () => {
  test.each([
    ['plain', 'k: one X two'],
    ['plain over lines', 'k: one\n  two\n\n  X three'],
    ['single', "k: 'it''s X ''y'''"],
    ['single over lines', "k: 'a\n  \n  X'"],
    ['double', 'k: "a\\tb\\u00e9\\x41\\U0001F600 X\\n"'],
    ['double over lines', 'k: "a\\\n  b\n  X"'],
    ['literal', 'k: |\n  one\n    two\n\n  X three\n'],
    ['literal with a hint', 'k: |2-\n    one\n  X\n'],
    ['folded', 'k: >\n  one\n  two\n\n    more\n  X\n'],
    ['carriage returns', 'k: |\r\n  one\r\n  X\r\n'],
  ])('%s', (_, text) => {
    const scalar = scalarOf(text);
    const at = scalar.source.indexOf('X');
    const span = spanInScalar(scalar, at, at + 1, text);
    expect(text.slice(span.start, span.end)).toMatch(/^X/);
    expect(span.start).toBe(text.indexOf('X'));
    expect(offsetInSource(scalar, text, span.start)).toBe(at);
  });

  test('offsets never go back and stay inside', () => {
    const text = 'k: "a\\\n  b \\u0041\n\n  c"';
    const scalar = scalarOf(text);
    const offsets = scalarOffsets(scalar, text);
    expect(offsets).toHaveLength(scalar.source.length + 1);
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
    expect(offsets.at(-1)).toBeLessThanOrEqual(scalar.span.end);
  });

  test('without the text, the whole scalar where it is written otherwise', () => {
    const scalar = scalarOf("k: 'it''s'");
    expect(spanInScalar(scalar, 0, 2)).toEqual(scalar.span);
    expect(spanInScalar(scalarOf("k: 'its'"), 0, 2)).toMatchObject({ start: 4, end: 6 });
  });

  test('a place outside has no offset', () => {
    expect(offsetInSource(scalarOf('k: v'), 'k: v', 1)).toBeUndefined();
  });
});
