import { unpause as unpauseServices } from '#engine/operations/lifecycle.ts';
import { carryOut } from '../frame/carry-out.ts';
import type { Command } from '../frame/command.ts';
import { alreadyIn } from './pause-states.ts';

export const unpause: Command = {
  name: 'unpause',
  usage: '[SERVICE...]',
  summary: 'Unpause services',
  options: [],
  async run(context) {
    const services = context.arguments;
    const target = await context.target({ services });
    const options = { services };
    const status = await alreadyIn(context, target, 'running');
    await carryOut(context, unpauseServices, target, options);
    return status();
  },
};
