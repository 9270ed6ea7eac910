import { start as startServices } from '#engine/operations/lifecycle.ts';
import { carryOut } from '../frame/carry-out.ts';
import type { Command } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';

export const start: Command = {
  name: 'start',
  usage: '[SERVICE...]',
  summary: 'Start services',
  options: [
    {
      name: 'wait',
      type: 'flag',
      description: 'Wait for services to be running|healthy. Implies detached mode.',
    },
    {
      name: 'wait-timeout',
      type: 'number',
      description: 'Maximum duration in seconds to wait for the project to be running|healthy',
    },
  ],
  async run(context) {
    const timeout = context.options.number('wait-timeout') ?? 0;
    if (timeout < 0) throw new CommandError('--wait-timeout must be a non-negative integer');
    const target = await context.target({ services: context.arguments, withJobs: false });
    await carryOut(context, startServices, target, {
      services: context.arguments,
      ...(context.options.flag('wait') && { wait: timeout > 0 ? { timeout } : {} }),
    });
    return 0;
  },
};
