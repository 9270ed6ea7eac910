import type { LoadedProject } from '#compose/load/request.ts';
import type { AttestationOptions } from '#engine/image-build/attestations.ts';
import { parseSize } from '#compose/values/size.ts';
import { builderOf } from '../frame/builder.ts';
import type { Command, CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { requireProgress } from '../frame/global-options.ts';
import { badArgument, type OptionValues } from '../frame/options.ts';
import { pushImages } from '#engine/operations/push.ts';
import { progressReport, warn } from '../frame/progress-lines.ts';
import { requireServices, withDependencies } from '../frame/service-names.ts';
import { recordOf } from '#compose/values/record.ts';

export const build: Command = {
  name: 'build',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'Build or rebuild services',
  options: [
    { name: 'build-arg', type: 'list', description: 'Set build-time variables for services' },
    {
      name: 'builder',
      type: 'text',
      description: 'Set builder to use',
    },
    {
      name: 'check',
      type: 'flag',
      description: 'Check build configuration',
    },
    {
      name: 'memory',
      short: 'm',
      type: 'text',
      description: 'Set memory limit for the build container. Not supported by BuildKit.',
    },
    { name: 'no-cache', type: 'flag', description: 'Do not use cache when building the image' },
    {
      name: 'print',
      type: 'flag',
      description: 'Print equivalent bake file',
    },
    { name: 'progress', type: 'text', description: 'Set type of progress output', hidden: true },
    {
      name: 'provenance',
      type: 'text',
      description: 'Add a provenance attestation',
    },
    { name: 'pull', type: 'flag', description: 'Always attempt to pull a newer version of the image' },
    { name: 'push', type: 'flag', description: 'Push service images' },
    { name: 'quiet', short: 'q', type: 'flag', description: 'Suppress the build output' },
    {
      name: 'sbom',
      type: 'text',
      description: 'Add a SBOM attestation',
    },
    {
      name: 'ssh',
      type: 'text',
      description:
        "Set SSH authentications used when building service images (use 'default' for using your default SSH Agent)",
    },
    { name: 'with-dependencies', type: 'flag', description: 'Also build dependencies (transitively)' },
  ],

  async run(context) {
    const { options, signal } = context;
    const named = context.arguments;
    const builder = options.text('builder') ?? '';
    if (builder !== '' && builder !== 'default')
      throw new CommandError(
        `--builder ${builder} is not supported: other builders are containers and machines that buildx keeps account of; the engine's own is "default"`,
      );
    const loaded = await context.project({ services: named });
    const { services } = loaded.project;
    requireServices({ name: loaded.project.name, loaded }, named);
    const wanted =
      named.length === 0
        ? Object.keys(services)
        : options.flag('with-dependencies')
          ? withDependencies(loaded.project, named)
          : named;
    const buildable = wanted.filter((name) => services[name]?.build !== undefined);
    if (buildable.length === 0) warn(context, 'No services to build');
    requireProgress(options.text('progress'));
    // Without a value it is the agent of the environment.
    const ssh = options.text('ssh') === '' ? 'default' : options.text('ssh');
    if (ssh !== undefined && ssh !== 'default' && !ssh.includes('='))
      throw new CommandError(`invalid ssh key ${JSON.stringify(ssh)}`);
    const common = {
      args: recordOf(options.list('build-arg').map((entry) => parseArgument(entry, loaded.environment))),
      noCache: options.flag('no-cache'),
      pull: options.flag('pull'),
      ...(ssh === undefined ? {} : { ssh: [ssh] }),
    };
    if (options.flag('print')) {
      const { bakeFile } = await import('#engine/image-build/bake-file.ts');
      const how = { ...common, push: options.flag('push'), check: options.flag('check') };
      context.output.write(bakeFile(await context.project({}), buildable, how));
      return 0;
    }
    if (options.flag('check')) return checkAll(context, loaded, buildable);
    const report = progressReport(context);
    const memory = options.text('memory');
    await builderOf(context, loaded, {
      ...(memory === undefined ? {} : { memory: memoryBytes(memory) }),
      ...common,
      allPlatforms: true,
      ...attestationOptions(options),
      quiet: options.flag('quiet'),
    })(buildable, report, signal);
    if (options.flag('push'))
      await pushImages(await context.engine(), loaded.project, buildable, {}, report, signal);
    return 0;
  },
};

/** The builder's checks of each Dockerfile, as `docker compose build --check` prints them; the status says whether there was anything to find. */
async function checkAll(
  { engine, output, signal }: CommandContext,
  loaded: LoadedProject,
  services: readonly string[],
): Promise<number> {
  const { checkDockerfile } = await import('#engine/image-build/check-dockerfile.ts');
  const { formatCheck, isClean } = await import('#engine/image-build/dockerfile-check.ts');
  let status = 0;
  for (const [index, name] of services.toSorted().entries()) {
    const { check, file } = await checkDockerfile(await engine(), loaded, name, signal);
    output.write(`${index > 0 ? '\n' : ''}${name}\n\n${formatCheck(check, file)}`);
    if (!isClean(check)) status = 1;
  }
  return status;
}

function attestationOptions(options: OptionValues): AttestationOptions {
  const [provenance, sbom] = [options.text('provenance'), options.text('sbom')];
  return { ...(provenance !== undefined && { provenance }), ...(sbom !== undefined && { sbom }) };
}

function memoryBytes(text: string): number {
  const bytes = parseSize(text);
  if (bytes === undefined || text.startsWith('-'))
    throw badArgument({ name: 'memory', short: 'm' }, text, `invalid size: '${text}'`);
  return Number(bytes);
}

function parseArgument(entry: string, environment: Readonly<Record<string, string>>): [string, string] {
  const equals = entry.indexOf('=');
  const name = equals < 0 ? entry : entry.slice(0, equals);
  if (name === '')
    throw new CommandError(`invalid --build-arg ${JSON.stringify(entry)}: it must be NAME=value`);
  return [name, equals < 0 ? (environment[name] ?? '') : entry.slice(equals + 1)];
}
