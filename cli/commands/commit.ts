import type { Command } from '../frame/command.ts';
import { findContainer } from '../frame/service-names.ts';

export const commit: Command = {
  name: 'commit',
  usage: '[OPTIONS] SERVICE [REPOSITORY[:TAG]]',
  summary: "Create a new image from a service container's changes",
  arguments: { least: 1, most: 2 },
  options: [
    {
      name: 'author',
      short: 'a',
      type: 'text',
      description: 'Author (e.g., "John Hannibal Smith <hannibal@a-team.com>")',
    },
    {
      name: 'change',
      short: 'c',
      type: 'list',
      value: 'list',
      description: 'Apply Dockerfile instruction to the created image',
    },
    {
      name: 'index',
      type: 'number',
      description: 'index of the container if service has multiple replicas.',
    },
    { name: 'message', short: 'm', type: 'text', description: 'Commit message' },
    {
      name: 'pause',
      short: 'p',
      type: 'flag',
      default: 'true',
      description: 'Pause container during commit',
    },
  ],

  async run(context) {
    const { options, errors, global, signal } = context;
    const [service = '', reference] = context.arguments;
    const target = await context.target({ allProfiles: true });
    const engine = await context.engine();
    const { id, name } = await findContainer(
      engine,
      target.name,
      service,
      { index: options.number('index') ?? 0 },
      signal,
    );
    const line = `${global.dryRun ? 'DRY-RUN MODE - ' : ''} ${name} Commit ${name}`;
    errors.write(`${line} Committing\n`);
    if (global.dryRun) {
      errors.write(`${line} Committed\n`);
      return 0;
    }
    const [author, message] = [options.text('author'), options.text('message')];
    const image = await engine.commitContainer(
      id,
      {
        ...(reference === undefined ? {} : { reference }),
        ...(author === undefined ? {} : { author }),
        ...(message === undefined ? {} : { message }),
        changes: options.list('change'),
        pause: options.flag('pause'),
      },
      signal,
    );
    errors.write(`${line} Committed as ${image}\n`);
    return 0;
  },
};
