import { unpause as unpauseServices } from '../lifecycle.ts';
import type { Command } from './command.ts';
import { progressReport } from './progress.ts';

export const unpause: Command = {
  name: 'unpause',
  usage: '[SERVICE...]',
  summary: 'Unpause services',
  options: [],
  async run(context) {
    const services = context.arguments;
    const target = await context.target({ services });
    const options = { services };
    await unpauseServices(await context.engine(), target, options, progressReport(context), context.signal);
    return 0;
  },
};
