import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { printYaml, type YamlValue } from '#compose/model/print-yaml.ts';
import { fc } from '../../property.ts';

describe('YAML as Docker Compose writes it', () => {
  test('mappings, lists and what is empty', () => {
    const value = new Map<string, YamlValue>([
      ['name', 'x'],
      ['none', null],
      ['empty', new Map()],
      ['list', ['a', new Map([['k', 1]]), ['nested'], []]],
      ['map', new Map<string, YamlValue>([['deep', new Map([['er', true]])]])],
    ]);
    expect(printYaml(value)).toBe(`name: x
none: null
empty: {}
list:
  - a
  - k: 1
  - - nested
  - []
map:
  deep:
    er: true
`);
  });

  test.each([
    ['plain text', 'plain text'],
    ["it's", "it's"],
    ['', '""'],
    ['yes', '"yes"'],
    ['1e3', '"1e3"'],
    ['22:30', '"22:30"'],
    ['2001-01-01', '"2001-01-01"'],
    ['a: b', "'a: b'"],
    ['a:b', 'a:b'],
    ['- x', "'- x'"],
    ['-x', '-x'],
    ['#c', "'#c'"],
    [' x', "' x'"],
    ["#it's", "'#it''s'"],
    ['\tx', '"\\tx"'],
    ['😀', '"\\U0001F600"'],
    ['a\nb', '|-\n  a\n  b'],
    ['a\nb\n', '|\n  a\n  b'],
    ['a\n\n', '|+\n  a\n'],
    [' a\nb', '|2-\n   a\n  b'],
    ['a \nb', '"a \\nb"'],
  ])('%j is written as %s', (text, expected) => {
    expect(printYaml(new Map([['k', text]]))).toBe(`k: ${expected}\n`);
  });

  test('any text is read back as the same', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(' ', '\n', '\t', 'a', ':', '#', '-', "'", '"', '{', '0', '~') }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme-ascii', minLength: 1 }), texts), (object) => {
        const text = printYaml(new Map(Object.entries(object)));
        expect(parseYaml(text, { schema: 'core' })).toEqual(object);
      }),
    );
  });
});
