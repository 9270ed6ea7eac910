import { describe, expect, test } from 'vitest';
import { load } from '#compose/load/load.ts';
import type { LoadRequest } from '#compose/load/request.ts';
import { memoryHost } from './memory-host.ts';

const service = (name: string) => `services: {${name}: {image: "x:\${V:-none}", build: .}}\n`;

async function found(
  disk: Readonly<Record<string, string>>,
  request: LoadRequest,
  environment: Readonly<Record<string, string>> = {},
) {
  const { loaded, problems } = await load(memoryHost(disk, environment), request);
  const [name, one] = Object.entries(loaded?.project.services ?? {})[0] ?? [];
  return {
    files: loaded?.files,
    project: loaded?.project.name,
    service: name,
    image: one?.image,
    context: one?.build?.context,
    problems: problems.map(({ code }) => code),
  };
}

describe('which files a project is made of', () => {
  test('the nearest default name upwards, with its override', async () => {
    const disk = {
      '/top/app/docker-compose.yml': service('old'),
      '/top/app/compose.yaml': service('new'),
      '/top/app/docker-compose.override.yml': 'services: {new: {hostname: h}}\n',
      '/top/app/src/main.c': '',
      '/top/compose.yaml': service('far'),
    };
    expect(await found(disk, { cwd: '/top/app/src' })).toMatchObject({
      files: ['/top/app/compose.yaml', '/top/app/docker-compose.override.yml'],
      project: 'app',
      service: 'new',
      context: '/top/app',
      problems: ['several-compose-files'],
    });
  });

  test('files asked for are relative to where one stands, paths in them to the first one', async () => {
    const disk = { '/top/a/one.yaml': service('s'), '/top/b/two.yaml': service('s') };
    expect(await found(disk, { cwd: '/top/b', files: ['../a/one.yaml', 'two.yaml'] })).toMatchObject({
      files: ['/top/a/one.yaml', '/top/b/two.yaml'],
      project: 'a',
      context: '/top/a',
    });
  });

  test('COMPOSE_FILE and its separator, also from .env', async () => {
    const disk = {
      '/p/one.yaml': service('s'),
      '/p/two.yaml': service('s'),
      '/p/.env': 'COMPOSE_FILE=one.yaml;two.yaml\nCOMPOSE_PATH_SEPARATOR=;\n',
    };
    expect((await found(disk, { cwd: '/p' })).files).toEqual(['/p/one.yaml', '/p/two.yaml']);
    const environment = { COMPOSE_FILE: 'two.yaml', COMPOSE_PATH_SEPARATOR: ':' };
    expect((await found(disk, { cwd: '/p' }, environment)).files).toEqual(['/p/two.yaml']);
  });

  test('a project directory of its own', async () => {
    const disk = { '/p/compose.yaml': service('s'), '/q/.env': 'V=q\n', '/p/.env': 'V=p\n' };
    expect(await found(disk, { cwd: '/p', files: ['compose.yaml'], projectDirectory: '/q' })).toMatchObject({
      project: 'q',
      context: '/q',
      image: 'x:q',
    });
  });
});

describe('variables', () => {
  const disk = {
    '/p/compose.yaml': service('s'),
    '/p/.env': 'V=dotenv\n',
    '/p/a.env': 'V=a\n',
    '/p/b.env': 'V=b\n',
  };

  test.each([
    ['.env', {}, {}, 'x:dotenv'],
    ['the environment before .env', {}, { V: 'shell' }, 'x:shell'],
    ['env files instead of .env, the last one first', { envFiles: ['a.env', 'b.env'] }, {}, 'x:b'],
    ['COMPOSE_ENV_FILES', {}, { COMPOSE_ENV_FILES: 'b.env,a.env' }, 'x:a'],
    ['COMPOSE_DISABLE_ENV_FILE', {}, { COMPOSE_DISABLE_ENV_FILE: 'true' }, 'x:none'],
  ])('%s', async (_, request, environment, image) => {
    expect((await found(disk, { cwd: '/p', ...request }, environment)).image).toBe(image);
  });
});

describe("the project's name", () => {
  const disk = {
    '/My App/compose.yaml': service('s'),
    '/named/compose.yaml': `name: "Fancy \${V:-Name}"\n${service('s')}`,
  };

  test.each([
    ['the directory', '/My App', {}, {}, 'myapp'],
    ['the file', '/named', {}, {}, 'fancyname'],
    ['a variable', '/named', {}, { COMPOSE_PROJECT_NAME: 'var' }, 'var'],
    ['the option', '/named', { projectName: 'opt' }, { COMPOSE_PROJECT_NAME: 'var' }, 'opt'],
  ])('from %s', async (_, cwd, request, environment, name) => {
    expect((await found(disk, { cwd, ...request }, environment)).project).toBe(name);
  });

  test('a given name must be valid as it is', async () => {
    expect((await found(disk, { cwd: '/named', projectName: 'Not Valid' })).problems).toEqual([
      'project-name',
    ]);
  });
});

describe('services and profiles', () => {
  const disk = {
    '/p/compose.yaml': `
services:
  web: {image: x, depends_on: [db], networks: [front]}
  db: {image: x, volumes: ["data:/d"]}
  job: {image: x, profiles: [jobs], networks: [back]}
networks: {front: , back: }
volumes: {data: , spare: }
`,
  };

  async function selected(request: Partial<LoadRequest>, environment = {}) {
    const { loaded } = await load(memoryHost(disk, environment), { cwd: '/p', ...request });
    return [
      Object.keys(loaded?.project.services ?? {}).join(' '),
      Object.keys(loaded?.disabled ?? {})
        .sort()
        .join(' '),
      [...Object.keys(loaded?.project.networks ?? {}), ...Object.keys(loaded?.project.volumes ?? {})].join(
        ' ',
      ),
    ];
  }

  test.each([
    ['all that no profile guards', {}, {}, ['web db', 'job', 'front default data']],
    ['an active profile', { profiles: ['jobs'] }, {}, ['web db job', '', 'front back default data']],
    ['every profile', { profiles: ['*'] }, {}, ['web db job', '', 'front back default data']],
    ['COMPOSE_PROFILES', {}, { COMPOSE_PROFILES: 'a, jobs' }, ['web db job', '', 'front back default data']],
    ['one service and what it needs', { services: ['web'] }, {}, ['web db', 'job', 'front default data']],
    ['one that needs nothing', { services: ['db'] }, {}, ['db', 'job web', 'default data']],
    ['one that a profile guards', { services: ['job'] }, {}, ['job', 'db web', 'back']],
    ['wildcards', { services: ['d*'] }, {}, ['db', 'job web', 'default data']],
    ['unused resources too', { allResources: true }, {}, ['web db', 'job', 'front back default data spare']],
  ])('%s', async (_, request, environment, expected) => {
    const sorted = (text: string | undefined) => text?.split(' ').sort();
    const actual = await selected(request, environment);
    expect(actual.map(sorted)).toEqual(expected.map(sorted));
  });
});
