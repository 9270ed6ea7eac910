import type { Message } from '#engine/api/message.ts';
import { formatPlan } from '#engine/plan/plan-text.ts';
import { plan, up } from '#engine/operations/up.ts';
import type { Command } from '../frame/command.ts';
import { progressReport, warn } from '../frame/progress-lines.ts';
import { parseScales } from './up-options.ts';

export const scale: Command = {
  name: 'scale',
  usage: '[SERVICE=REPLICAS...]',
  summary: 'Scale services',
  arguments: { least: 1 },
  options: [{ name: 'no-deps', type: 'flag', description: "Don't start linked services" }],
  async run(context) {
    const replicas = parseScales(context.arguments, (entry, count) =>
      count === undefined
        ? `invalid scale specifier: ${entry}`
        : `invalid scale specifier: can't parse replica value as int: ${entry}`,
    );
    const services = Object.keys(replicas);
    const loaded = await context.project({ services });
    const wanted = {
      services,
      scale: replicas,
      noDeps: context.options.flag('no-deps'),
      onWarning: (warning: Message) => warn(context, warning),
    };
    const engine = await context.engine();
    if (context.global.dryRun) {
      context.output.write(`${formatPlan(await plan(engine, loaded, wanted, context.signal))}\n`);
    } else await up(engine, loaded, wanted, progressReport(context), context.signal);
    return 0;
  },
};
