import { describe, expect, it } from 'vitest';
import { discover, referenceOf } from '../../../client/src/workspace/discover.ts';

const say = (paths: readonly string[]) =>
  discover(paths).map(({ mainFile, files }) =>
    files.length === 0 ? mainFile : `alone ${files.join(' + ')}`,
  );

describe('the projects of a workspace', () => {
  it.each([
    ['nothing', ['/w/readme.yml', '/w/my-compose.yml', '/w/compose.txt'], []],
    [
      'the first base name, in Docker Compose’s order',
      ['/w/docker-compose.yml', '/w/compose.yaml'],
      ['/w/compose.yaml'],
    ],
    [
      'overrides and variants belong to their base',
      ['/w/docker-compose.yml', '/w/docker-compose.override.yml', '/w/docker-compose.prod.yml'],
      ['/w/docker-compose.yml'],
    ],
    [
      'without a base each file is one',
      ['/w/docker-compose.dev.yml', '/w/compose-prod.yaml'],
      ['alone /w/compose-prod.yaml', 'alone /w/docker-compose.dev.yml'],
    ],
    [
      'one a directory, in the order of their files',
      ['/w/b/compose.yml', '/w/a/docker-compose.yaml', '/w/compose.yaml'],
      ['/w/a/docker-compose.yaml', '/w/b/compose.yml', '/w/compose.yaml'],
    ],
  ])('%s', (_, paths, projects) => {
    expect(say(paths)).toEqual(projects);
  });
});

describe('the project that running a file means', () => {
  const known = discover([
    '/w/compose.yaml',
    '/w/compose.prod.yaml',
    '/w/compose.override.yaml',
    '/v/compose.dev.yml',
  ]);
  it.each([
    ['/w/compose.yaml', []],
    ['/w/compose.override.yaml', []],
    ['/w/compose.prod.yaml', ['/w/compose.yaml', '/w/compose.prod.yaml']],
    ['/v/compose.dev.yml', ['/v/compose.dev.yml']],
    ['/elsewhere/stack.yml', ['/elsewhere/stack.yml']],
  ])('%s', (path, files) => {
    expect(referenceOf(path, known).files).toEqual(files);
  });
});
