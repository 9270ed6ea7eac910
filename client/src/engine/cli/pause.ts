import { pause as pauseServices } from '../lifecycle.ts';
import { carryOut } from './carry-out.ts';
import type { Command } from './command.ts';

export const pause: Command = {
  name: 'pause',
  usage: '[SERVICE...]',
  summary: 'Pause services',
  options: [],
  async run(context) {
    const services = context.arguments;
    const target = await context.target({ services });
    const options = { services };
    await carryOut(context, pauseServices, target, options);
    return 0;
  },
};
