import { pause as pauseServices } from '../lifecycle.ts';
import type { Command } from './command.ts';
import { progressReport } from './progress.ts';

export const pause: Command = {
  name: 'pause',
  usage: '[SERVICE...]',
  summary: 'Pause services',
  options: [],
  async run(context) {
    const services = context.arguments;
    const target = await context.target({ services });
    const options = { services };
    await pauseServices(await context.engine(), target, options, progressReport(context), context.signal);
    return 0;
  },
};
