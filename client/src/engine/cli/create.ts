import { formatPlan } from '../plan-text.ts';
import { plan, up } from '../up.ts';
import type { Command } from './command.ts';
import { progressReport } from './progress.ts';
import { createOptions, toCreateOptions } from './up-options.ts';

export const create: Command = {
  name: 'create',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'Creates containers for a service',
  options: createOptions,
  async run(context) {
    const loaded = await context.project({ services: context.arguments });
    const wanted = { ...toCreateOptions(context, loaded), noStart: true };
    const engine = await context.engine();
    if (context.global.dryRun) {
      context.output.write(`${formatPlan(await plan(engine, loaded, wanted, context.signal))}\n`);
    } else await up(engine, loaded, wanted, progressReport(context), context.signal);
    return 0;
  },
};
