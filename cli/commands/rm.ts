import { remove } from '#engine/operations/lifecycle.ts';
import { carryOut } from '../frame/carry-out.ts';
import type { Command } from '../frame/command.ts';
import { confirmOn } from '../frame/prompt.ts';

export const rm: Command = {
  name: 'rm',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'Removes stopped service containers',
  options: [
    { name: 'all', short: 'a', type: 'flag', description: 'Deprecated - no effect', hidden: true },
    { name: 'force', short: 'f', type: 'flag', description: "Don't ask to confirm removal" },
    {
      name: 'stop',
      short: 's',
      type: 'flag',
      description: 'Stop the containers, if required, before removing',
    },
    {
      name: 'volumes',
      short: 'v',
      type: 'flag',
      description: 'Remove any anonymous volumes attached to containers',
    },
  ],
  async run(context) {
    const { options, output } = context;
    const services = context.arguments;
    const target = await context.target({ services });
    let asked = false;
    await carryOut(context, remove, target, {
      services,
      stop: options.flag('stop'),
      volumes: options.flag('volumes'),
      confirm: async (names) => {
        asked = true;
        const question = `Going to remove ${names.join(', ')}`;
        if (context.global.dryRun) return true;
        if (!options.flag('force')) return confirmOn(context)(question);
        output.write(`${question}\n`);
        return true;
      },
    });
    if (!asked) context.errors.write('No stopped containers\n');
    return 0;
  },
};
