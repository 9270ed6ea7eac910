import { expect, test } from 'vitest';
import { newerTag } from '../../server/src/registry/newer-tag.ts';

const tags = [
  'latest',
  '17',
  '17.2',
  '16',
  '16.10',
  '16.9',
  '16.4-alpine',
  '16.4-alpine3.20',
  '16.10-bookworm',
  '16.1.3',
  'v2.11',
  'v2.9',
];

test.each<[string, string | undefined]>([
  ['16.1', '16.10'],
  ['16.9', '16.10'],
  ['16.10', undefined],
  ['16.11', undefined],
  ['16.1-alpine', '16.4-alpine'],
  ['16.1-slim', undefined],
  ['16.1.2', '16.1.3'],
  ['v2.1', 'v2.11'],
  ['2.1', undefined],
  ['16', undefined],
  ['latest', undefined],
  ['stable-1', undefined],
])('newer than %s: %s', (tag, newer) => {
  expect(newerTag(tags, tag)).toBe(newer);
});
