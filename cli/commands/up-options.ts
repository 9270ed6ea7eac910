import type { LoadedProject } from '#compose/load/request.ts';
import type { Message } from '#engine/api/message.ts';
import type { PullPolicy } from '#engine/operations/pull.ts';
import type { UpOptions } from '#engine/operations/up.ts';
import type { CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { parallelLimit } from '../frame/global-options.ts';
import { noParse, type OptionSpec, type OptionValues } from '../frame/options.ts';
import { builderOf } from '../frame/builder.ts';
import { warn } from '../frame/progress-lines.ts';
import { modelRunners } from '#engine/models/find-runner.ts';
import { providerRunner } from '#engine/providers/run-provider.ts';
import { confirmOn } from '../frame/prompt.ts';
import { recordOf } from '#compose/values/record.ts';

/** The options that `up` and `create` have in common. */
export const createOptions: readonly OptionSpec[] = [
  { name: 'build', type: 'flag', description: 'Build images before starting containers' },
  {
    name: 'force-recreate',
    type: 'flag',
    description: "Recreate containers even if their configuration and image haven't changed",
  },
  { name: 'no-build', type: 'flag', description: "Don't build an image, even if it's policy" },
  {
    name: 'no-recreate',
    type: 'flag',
    description: "If containers already exist, don't recreate them. Incompatible with --force-recreate.",
  },
  {
    name: 'pull',
    type: 'text',
    description: 'Pull image before running ("always"|"missing"|"never")',
  },
  { name: 'quiet-pull', type: 'flag', description: 'Pull without printing progress information' },
  {
    name: 'remove-orphans',
    type: 'flag',
    description: 'Remove containers for services not defined in the Compose file',
  },
  {
    name: 'scale',
    type: 'list',
    value: 'scale',
    description:
      'Scale SERVICE to NUM instances. Overrides the `scale` setting in the Compose file if present.',
  },
  {
    name: 'yes',
    short: 'y',
    type: 'flag',
    description: 'Assume "yes" as answer to all prompts and run non-interactively',
  },
];

/** What an up of the command line asks for, as far as all the commands that create containers have the same options. */
export function toUpOptions(context: CommandContext, loaded: LoadedProject): UpOptions {
  const { options } = context;
  // The project's own `.env` may set these too.
  const { environment } = loaded;
  const removeOrphans = options.has('remove-orphans')
    ? options.flag('remove-orphans')
    : isSet(environment.COMPOSE_REMOVE_ORPHANS);
  const ignoreOrphans = isSet(environment.COMPOSE_IGNORE_ORPHANS);
  if (ignoreOrphans && removeOrphans) {
    throw new CommandError('cannot combine COMPOSE_IGNORE_ORPHANS and --remove-orphans');
  }
  const pull = pullPolicy(options.text('pull'));
  return {
    services: context.arguments,
    removeOrphans,
    ignoreOrphans,
    ...(pull !== undefined && { pull }),
    forceBuild: options.flag('build'),
    build: builderOf(context, loaded, {
      quiet: options.declares('quiet-build') && options.flag('quiet-build'),
    }),
    ...parallelOption(context.global, environment),
    ...programsOf(context),
    onWarning: (warning) => warn(context, warning),
  };
}

/** The providers alone, and where warnings about them go. */
export function providersOf(context: CommandContext) {
  return {
    providers: programsOf(context).providers,
    onWarning: (warning: Message) => warn(context, warning),
  };
}

/** What services with a `provider` or `models` come from. */
export function programsOf({ environment, home }: CommandContext): Pick<UpOptions, 'providers' | 'models'> {
  const sources = { environment, home };
  return { providers: providerRunner(sources), models: modelRunners(sources) };
}

/** The same with the options that only `up` and `create` have; refuses those that contradict each other. */
export function toCreateOptions(context: CommandContext, loaded: LoadedProject): UpOptions {
  const { options } = context;
  refuseContradictions(options);
  const { build, ...common } = toUpOptions(context, loaded);
  return {
    ...common,
    ...(build !== undefined && !options.flag('no-build') && { build }),
    forceRecreate: options.flag('force-recreate'),
    noRecreate: options.flag('no-recreate'),
    scale: parseScales(options.list('scale'), (entry, count) =>
      count === undefined || /^-\d/.test(count)
        ? `invalid --scale option "${entry}". Should be SERVICE=NUM`
        : noParse('Atoi', count, false),
    ),
    confirm: confirmOn(context, options.flag('yes')),
  };
}

/** `web=3`. `complaint` hears of what stands for the number, unless a name or the number is missing. */
export function parseScales(
  entries: readonly string[],
  complaint: (entry: string, count: string | undefined) => string,
): Readonly<Record<string, number>> {
  return recordOf(
    entries.map((entry) => {
      const [, name, count] = /^([^=]+)=([^=]+)$/.exec(entry) ?? [];
      if (name === undefined || count === undefined || !/^\+?\d+$/.test(count))
        throw new CommandError(complaint(entry, count));
      return [name, Number(count)];
    }),
  );
}

/** Seconds of `--timeout`; absent when it was not given. */
export function timeoutOption(options: OptionValues): { readonly timeout?: number } {
  const timeout = options.has('timeout') ? options.number('timeout') : undefined;
  return timeout === undefined ? {} : { timeout };
}

/** `--parallel`, or `COMPOSE_PARALLEL_LIMIT`, also from the project's `.env`; -1 is no limit. */
export function parallelOption(
  global: CommandContext['global'],
  environment: Readonly<Record<string, string | undefined>>,
): { readonly parallel?: number } {
  const { COMPOSE_PARALLEL_LIMIT: ofProject } = environment;
  const limit = global.parallel ?? (ofProject === undefined ? undefined : parallelLimit(ofProject));
  if (limit === undefined || limit === 0) return {};
  return { parallel: limit < 0 ? Number.POSITIVE_INFINITY : limit };
}

export function isSet(text: string | undefined): boolean {
  return /^(?:1|t|true|y|yes)$/i.test(text ?? '');
}

function pullPolicy(text: string | undefined): PullPolicy | undefined {
  switch (text) {
    case undefined:
    case 'policy':
      return undefined;
    case 'if_not_present':
      return 'missing';
    case 'always':
    case 'missing':
    case 'never':
      return text;
    default:
      throw new CommandError(`invalid --pull option "${text}"`);
  }
}

function refuseContradictions(options: OptionValues): void {
  const pairs: readonly (readonly [string, string])[] = [
    ['build', 'no-build'],
    ['force-recreate', 'no-recreate'],
  ];
  for (const [a, b] of pairs) {
    if (options.flag(a) && options.flag(b)) throw new CommandError(`--${a} and --${b} are incompatible`);
  }
}
