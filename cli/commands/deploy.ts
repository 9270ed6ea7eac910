import { maskText } from '#compose/check/secrets/masker.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import {
  deploy as carryOut,
  type DeployOptions,
  planDeploy,
  usualHealthWait,
} from '#engine/operations/deploy.ts';
import { reportJson, reportText } from '#engine/operations/deploy-text.ts';
import { runBackup } from '#engine/operations/run-backup.ts';
import { formatPlan } from '#engine/plan/plan-text.ts';
import type { Command, CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { knownValuesOf } from '../frame/known-values.ts';
import { progressReport } from '../frame/progress-lines.ts';
import { confirmOn } from '../frame/prompt.ts';
import { connectMeanwhile, formatIn } from '../frame/session.ts';
import { confirmRemoteStack } from './remote-stack.ts';
import { toUpOptions } from './up-options.ts';

/** Not a command of Docker Compose: a new version in the place of what runs, in the order of `deploy.update_config`, or else what ran before. */
export const deploy: Command = {
  name: 'deploy',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'Update a project that runs, service by service, or go back',
  options: [
    {
      name: 'backup',
      type: 'text',
      value: 'command',
      description: 'Command of this machine that saves data first, instead of snapshots',
    },
    { name: 'build', type: 'flag', description: 'Build images before updating' },
    { name: 'format', type: 'text', default: 'text', description: 'Format of the report ("text"|"json")' },
    { name: 'no-build', type: 'flag', description: "Don't build an image, even if it's missing" },
    {
      name: 'pull',
      type: 'text',
      default: 'always',
      description: 'Pull images first ("always"|"missing"|"never"|"policy")',
    },
    {
      name: 'remove-orphans',
      type: 'flag',
      description: 'Remove containers for services not defined in the Compose file',
    },
    {
      name: 'snapshot',
      type: 'text',
      default: 'running',
      description:
        'Take snapshots of the volumes first: while services run, while they are stopped, or not ("running"|"stopped"|"none")',
    },
    {
      name: 'wait-timeout',
      type: 'number',
      default: String(usualHealthWait),
      description: 'Seconds that each new container has to become healthy',
    },
    { name: 'yes', short: 'y', type: 'flag', description: 'Carry out the plan without asking' },
  ],
  async run(context) {
    const { options, global, signal, output } = context;
    const format = formatIn(options, ['text', 'json']);
    connectMeanwhile(context);
    const loaded = await context.project({ services: context.arguments });
    if (Object.keys(loaded.project.services).length === 0) throw new CommandError('no service selected');
    await confirmRemoteStack(context, loaded, options.flag('yes'));
    const wanted = toDeployOptions(context, loaded);
    const engine = await context.engine();
    if (global.dryRun) {
      output.write(`${formatPlan(await planDeploy(engine, loaded, wanted, signal))}\n`);
      return 0;
    }
    const report = await carryOut(engine, loaded, wanted, progressReport(context), signal);
    const known = await knownValuesOf(loaded);
    const text = format === 'json' ? `${JSON.stringify(reportJson(report))}\n` : reportText(report);
    output.write(maskText(text, known));
    return report.outcome === 'deployed' || report.outcome === 'unchanged' ? 0 : 1;
  },
};

function toDeployOptions(context: CommandContext, loaded: LoadedProject): DeployOptions {
  const { options, input, errors, environment, global } = context;
  const { host, context: named } = global;
  const surroundings = {
    environment,
    write: (chunk: Uint8Array) => errors.write(chunk),
    host,
    context: named,
  };
  // The report has the output for itself.
  const { build, pull, ...common } = toUpOptions({ ...context, output: errors }, loaded);
  const snapshot = options.text('snapshot') ?? 'running';
  if (!['running', 'stopped', 'none'].includes(snapshot))
    throw new CommandError(`invalid --snapshot option "${snapshot}"`);
  const backup = options.text('backup');
  const healthWithin = options.number('wait-timeout') ?? usualHealthWait;
  if (healthWithin <= 0) throw new CommandError('--wait-timeout must be a positive integer');
  const ask = confirmOn(context);
  return {
    ...common,
    ...(pull !== undefined && { pull }),
    ...(build !== undefined && !options.flag('no-build') && { build }),
    healthWithin,
    ...(backup !== undefined && { backup: (signal) => runBackup(surroundings, loaded, backup, signal) }),
    ...(backup === undefined &&
      snapshot !== 'none' && {
        snapshots: { folder: loaded.workingDirectory, stopped: snapshot === 'stopped' },
      }),
    // Without a terminal nobody is there to ask: who calls it in a script has agreed.
    ...(input.isTerminal &&
      !options.flag('yes') && {
        agree: (plan) => {
          errors.write(`${formatPlan(plan)}\n`);
          return ask('Carry out this plan?');
        },
      }),
  };
}
