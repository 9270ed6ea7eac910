import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { load } from '#compose/load/load.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import { describe as describeLine } from '../../../client/src/terminal/command-line.ts';
import { outcomeOf } from '../../../client/src/testing/test-outcome.ts';
import {
  candidates,
  downLine,
  isComplete,
  isTestFile,
  runLine,
  toTestSet,
} from '../../../client/src/testing/test-set.ts';

describe('which files are tests', () => {
  it.each([
    ['docker-compose.test.yml', '', true],
    ['compose.e2e.test.yaml', '', true],
    ['api.test.yml', 'services:\n  web: {}\n', true],
    ['api.test.yml', 'jobs:\n  a: {}\n', false],
    ['compose.yaml', 'services: {}', false],
  ])('%s with %j: %s', (name, text, expected) => {
    expect(isTestFile(`/work/${name}`, text)).toBe(expected);
  });

  it('are read alone, else on top of the base beside them', () => {
    expect(candidates('/work/compose.test.yaml', ['compose.yaml', 'compose.test.yaml'])).toEqual([
      ['/work/compose.test.yaml'],
      ['/work/compose.yaml', '/work/compose.test.yaml'],
    ]);
    expect(candidates('/work/compose.test.yaml', ['compose.test.yaml'])).toHaveLength(1);
  });
});

describe('the tests of a file', () => {
  async function loaded(text: string) {
    const folder = await mkdtemp(join(tmpdir(), 'composure-test-set-'));
    try {
      const file = join(folder, 'docker-compose.test.yml');
      await writeFile(file, text);
      const result = await load(nodeHost({}), { cwd: folder, files: [file], projectName: 'shop' });
      if (result.loaded === undefined)
        throw new Error(result.problems.map(({ message }) => formatPhrase(message)).join());
      return result.loaded;
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  it('are the services that nothing depends on, in a project of their own', async () => {
    const project = await loaded(
      'services:\n  db: {image: postgres}\n  unit: {image: app, depends_on: [db]}\n  e2e: {image: app, depends_on: [db]}\n',
    );
    expect(isComplete(project)).toBe(true);
    const set = toTestSet('/work/docker-compose.test.yml', ['/work/docker-compose.test.yml'], project);
    expect(set).toMatchObject({ project: 'shop-test', tests: ['e2e', 'unit'] });
    expect(describeLine(runLine(set, 'unit'))).toBe(
      'docker compose --project-directory /work --project-name shop-test -f docker-compose.test.yml up --build --abort-on-container-exit --exit-code-from unit unit',
    );
    expect(describeLine(downLine(set))).toContain('down --volumes');
  });
});

describe('what a test came to', () => {
  const output = [
    'Attaching to db-1, unit-1',
    '\x1b[36mdb-1    | \x1b[0mready',
    '\x1b[33munit-1  | \x1b[0m1 passed',
    '\x1b[33munit-1  | \x1b[0m1 failed',
    'unit-1 exited with code 2',
    'Aborting on container exit...',
  ].join('\r\n');

  it('is its own exit code, with its own last words', () => {
    expect(outcomeOf('unit', 0, output, true)).toEqual({ kind: 'passed' });
    expect(outcomeOf('unit', 2, output, true)).toEqual({
      kind: 'failed',
      exitCode: 2,
      said: '1 passed\n1 failed',
    });
  });

  it('is no answer when it never ran', () => {
    expect(outcomeOf('unit', 1, 'pull access denied for app\r\n', false)).toEqual({
      kind: 'errored',
      said: 'pull access denied for app',
    });
  });
});
