import { describe, expect, test } from 'vitest';
import { substitute } from '#compose/template/substitute.ts';

const variables: Readonly<Record<string, string>> = { SET: 'value', EMPTY: '', DOLLAR: '$SET' };

function run(template: string) {
  const asked: string[] = [];
  const result = substitute(template, (name) => {
    asked.push(name);
    return variables[name];
  });
  return { ...result, asked };
}

describe('values in place of variables', () => {
  test.each([
    ['$SET ${SET}', 'value value'],
    ['[${NONE}] [$EMPTY]', '[] []'],
    ['${SET:-x} ${EMPTY:-x} ${NONE:-x}', 'value x x'],
    ['${SET-x} ${EMPTY-x} ${NONE-x}', 'value  x'],
    ['${SET:+x} ${EMPTY:+x} ${NONE:+x}', 'x  '],
    ['${SET+x} ${EMPTY+x} ${NONE+x}', 'x x '],
    ['${SET:?x} ${EMPTY?x}', 'value '],
    ['${NONE:-${NONE:-$SET}}', 'value'],
    ['$$SET', '$SET'],
    // A value is not looked at again.
    ['$DOLLAR', '$SET'],
  ])('%j is %j', (template, expected) => {
    expect(run(template)).toMatchObject({ value: expected, problems: [] });
  });

  test('a branch that is not taken is not looked at', () => {
    const { asked, problems, unset } = run('${SET:-${NONE:?never}} ${NONE:+$OTHER}');
    expect(asked).toEqual(['SET', 'NONE']);
    expect(problems).toEqual([]);
    expect(unset).toEqual([]);
  });

  test('unset variables are told with their places, unless something stands for them', () => {
    const { unset } = run('$NONE ${NONE} ${NONE:-} ${NONE+x}');
    expect(unset.map(({ name, start, end }) => [name, start, end])).toEqual([
      ['NONE', 0, 5],
      ['NONE', 6, 13],
    ]);
  });

  test('every mistake is told with its place', () => {
    expect(run('a ${NONE:?use $SET} ${1} ${EMPTY:?}').problems).toEqual([
      { kind: 'required', start: 2, end: 19, name: 'NONE', message: 'use value' },
      { kind: 'invalid', start: 20, end: 22, reason: 'not-a-name' },
      { kind: 'required', start: 25, end: 35, name: 'EMPTY', message: '' },
    ]);
  });
});
