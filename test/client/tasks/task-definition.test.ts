import { describe, expect, it } from 'vitest';
import { taskCommandLine } from '../../../client/src/tasks/task-definition.ts';

const line = (definition: object) => taskCommandLine({ type: 'composure', ...definition }, '/work');

describe('a task of tasks.json', () => {
  it('is its command in the workspace folder', () => {
    expect(line({ command: 'up' })).toEqual({ words: ['up'], cwd: '/work' });
  });

  it('has everything where Docker Compose wants it', () => {
    expect(
      line({
        command: 'run',
        options: ['--rm'],
        services: ['web'],
        run: ['npm', 'test'],
        folder: 'shop',
        files: ['a.yaml', 'b.yaml'],
        envFiles: ['.env.prod'],
        profiles: ['debug'],
        projectName: 'other',
      }),
    ).toEqual({
      words: [
        ...['-f', 'a.yaml', '-f', 'b.yaml', '--env-file', '.env.prod', '--profile', 'debug', '-p', 'other'],
        ...['run', '--rm', 'web', 'npm', 'test'],
      ],
      cwd: '/work/shop',
    });
  });

  it.each([
    ['another type', { type: 'shell', command: 'up' }],
    ['no command', {}],
    ['services that are no list', { command: 'up', services: 'web' }],
    ['options that are no texts', { command: 'up', options: [1] }],
  ])('%s makes it none', (_, definition) => {
    expect(line(definition)).toBeUndefined();
  });
});
