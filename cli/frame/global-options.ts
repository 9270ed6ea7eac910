import { CommandError } from './command-error.ts';
import type { GlobalOptions } from './command.ts';
import type { OptionSpec, OptionValues } from './options.ts';

/** `docker compose`'s own, and of `docker`'s those that say which engine. */
export const globalOptions: readonly OptionSpec[] = [
  {
    name: 'all-resources',
    type: 'flag',
    description: 'Include all resources, even those not used by services',
  },
  {
    name: 'ansi',
    type: 'text',
    default: 'auto',
    description: 'Control when to print ANSI control characters ("never"|"always"|"auto")',
  },
  { name: 'compatibility', type: 'flag', description: 'Run compose in backward compatibility mode' },
  { name: 'context', short: 'c', type: 'text', description: 'Name of the Docker context to use' },
  { name: 'dry-run', type: 'flag', description: 'Execute command in dry run mode' },
  { name: 'env-file', type: 'list', description: 'Specify an alternate environment file' },
  { name: 'file', short: 'f', type: 'list', description: 'Compose configuration files' },
  { name: 'help', short: 'h', type: 'flag', description: 'Show this text', hidden: true },
  { name: 'host', short: 'H', type: 'text', description: 'Docker Engine to connect to' },
  { name: 'no-ansi', type: 'flag', description: 'Do not print ANSI control characters', hidden: true },
  {
    name: 'parallel',
    type: 'number',
    default: '-1',
    description: 'Control max parallelism, -1 for unlimited',
  },
  { name: 'profile', type: 'list', description: 'Specify a profile to enable' },
  {
    name: 'progress',
    type: 'text',
    description: 'Set type of progress output (auto, tty, plain, json, quiet)',
  },
  {
    name: 'project-directory',
    type: 'text',
    description:
      'Specify an alternate working directory (default: the path of the, first specified, Compose file)',
  },
  { name: 'project-name', short: 'p', type: 'text', description: 'Project name' },
  { name: 'verbose', type: 'flag', description: 'Show more output', hidden: true },
  { name: 'version', short: 'v', type: 'flag', description: 'Show the version information', hidden: true },
  { name: 'workdir', type: 'text', description: 'Specify an alternate working directory', hidden: true },
];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What holds for the whole call: from the options, else from the `COMPOSE_…` variables. Refuses what Docker Compose refuses, whatever the command, but for
 * `version`, which looks at none of it.
 */
export function toGlobalOptions(
  values: OptionValues,
  environment: Environment,
  command: string,
): GlobalOptions {
  if (command !== 'version') refuseFormerNames(values);
  const progress = progressOf(values, environment);
  if (command !== 'version') requireProgress(progress);
  const parallel = command === 'version' ? undefined : parallelOf(values, environment);
  return {
    files: values.list('file'),
    projectName: values.text('project-name'),
    profiles: values.list('profile'),
    envFiles: values.list('env-file').flatMap((files) => files.split(',')),
    projectDirectory: values.text('project-directory') ?? values.text('workdir'),
    context: values.text('context'),
    host: values.text('host'),
    ansi: values.flag('no-ansi') ? 'never' : (values.text('ansi') ?? 'auto'),
    progress,
    parallel,
    dryRun: values.flag('dry-run'),
    allResources: values.flag('all-resources'),
    compatibility: values.flag('compatibility'),
  };
}

/** As Docker Compose 2.40 has them. */
const progressModes: readonly string[] = ['auto', 'tty', 'plain', 'json', 'quiet'];

/** Refuses what is no way to show progress. */
export function requireProgress(mode: string | undefined): void {
  if (mode !== undefined && mode !== '' && !progressModes.includes(mode))
    throw new CommandError(`unsupported --progress value ${JSON.stringify(mode)}`);
}

/** An empty one says nothing. */
function progressOf(values: OptionValues, environment: Environment): string | undefined {
  const given = values.has('progress') ? values.text('progress') : environment.COMPOSE_PROGRESS;
  return given === '' ? undefined : given;
}

function parallelOf(values: OptionValues, { COMPOSE_PARALLEL_LIMIT }: Environment): number | undefined {
  if (values.has('parallel')) return values.number('parallel');
  return COMPOSE_PARALLEL_LIMIT === undefined ? undefined : parallelLimit(COMPOSE_PARALLEL_LIMIT);
}

/** The value of `COMPOSE_PARALLEL_LIMIT`, refused unless it is a whole number. */
export function parallelLimit(text: string): number {
  if (!/^[+-]?\d+$/.test(text))
    throw new CommandError(`COMPOSE_PARALLEL_LIMIT must be an integer (found: ${JSON.stringify(text)})`);
  return Number(text);
}

/** The former name of an option beside its own. */
function refuseFormerNames(values: OptionValues): void {
  if (values.has('ansi') && values.flag('no-ansi'))
    throw new CommandError('cannot specify DEPRECATED "--no-ansi" and "--ansi". Please use only "--ansi"');
  if (values.has('project-directory') && values.has('workdir'))
    throw new CommandError(
      'cannot specify DEPRECATED "--workdir" and "--project-directory". Please use only "--project-directory" instead',
    );
}
