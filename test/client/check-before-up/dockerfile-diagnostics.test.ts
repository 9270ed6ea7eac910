import { expect, test } from 'vitest';
import { readCheck } from '#engine/image-build/dockerfile-check.ts';
import { remarksOf } from '../../../client/src/check-before-up/dockerfile-diagnostics.ts';

function check(result: object) {
  const found = readCheck({ 'result.json': JSON.stringify(result) });
  if (found === undefined) throw new Error('no answer');
  return found;
}

const sources = [{ filename: 'Dockerfile', data: Buffer.from('FROM a AS B\nRUN x\n').toString('base64') }];
const casing = {
  ruleName: 'StageNameCasing',
  url: 'https://docs.docker.com/go/dockerfile/rule/stage-name-casing/',
  detail: "Stage name 'B' should be lowercase",
  location: { sourceIndex: 0, ranges: [{ start: { line: 1 }, end: { line: 1 } }] },
};
const long = {
  ruleName: 'JSONArgsRecommended',
  detail: 'JSON arguments',
  location: {
    sourceIndex: 0,
    ranges: [
      { start: { line: 3 }, end: { line: 4 } },
      { start: { line: 2 }, end: { line: 2 } },
    ],
  },
};

test('what two services find alike is said once, in the order of lines', () => {
  const remarks = remarksOf([
    check({ warnings: [long, casing], sources }),
    check({ warnings: [casing], sources }),
  ]);
  expect(remarks).toEqual([
    {
      severity: 'warning',
      rule: 'StageNameCasing',
      url: casing.url,
      message: casing.detail,
      start: 0,
      end: 0,
    },
    {
      severity: 'warning',
      rule: 'JSONArgsRecommended',
      url: '',
      message: 'JSON arguments',
      start: 1,
      end: 3,
    },
  ]);
});

test('what is no Dockerfile is an error where it cannot be read; without a place at the beginning', () => {
  const location = { sourceIndex: 0, ranges: [{ start: { line: 2 } }] };
  const [error] = remarksOf([check({ buildError: { message: 'unknown instruction', location }, sources })]);
  expect(error).toMatchObject({ severity: 'error', rule: '', start: 1, end: 1 });
  expect(remarksOf([check({ buildError: { message: 'no' } })])).toMatchObject([{ start: 0, end: 0 }]);
});
