import { kill as killServices } from '#engine/operations/lifecycle.ts';
import { carryOut } from '../frame/carry-out.ts';
import type { Command } from '../frame/command.ts';
import { isSet } from './up-options.ts';

export const kill: Command = {
  name: 'kill',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'Force stop service containers',
  options: [
    {
      name: 'remove-orphans',
      type: 'flag',
      description: 'Remove containers for services not defined in the Compose file',
    },
    {
      name: 'signal',
      short: 's',
      type: 'text',
      default: 'SIGKILL',
      description: 'SIGNAL to send to the container',
    },
  ],
  async run(context) {
    const { options } = context;
    const services = context.arguments;
    const target = await context.target({ services });
    const orphans = options.flag('remove-orphans') || isSet(context.environment.COMPOSE_REMOVE_ORPHANS);
    const signal = options.text('signal');
    const plan = await carryOut(
      context,
      killServices,
      // Without the files every service that has containers counts.
      orphans ? { name: target.name } : target,
      { services, ...(signal !== undefined && { signal }) },
    );
    if (plan.nodes.length === 0) context.errors.write('No container to kill\n');
    return 0;
  },
};
