import { restart as restartServices } from '#engine/operations/lifecycle.ts';
import { carryOut } from '../frame/carry-out.ts';
import type { Command } from '../frame/command.ts';
import { enabling } from '../frame/service-names.ts';
import { timeoutOption } from './up-options.ts';

export const restart: Command = {
  name: 'restart',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'Restart service containers',
  options: [
    { name: 'no-deps', type: 'flag', description: "Don't restart dependent services" },
    { name: 'timeout', short: 't', type: 'number', description: 'Specify a shutdown timeout in seconds' },
  ],
  async run(context) {
    const services = context.arguments;
    // Those that depend on the services named are wanted too, so the selection is not the loader's.
    const target = enabling(await context.target({ withJobs: false }), services);
    const options = {
      services,
      noDeps: context.options.flag('no-deps'),
      ...timeoutOption(context.options),
    };
    await carryOut(context, restartServices, target, options);
    return 0;
  },
};
