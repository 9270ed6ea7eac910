import { describe, expect, test } from 'vitest';
import { nodeAtPath } from '#compose/syntax/at.ts';
import { DEFAULT_LIMITS } from '#compose/syntax/nesting-limits.ts';
import type { Node } from '#compose/syntax/node.ts';
import { parse } from '#compose/syntax/parse.ts';
import { resolveDocument } from '#compose/syntax/resolve.ts';
import { toPlain } from '#compose/syntax/to-plain.ts';
import { showProblems } from '../annotated.ts';

interface Result {
  readonly root: Node | undefined;
  readonly value: unknown;
  readonly problems: readonly string[];
}

function resolved(text: string, limits = DEFAULT_LIMITS): Result {
  const [document] = parse('test:', text).documents;
  if (document === undefined) throw new Error('no document');
  const { root, problems } = resolveDocument(document, limits);
  return {
    root,
    value: root === undefined ? undefined : toPlain(root),
    problems: showProblems(text, problems),
  };
}

function originsAt(text: string, path: readonly (string | number)[]): readonly string[] {
  const { root } = resolved(text);
  const node = root === undefined ? undefined : nodeAtPath(root, path);
  return (node?.origins ?? []).map(({ start, end }) => text.slice(start, end));
}

describe('merge keys', () => {
  test.each([
    ['a mapping', 'a: &a {x: 1}\nb: {<<: *a, y: 2}\n', { x: 1, y: 2 }],
    ['own keys win', 'a: &a {x: 1, y: 1}\nb: {y: 2, <<: *a}\n', { y: 2, x: 1 }],
    ['the first of a list wins', 'a: &a {x: 1}\nc: &c {x: 2, y: 2}\nb: {<<: [*a, *c]}\n', { x: 1, y: 2 }],
    ['an alias of a list', 'a: &a [{x: 1}, {x: 2, y: 2}]\nb: {<<: *a}\n', { x: 1, y: 2 }],
    ['a mapping in place', 'a: 1\nb: {<<: {x: 1}, y: 2}\n', { x: 1, y: 2 }],
    ['merges of merges', 'a: &a {x: 1}\nc: &c {<<: *a, y: 2}\nb: {<<: *c}\n', { x: 1, y: 2 }],
    ['quoted, it is a key like any other', 'a: &a {x: 1}\nb: {"<<": *a}\n', { '<<': { x: 1 } }],
  ])('%s', (_name, text, value) => {
    const result = resolved(text);
    expect(result.problems).toEqual([]);
    expect((result.value as { b: unknown }).b).toEqual(value);
  });

  test.each([
    ['a: &a text\nb:\n  <<: *a\n', '3:7 yaml-merge-value: *a'],
    ['b:\n  <<: [1]\n', '2:7 yaml-merge-value: [1]'],
    ['b:\n  <<:\n', '2:6 yaml-merge-value: '],
  ])('%j is refused', (text, problem) => {
    expect(resolved(text).problems).toEqual([problem]);
  });

  test('an alias within its own anchor is reported once, by the parser', () => {
    expect(resolved('x: &x\n  a:\n    <<: *x\n').problems).toEqual([]);
  });
});

describe('origins', () => {
  const text = 'a: &a {x: one, y: two}\nb: *a\nc: {<<: *a, y: three}\n';

  test('of an alias: what it copies, and itself', () => {
    expect(originsAt(text, ['b'])).toEqual(['{x: one, y: two}', '*a']);
  });

  test('of a merged value', () => {
    expect(originsAt(text, ['c', 'x'])).toEqual(['one', '*a']);
  });

  test('of a value that wins over a merged one', () => {
    expect(originsAt(text, ['c', 'y'])).toEqual(['two', 'three']);
  });

  test('of a value that is written where it stands', () => {
    expect(originsAt(text, ['a', 'x'])).toEqual([]);
  });
});

test('an alias means the last definition before it', () => {
  expect(resolved('a: &a 1\nb: *a\nc: &a 2\nd: *a\n').value).toEqual({ a: 1, b: 1, c: 2, d: 2 });
});

test('an alias as a key, and of a key', () => {
  expect(resolved('a: &a name\n*a : 1\n&k key: *k\n').value).toEqual({ a: 'name', name: 1, key: 'key' });
});

test('of a key given twice the last value counts', () => {
  expect(resolved('a: 1\nb: 2\na: 3\n').value).toEqual({ a: 3, b: 2 });
});

test('what has no aliases stays the object it was', () => {
  const [document] = parse('test:', 'a: &a {x: 1}\nb: [1, 2]\n').documents;
  expect(document === undefined ? undefined : resolveDocument(document).root).toBe(document?.root);
});

describe('growth', () => {
  /** Each level lists the one before it `width` times. */
  function bomb(levels: number, width: number): string {
    const lines = ['a0: &a0 {k: v}'];
    for (let level = 1; level <= levels; level += 1) {
      lines.push(
        `a${level}: &a${level} [${Array.from({ length: width }, () => `*a${level - 1}`).join(', ')}]`,
      );
    }
    return `${lines.join('\n')}\n`;
  }

  test.each([
    [10, 3],
    [9, 9],
    [100, 100],
  ])('%d levels of %d aliases are refused, once', (levels, width) => {
    const { problems } = resolved(bomb(levels, width));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('yaml-excessive-aliasing');
  });

  test('many uses of one anchor are fine', () => {
    const uses = Array.from({ length: 750 }, (_, index) => `  s${index}: {<<: *a, image: x}`);
    const text = `x: &a {restart: always, logging: {driver: none}}\nservices:\n${uses.join('\n')}\n`;
    expect(resolved(text).problems).toEqual([]);
  });

  test('nesting by aliases has its limit too', () => {
    const lines = Array.from({ length: 60 }, (_, level) =>
      level === 0 ? 'a0: &a0 [x]' : `a${level}: &a${level} [*a${level - 1}]`,
    );
    expect(resolved(lines.join('\n'), { ...DEFAULT_LIMITS, maxDepth: 50 }).problems[0]).toContain(
      'yaml-too-deep',
    );
  });
});
