import { down as bringDown, type DownOptions, observeForDown, planDown } from '#engine/operations/down.ts';
import { formatPlan } from '#engine/plan/plan-text.ts';
import { providerRunner } from '#engine/providers/run-provider.ts';
import type { Command, CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import type { OptionSpec } from '../frame/options.ts';
import { progressReport, warn } from '../frame/progress-lines.ts';
import { isSet, parallelOption, timeoutOption } from './up-options.ts';

export const downOptions: readonly OptionSpec[] = [
  {
    name: 'remove-orphans',
    type: 'flag',
    description: 'Remove containers for services not defined in the Compose file',
  },
  {
    name: 'rmi',
    type: 'text',
    description:
      'Remove images used by services. "local" remove only images that don\'t have a custom tag ("local"|"all")',
  },
  { name: 'timeout', short: 't', type: 'number', description: 'Specify a shutdown timeout in seconds' },
  {
    name: 'volumes',
    short: 'v',
    type: 'flag',
    description:
      'Remove named volumes declared in the "volumes" section of the Compose file and anonymous volumes attached to containers',
  },
];

export const down: Command = {
  name: 'down',
  usage: '[OPTIONS] [SERVICES]',
  summary: 'Stop and remove containers, networks',
  options: downOptions,
  async run(context) {
    const wanted = toDownOptions(context);
    const target = await context.target({ services: context.arguments });
    const engine = await context.engine();
    if (context.global.dryRun) {
      const world = await observeForDown(engine, target, wanted, context.signal);
      context.output.write(`${formatPlan(planDown(target, world, wanted))}\n`);
    } else await bringDown(engine, target, wanted, progressReport(context), context.signal);
    return 0;
  },
};

export function toDownOptions(context: CommandContext): DownOptions {
  const { options, environment } = context;
  const rmi = options.text('rmi');
  if (rmi !== undefined && rmi !== 'all' && rmi !== 'local') {
    throw new CommandError(`invalid value for --rmi: "${rmi}"`);
  }
  return {
    services: context.arguments,
    providers: providerRunner({ environment, home: context.home }),
    volumes: options.flag('volumes'),
    removeOrphans: options.has('remove-orphans')
      ? options.flag('remove-orphans')
      : isSet(environment.COMPOSE_REMOVE_ORPHANS),
    ...timeoutOption(options),
    ...parallelOption(context.global, environment),
    ...(rmi !== undefined && { rmi }),
    onWarning: (warning) => warn(context, warning),
  };
}
