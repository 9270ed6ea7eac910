import { formatPlan } from '#engine/plan/plan-text.ts';
import { plan, up } from '#engine/operations/up.ts';
import type { Command } from '../frame/command.ts';
import { progressReport } from '../frame/progress-lines.ts';
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
