import { expect, test } from 'vitest';
import { attributes, isBefore, sinceOf } from '#compose/check/version/since.ts';
import { versionProblems } from '#compose/check/version/rules.ts';
import { schemaAt } from '#compose/schema/walk.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { formatPath } from '#compose/values/path.ts';
import { parse } from '#compose/syntax/parse.ts';

const text = `include: [other.yaml]
services:
  web:
    image: x
    label_file: labels
    develop:
      watch:
        - path: .
          action: sync+exec
          target: /app
          exec:
            command: make
    healthcheck:
      test: "true"
      start_interval: 1s
`;

function refused(target: string): string[] {
  const root = parse('file:///compose.yaml', text).documents[0]?.root;
  if (root === undefined) throw new Error('The text has no document.');
  return versionProblems(root, target).map(({ message, span }) => {
    expect(text.slice(span.start, span.end)).toMatch(/^[\w+]+$/);
    return formatPhrase(message);
  });
}

test.each<[string, string[]]>([
  ['', []],
  ['swarm', []],
  ['newest', []],
  ['5', []],
  ['2.40', []],
  [
    '2.31',
    [
      'Docker Compose 2.31 rejects "label_file", which is new in 2.32.0.',
      'Docker Compose 2.31 rejects "action: sync+exec", which is new in 2.32.0.',
      'Docker Compose 2.31 rejects "exec", which is new in 2.32.0.',
    ],
  ],
])('a file for Docker Compose %j', (target, messages) => {
  expect(refused(target)).toEqual(messages);
});

test('a release before all of it', () => {
  expect(refused('v2.3.1')).toHaveLength(6);
});

test.each([
  ['2.20', '2.20.2', false],
  ['2.20.1', '2.20.2', true],
  ['2.9', '2.10.0', true],
  ['2', '2.40.0', false],
  ['v2.24.0', '2.24.0', false],
  ['2.40', '5.0.0', true],
])('%s is before %s: %s', (target, since, before) => {
  expect(isBefore(target, since)).toBe(before);
});

test('the table names attributes of the schema only', () => {
  const seen = new Set<string>();
  const look = (path: readonly (string | number)[], depth: number): void => {
    const point = schemaAt(path);
    if (depth > 7 || point === undefined) return;
    for (const [key] of point.properties) {
      if (sinceOf([...path, key]) !== undefined) seen.add(formatPath([...path, key]));
      look([...path, key], depth + 1);
    }
    if (point.items !== undefined) look([...path, 0], depth + 1);
    if (point.anyKey) look([...path, 'a'], depth + 1);
  };
  look([], 0);
  const patterns = [...seen].map((path) =>
    path
      .replace(/\.a(?=\.|$)/g, '.*')
      .replaceAll('[0]', '[]')
      .replace(/(?<=pre_start\[\]\.).*/, '*'),
  );
  const listed = Object.values(attributes).flatMap((patterns) => patterns.split(', '));
  expect([...new Set(patterns)].sort()).toEqual(listed.toSorted());
});

test('a step before a service starts takes what a container takes as of 5.6', () => {
  const step = ['services', 'web', 'pre_start', 0];
  expect(sinceOf([...step, 'command'])).toBeUndefined();
  expect(sinceOf([...step, 'extra_hosts'])).toBe('5.6.0');
});
