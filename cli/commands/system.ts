import { findUnused, removeUnused, type Unused } from '#engine/operations/unused.ts';
import type { Command } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { progressReport } from '../frame/progress-lines.ts';
import { confirmOn } from '../frame/prompt.ts';

/** `docker system prune`, with a list of what goes, and without what Compose projects need to start again. */
export const system: Command = {
  name: 'system',
  usage: 'prune [OPTIONS]',
  summary: 'Remove what nothing uses: prune',
  arguments: { least: 1, most: 1 },
  options: [
    { name: 'all', short: 'a', type: 'flag', description: 'Remove all unused images, and the build cache' },
    { name: 'force', short: 'f', type: 'flag', description: 'Do not ask' },
    {
      name: 'projects',
      type: 'flag',
      description: 'Remove the stopped containers of Compose projects too, and what they use',
    },
    { name: 'volumes', type: 'flag', description: 'Remove anonymous volumes too' },
  ],
  async run(context) {
    const { options, output, global, signal } = context;
    const [what = ''] = context.arguments;
    if (what !== 'prune') throw new CommandError(`unknown command: "system ${what}": there is system prune`);
    const engine = await context.engine();
    const unused = await findUnused(
      engine,
      {
        all: options.flag('all'),
        volumes: options.flag('volumes'),
        projects: options.flag('projects'),
      },
      signal,
    );
    const list = describe(unused);
    if (list.length === 0) {
      output.write('Nothing to remove\n');
      return 0;
    }
    output.write(`This goes from ${engine.info.endpoint}:\n${list.map((line) => `  ${line}\n`).join('')}`);
    if (global.dryRun) return 0;
    if (!(await confirmOn(context, options.flag('force'))('Remove it?'))) {
      if (!options.flag('force')) output.write('Nothing was removed\n');
      return 1;
    }
    await removeUnused(engine, unused, progressReport(context), signal);
    return 0;
  },
};

function describe({ containers, networks, images, volumes, buildCache }: Unused): readonly string[] {
  return [
    ...containers.map(({ name, status }) => `container ${name} (${status})`),
    ...networks.map(({ name }) => `network ${name}`),
    ...images.map(({ id, tags }) => `image ${tags.length > 0 ? tags.join(', ') : id.slice(0, 19)}`),
    ...volumes.map(({ name }) => `volume ${name} (its data is destroyed)`),
    ...(buildCache ? ['the build cache'] : []),
  ];
}
