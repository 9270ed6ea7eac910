import { pause as pauseServices } from '#engine/operations/lifecycle.ts';
import { carryOut } from '../frame/carry-out.ts';
import type { Command } from '../frame/command.ts';
import { alreadyIn } from './pause-states.ts';

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
