import { observeForDown, planDown } from '#engine/operations/down.ts';
import { formatPlan } from '#engine/plan/plan-text.ts';
import { plan as planUp } from '#engine/operations/up.ts';
import type { Command } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { downOptions, toDownOptions } from './down.ts';
import { toFullOptions, upOptions } from './up.ts';

/** Not a command of Docker Compose: what `up` or `down` would do, step by step, with the causes and with what would be lost. */
export const plan: Command = {
  name: 'plan',
  usage: 'up|down [OPTIONS] [SERVICE...]',
  summary: 'Show what up or down would do',
  arguments: { least: 1 },
  options: [
    ...upOptions,
    ...downOptions.filter(({ name }) => !upOptions.some((known) => known.name === name)),
  ],
  async run(context) {
    const [operation, ...services] = context.arguments;
    const inner = { ...context, arguments: services };
    if (operation === 'up') {
      const loaded = await context.project({ services });
      const wanted = toFullOptions(inner, loaded);
      const text = formatPlan(await planUp(await context.engine(), loaded, wanted, context.signal));
      context.output.write(`${text}\n`);
      return 0;
    }
    if (operation !== 'down') throw new CommandError('what is to be planned? up or down');
    const target = await context.target({ services });
    const wanted = toDownOptions(inner);
    const world = await observeForDown(await context.engine(), target, wanted, context.signal);
    context.output.write(`${formatPlan(planDown(target, world, wanted))}\n`);
    return 0;
  },
};
