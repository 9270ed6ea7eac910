import type { Command } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { progressReport } from '../frame/progress-lines.ts';
import { listServiceContainers } from '../frame/service-names.ts';

export const wait: Command = {
  name: 'wait',
  usage: 'SERVICE [SERVICE...] [OPTIONS]',
  summary: 'Block until containers of all (or specified) services stop.',
  arguments: { least: 1, words: 'docker' },
  options: [
    { name: 'down-project', type: 'flag', description: 'Drops project when the first container stops' },
  ],

  async run(context) {
    const { options, output, signal } = context;
    const services = context.arguments;
    const target = await context.target({ allProfiles: true });
    const engine = await context.engine();
    const containers = await listServiceContainers(engine, target.name, services, {}, signal);
    if (containers.length === 0)
      throw new CommandError(`no containers for project ${JSON.stringify(target.name)}`);
    let status = 0;
    const waits = containers.map(async ({ id }) => {
      const { exitCode } = await engine.waitContainer(id, signal);
      output.write(`container ${JSON.stringify(id)} exited with status code ${exitCode}\n`);
      status = exitCode;
    });
    if (options.flag('down-project')) {
      await Promise.race(waits);
      const { down } = await import('#engine/operations/down.ts');
      const first = status;
      await Promise.all([
        down(engine, target, {}, progressReport(context), signal),
        Promise.allSettled(waits),
      ]);
      return first;
    }
    await Promise.all(waits);
    return status;
  },
};
