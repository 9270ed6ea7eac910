import { describe, expect, it } from 'vitest';
import { applyChoice, tidy } from '../../../client/src/environments/environment.ts';
import { findEnvFiles, findEnvironments } from '../../../client/src/environments/find-environments.ts';

const lines = (names: readonly string[]) =>
  findEnvironments('/app', names).map(({ name, files, envFiles }) =>
    [name || '-', files.join(' '), envFiles.join(' ')].join(' | '),
  );

describe('environments by the names of files', () => {
  it('the standard one first, then each variant on top of the base', () => {
    expect(
      lines([
        'docker-compose.yml',
        'docker-compose.override.yml',
        'docker-compose.prod.yml',
        'docker-compose.dev.yml',
        'notes.yml',
      ]),
    ).toEqual([
      '- |  | ',
      'dev | /app/docker-compose.yml /app/docker-compose.dev.yml | ',
      'prod | /app/docker-compose.yml /app/docker-compose.prod.yml | ',
    ]);
  });

  it('with the variables that are called alike, over the common ones', () => {
    expect(
      lines([
        'compose.yaml',
        'compose.prod.yaml',
        'compose.test.yaml',
        '.env',
        '.env.production',
        'test.env',
      ]),
    ).toEqual([
      '- |  | ',
      'prod | /app/compose.yaml /app/compose.prod.yaml | /app/.env /app/.env.production',
      'test | /app/compose.yaml /app/compose.test.yaml | /app/.env /app/test.env',
    ]);
    expect(lines(['compose.yaml', 'compose.prod.yaml', '.env.prod'])[1]).toMatch(/\| \/app\/\.env\.prod$/);
  });

  it('the standard one reads its override', () => {
    const names = ['compose.yaml', 'compose.override.yml', 'compose.prod.yaml'];
    expect(findEnvironments('/app', names).map(({ reads }) => reads)).toEqual([
      ['/app/compose.yaml', '/app/compose.override.yml'],
      ['/app/compose.yaml', '/app/compose.prod.yaml'],
    ]);
  });

  it('none without a base file: each file is a project of its own', () => {
    expect(lines(['docker-compose.dev.yml', 'docker-compose.prod.yml'])).toEqual([]);
  });

  it('examples hold no variables', () => {
    expect(findEnvFiles(['.env.example', '.env', 'db.env', '.env.local', 'env.ts', '.env.sample'])).toEqual([
      '.env',
      '.env.local',
      'db.env',
    ]);
  });
});

describe('a choice', () => {
  const reference = { id: '/app', directory: '/app', files: [], mainFile: '/app/compose.yaml' };

  it('changes what a project is run with, not which project it is', () => {
    const files = ['/app/compose.yaml', '/app/compose.prod.yaml'];
    const chosen = applyChoice(reference, { name: 'prod', files, profiles: ['debug'] });
    expect(chosen).toEqual({ ...reference, files, profiles: ['debug'], environment: 'prod' });
    expect(applyChoice(reference, undefined)).toBe(reference);
  });

  it('is kept without what says nothing; no active profile says something', () => {
    expect(tidy({ name: 'prod', files: [], envFiles: [], projectName: '' })).toBeUndefined();
    expect(tidy({ profiles: [] })).toEqual({ profiles: [] });
  });
});
