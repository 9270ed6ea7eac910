import type { LoadedProject } from '#compose/load/request.ts';
import { up as bringUp, plan, type UpOptions } from '#engine/operations/up.ts';
import { formatPlan } from '#engine/plan/plan-text.ts';
import type { Command, CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import type { OptionSpec } from '../frame/options.ts';
import { progressReport, warn } from '../frame/progress-lines.ts';
import { connectMeanwhile } from '../frame/session.ts';
import { jobsNotStarted } from './jobs-not-started.ts';
import { confirmRemoteStack } from './remote-stack.ts';
import { createOptions, timeoutOption, toCreateOptions } from './up-options.ts';

export const upOptions: readonly OptionSpec[] = [
  ...createOptions,
  {
    name: 'abort-on-container-exit',
    type: 'flag',
    description: 'Stops all containers if any container was stopped. Incompatible with -d',
  },
  {
    name: 'abort-on-container-failure',
    type: 'flag',
    description: 'Stops all containers if any container exited with failure. Incompatible with -d',
  },
  {
    name: 'always-recreate-deps',
    type: 'flag',
    description: 'Recreate dependent containers. Incompatible with --no-recreate.',
  },
  {
    name: 'attach',
    type: 'list',
    description: 'Restrict attaching to the specified services. Incompatible with --attach-dependencies.',
  },
  {
    name: 'attach-dependencies',
    type: 'flag',
    description: 'Automatically attach to log output of dependent services',
  },
  {
    name: 'detach',
    short: 'd',
    type: 'flag',
    description: 'Detached mode: Run containers in the background',
  },
  {
    name: 'exit-code-from',
    type: 'text',
    description: 'Return the exit code of the selected service container. Implies --abort-on-container-exit',
  },
  {
    name: 'menu',
    type: 'flag',
    description:
      'Enable interactive shortcuts when running attached. Incompatible with --detach. Can also be enable/disable by setting COMPOSE_MENU environment var.',
  },
  { name: 'no-attach', type: 'list', description: 'Do not attach (stream logs) to the specified services' },
  { name: 'no-color', type: 'flag', description: 'Produce monochrome output' },
  { name: 'no-deps', type: 'flag', description: "Don't start linked services" },
  { name: 'no-log-prefix', type: 'flag', description: "Don't print prefix in logs" },
  { name: 'no-start', type: 'flag', description: "Don't start the services after creating them" },
  { name: 'quiet-build', type: 'flag', description: 'Suppress the build output' },
  {
    name: 'renew-anon-volumes',
    short: 'V',
    type: 'flag',
    description: 'Recreate anonymous volumes instead of retrieving data from the previous containers',
  },
  {
    name: 'timeout',
    short: 't',
    type: 'number',
    description:
      'Use this timeout in seconds for container shutdown when attached or when containers are already running',
  },
  { name: 'timestamps', type: 'flag', description: 'Show timestamps' },
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
  {
    name: 'watch',
    short: 'w',
    type: 'flag',
    description: 'Watch source code and rebuild/refresh containers when files are updated.',
  },
];

export const up: Command = {
  name: 'up',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'Create and start containers',
  options: upOptions,
  async run(context) {
    const { options, global, signal } = context;
    const detached = refuseContradictions(context);
    connectMeanwhile(context);
    const loaded = await context.project({ services: context.arguments });
    for (const message of jobsNotStarted(loaded.jobs ?? [])) warn(context, message);
    if (Object.keys(loaded.project.services).length === 0 && !global.allResources)
      throw new CommandError('no service selected');
    await confirmRemoteStack(context, loaded, options.flag('yes'));
    const isAttached = !detached && !options.flag('no-start') && !global.dryRun;
    const menu =
      isAttached && context.output.isTerminal
        ? (await import('./up-menu.ts')).menuOf(context, loaded)
        : undefined;
    const shown = menu?.above(context) ?? context;
    const wanted = toFullOptions(shown, loaded);
    const engine = await context.engine();
    if (global.dryRun) {
      context.output.write(`${formatPlan(await plan(engine, loaded, wanted, signal))}\n`);
      return 0;
    }
    if (isAttached) {
      const { attachedUp } = await import('./up-attached.ts');
      return attachedUp(shown, engine, loaded, wanted, menu);
    }
    await bringUp(engine, loaded, wanted, progressReport(context), signal);
    return 0;
  },
};

/** With the options that only `up` has. */
export function toFullOptions(context: CommandContext, loaded: LoadedProject): UpOptions {
  const { options } = context;
  const from = options.text('exit-code-from');
  if (from !== undefined && loaded.project.services[from] === undefined) {
    throw new CommandError(`no such service: ${from}`);
  }
  const waitTimeout = options.number('wait-timeout');
  return {
    ...toCreateOptions(context, loaded),
    ...timeoutOption(options),
    noDeps: options.flag('no-deps'),
    noStart: options.flag('no-start'),
    alwaysRecreateDeps: options.flag('always-recreate-deps'),
    renewAnonymousVolumes: options.flag('renew-anon-volumes'),
    wait: options.flag('wait'),
    ...(waitTimeout !== undefined && waitTimeout > 0 && { waitTimeout }),
  };
}

/** Docker Compose's rules for its options; returns whether the command leaves the containers to themselves. */
function refuseContradictions({ options }: CommandContext): boolean {
  const stops = options.flag('abort-on-container-exit') || options.has('exit-code-from');
  const fails = options.flag('abort-on-container-failure');
  const attaches =
    options.flag('attach-dependencies') ||
    options.list('attach').length > 0 ||
    stops ||
    fails ||
    options.flag('watch');
  const detached = options.flag('detach') || options.flag('wait');
  if ((options.number('wait-timeout') ?? 0) < 0) {
    throw new CommandError('--wait-timeout must be a non-negative integer');
  }
  if (options.flag('abort-on-container-exit') && fails) {
    throw new CommandError('--abort-on-container-failure cannot be combined with --abort-on-container-exit');
  }
  if (detached && attaches) {
    const option = options.flag('wait') ? '--wait' : '--detach';
    throw new CommandError(
      `${option} cannot be combined with --abort-on-container-exit, --abort-on-container-failure, --attach, --attach-dependencies or --watch`,
    );
  }
  if (options.list('attach').length > 0 && options.flag('attach-dependencies')) {
    throw new CommandError('cannot combine --attach and --attach-dependencies');
  }
  if (options.flag('no-recreate')) {
    if (options.flag('renew-anon-volumes'))
      throw new CommandError('--no-recreate and --renew-anon-volumes are incompatible');
    if (options.flag('always-recreate-deps'))
      throw new CommandError('--always-recreate-deps and --no-recreate are incompatible');
  }
  if (options.flag('no-build') && options.flag('watch'))
    throw new CommandError('--no-build and --watch are incompatible');
  return detached;
}
