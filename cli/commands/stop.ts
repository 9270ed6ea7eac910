import { stop as stopServices } from '#engine/operations/lifecycle.ts';
import { carryOut } from '../frame/carry-out.ts';
import type { Command } from '../frame/command.ts';
import { providersOf, timeoutOption } from './up-options.ts';

export const stop: Command = {
  name: 'stop',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'Stop services',
  options: [
    { name: 'timeout', short: 't', type: 'number', description: 'Specify a shutdown timeout in seconds' },
  ],
  async run(context) {
    const services = context.arguments;
    const target = await context.target({ services });
    const options = { services, ...timeoutOption(context.options), ...providersOf(context) };
    await carryOut(context, stopServices, target, options);
    return 0;
  },
};
