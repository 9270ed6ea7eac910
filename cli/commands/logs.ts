import { type LogSelection, listSources } from '#engine/logs/log-source.ts';
import { logBatches } from '#engine/logs/read-logs.ts';
import type { ProjectTarget } from '#engine/project/project-target.ts';
import type { Command, CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { engineTime } from '../frame/engine-time.ts';
import { LogPrinter, wantsColours } from '../frame/log-printer.ts';
import { requireServices } from '../frame/service-names.ts';

export const logs: Command = {
  name: 'logs',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'View output from containers',
  options: [
    { name: 'follow', short: 'f', type: 'flag', description: 'Follow log output' },
    {
      name: 'index',
      type: 'number',
      description: 'index of the container if service has multiple replicas',
    },
    { name: 'no-color', type: 'flag', description: 'Produce monochrome output' },
    { name: 'no-log-prefix', type: 'flag', description: "Don't print prefix in logs" },
    {
      name: 'since',
      type: 'text',
      description:
        'Show logs since timestamp (e.g. 2013-01-02T13:23:37Z) or relative (e.g. 42m for 42 minutes)',
    },
    {
      name: 'tail',
      short: 'n',
      type: 'text',
      default: 'all',
      description: 'Number of lines to show from the end of the logs for each container',
    },
    { name: 'timestamps', short: 't', type: 'flag', description: 'Show timestamps' },
    {
      name: 'until',
      type: 'text',
      description:
        'Show logs before a timestamp (e.g. 2013-01-02T13:23:37Z) or relative (e.g. 42m for 42 minutes)',
    },
  ],

  async run(context) {
    const { options, global, output, errors, environment, signal } = context;
    const services = context.arguments;
    const target = await context.target();
    requireServices(target, services);
    const engine = await context.engine();
    const selection = await select(context, target, services);
    const printer = new LogPrinter(output, {
      project: target.name,
      colours: !options.flag('no-color') && wantsColours(output, global.ansi, environment),
      prefix: !options.flag('no-log-prefix'),
      timestamps: options.flag('timestamps'),
    });
    for (const { name } of await listSources(engine, selection, signal)) printer.announce(name);
    const since = engineTime(options.text('since'), 'invalid value for "since": ');
    const until = engineTime(options.text('until'), 'invalid value for "until": ');
    const tail = options.text('tail') ?? 'all';
    const batches = logBatches(
      engine,
      selection,
      {
        follow: options.flag('follow'),
        untilStopped: true,
        times: options.flag('timestamps'),
        // As the engine reads it: what is no number means all.
        ...(/^\d+$/.test(tail) ? { tail: Number(tail) } : {}),
        ...(since === undefined ? {} : { since }),
        ...(until === undefined ? {} : { until }),
        onUnreadable: (name, error) => errors.write(`Can't retrieve logs for "${name}": ${error.message}\n`),
      },
      signal,
    );
    for await (const batch of batches) await printer.print(batch);
    return 0;
  },
};

async function select(
  { options, engine, signal }: CommandContext,
  target: ProjectTarget,
  services: readonly string[],
): Promise<LogSelection> {
  const index = options.number('index') ?? 0;
  if (index > 0) {
    const [service, ...more] = services;
    if (service === undefined || more.length > 0)
      throw new CommandError('logs --index can only be used with exactly one service');
    const { findContainer } = await import('../frame/service-names.ts');
    const { id } = await findContainer(await engine(), target.name, service, { index, all: true }, signal);
    return { project: target.name, containerIds: [id] };
  }
  // Without names: every service of the files but those that have said that they do not want to be shown.
  const declared = target.loaded?.project.services;
  const shown =
    services.length > 0 || declared === undefined
      ? services
      : Object.entries(declared).flatMap(([name, { attach }]) => (attach === false ? [] : [name]));
  return { project: target.name, services: shown };
}
