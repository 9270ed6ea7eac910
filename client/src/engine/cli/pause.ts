import { pause as pauseServices } from '../lifecycle.ts';
import { carryOut } from './carry-out.ts';
import type { Command } from './command.ts';
import { alreadyIn } from './pausing.ts';

export const pause: Command = {
  name: 'pause',
  usage: '[SERVICE...]',
  summary: 'Pause services',
  options: [],
  async run(context) {
    const services = context.arguments;
    const target = await context.target({ services });
    const options = { services };
    const status = await alreadyIn(context, target, 'paused');
    await carryOut(context, pauseServices, target, options);
    return status();
  },
};
