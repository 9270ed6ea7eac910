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

export function toGlobalOptions(values: OptionValues): GlobalOptions {
  const parallel = values.number('parallel');
  return {
    files: values.list('file'),
    projectName: values.text('project-name'),
    profiles: values.list('profile'),
    envFiles: values.list('env-file').flatMap((files) => files.split(',')),
    projectDirectory: values.text('project-directory') ?? values.text('workdir'),
    context: values.text('context'),
    host: values.text('host'),
    ansi: values.flag('no-ansi') ? 'never' : (values.text('ansi') ?? 'auto'),
    progress: values.text('progress'),
    parallel: parallel === undefined || parallel < 0 ? undefined : parallel,
    dryRun: values.flag('dry-run'),
    allResources: values.flag('all-resources'),
    compatibility: values.flag('compatibility'),
  };
}
