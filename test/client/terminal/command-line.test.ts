import { describe, expect, it } from 'vitest';
import { CommandHistory, type Memory } from '../../../client/src/terminal/command-history.ts';
import { commandLineFor, describe as describeLine } from '../../../client/src/terminal/command-line.ts';
import type { ProjectReference } from '../../../client/src/workspace/discover.ts';
import type { Stack } from '../../../client/src/workspace/stacks.ts';
import { declared, joined, runtime } from '../containers.ts';

const reference: ProjectReference = {
  id: '/work/shop',
  directory: '/work/shop',
  files: [],
  mainFile: '/work/shop/compose.yaml',
};

function stack(change: Partial<ProjectReference> | undefined): Stack {
  const files =
    change === undefined ? [] : [declared('shop', [], { reference: { ...reference, ...change } })];
  const [shop] = joined(files, change === undefined ? [runtime('shop', {})] : []);
  if (shop === undefined) throw new Error('There is a stack.');
  return shop;
}

describe('the command line of a project', () => {
  it('is the bare command where Docker Compose would find the files', () => {
    expect(commandLineFor(stack({}), ['up', '-d'])).toEqual({ words: ['up', '-d'], cwd: '/work/shop' });
  });

  it('names files, env files, profiles and the project that were chosen', () => {
    const line = commandLineFor(
      stack({
        files: ['/work/shop/compose.yaml', '/work/shop/compose.prod.yaml'],
        envFiles: ['/work/shop/.env.prod'],
        profiles: ['debug'],
        projectName: 'other',
      }),
      ['ps'],
    );
    expect(describeLine(line)).toBe(
      'docker compose --project-directory /work/shop -f compose.yaml -f compose.prod.yaml --env-file .env.prod --profile debug -p other ps',
    );
  });

  it('is by name alone for what has no files here', () => {
    expect(commandLineFor(stack(undefined), ['ps']).words).toEqual(['-p', 'shop', 'ps']);
  });

  it('quotes what a shell would take apart', () => {
    expect(describeLine({ words: ['exec', 'web', 'sh', '-c', "echo it's $HOME"], cwd: '/' })).toBe(
      `docker compose exec web sh -c 'echo it'\\''s $HOME'`,
    );
  });
});

describe('commands that were run', () => {
  function memory(): Memory {
    const values = new Map<string, unknown>();
    return {
      get: <T>(key: string, fallback: T) => (values.has(key) ? (values.get(key) as T) : fallback),
      update: async (key, value) => {
        values.set(key, value);
      },
    };
  }

  it('come back for their own service, the last first, each once', async () => {
    const history = new CommandHistory(memory());
    for (const line of ['npm test', 'ls', 'npm test']) await history.add('shop', 'web', line);
    await history.add('shop', 'db', 'psql');
    expect(history.of('shop', 'web')).toEqual(['npm test', 'ls']);
    expect(history.of('other', 'web')).toEqual([]);
    await history.remove('shop', 'web', 'ls');
    expect(history.of('shop', 'web')).toEqual(['npm test']);
  });

  it('are forgotten when there are too many', async () => {
    const history = new CommandHistory(memory());
    for (let count = 0; count < 30; count++) await history.add('shop', 'web', `echo ${count}`);
    expect(history.of('shop', 'web')).toHaveLength(20);
    expect(history.of('shop', 'web')[0]).toBe('echo 29');
  });
});
