import { expect, test } from 'vitest';
import { suppressionsIn } from '#compose/check/suppression.ts';

/** Which of the lines have the code switched off. */
function linesOff(text: string, code: string): number[] {
  const suppressions = suppressionsIn(text);
  return text.split('\n').flatMap((_line, i) => (suppressions.isSuppressed(code, i) ? [i] : []));
}

test('a comment behind a value is about its line', () => {
  expect(linesOff('a: 1\nb: 2 # compose-ignore untagged-image\nc: 3', 'untagged-image')).toEqual([1]);
  expect(linesOff('b: 2 # compose-ignore untagged-image', 'no-user')).toEqual([]);
});

test('a comment of its own is about the next line', () => {
  expect(linesOff('# compose-ignore a-code, b-code\nb: 2\nc: 3', 'b-code')).toEqual([1]);
});

test('without codes everything is meant', () => {
  expect(linesOff('b: 2 # compose-ignore', 'whatever')).toEqual([0]);
});

test('a whole file', () => {
  expect(linesOff('# compose-ignore-file untagged-image\na: 1', 'untagged-image')).toEqual([0, 1]);
});

test('dclint’s comments are honoured for the rules that are ours too', () => {
  expect(linesOff('# dclint disable service-image-require-explicit-tag\na: 1', 'untagged-image')).toEqual([
    0, 1,
  ]);
  expect(linesOff('a: 1 # dclint disable-line', 'untagged-image')).toEqual([0]);
  expect(linesOff('# dclint disable services-alphabetical-order\na: 1', 'untagged-image')).toEqual([]);
});
