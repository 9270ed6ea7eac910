import { resolve } from 'node:path';
import { formatMessage } from '#engine/api/message.ts';
import { leftOutMessages } from '#engine/files/left-out.ts';
import { copyFromContainer, copyToContainer, linkAt } from '#engine/operations/copy.ts';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import type { Command, CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { findContainer, listServiceContainers, serviceOf } from '../frame/service-names.ts';

export const cp: Command = {
  name: 'cp',
  usage: '[OPTIONS] SERVICE:SRC_PATH DEST_PATH|-\n\tdocker compose cp [OPTIONS] SRC_PATH|- SERVICE:DEST_PATH',
  summary: 'Copy files/folders between a service container and the local filesystem',
  arguments: { least: 2, most: 2, words: 'docker' },
  options: [
    { name: 'all', type: 'flag', description: 'Include containers created by the run command' },
    { name: 'archive', short: 'a', type: 'flag', description: 'Archive mode (copy all uid/gid information)' },
    {
      name: 'follow-link',
      short: 'L',
      type: 'flag',
      description: 'Always follow symbol link in SRC_PATH',
    },
    {
      name: 'index',
      type: 'number',
      description: 'Index of the container if service has multiple replicas',
    },
  ],

  async run(context) {
    const [from = '', to = ''] = context.arguments;
    const [source, destination] = [split(from), split(to)];
    if (source.service !== undefined && destination.service !== undefined)
      throw new CommandError('copying between services is not supported');
    if (source.service !== undefined) return copyOut(context, source.service, source.path, destination.path);
    if (destination.service !== undefined)
      return copyIn(context, source.path, destination.service, destination.path);
    throw new CommandError('unknown copy direction');
  },
};

async function copyOut(
  context: CommandContext,
  service: string,
  source: string,
  destination: string,
): Promise<number> {
  const { options, output, errors, signal, cwd } = context;
  const engine = await context.engine();
  const copy = { followLink: options.flag('follow-link') };
  const [container] = await containersOf(context, service, false);
  if (container === undefined)
    throw new CommandError(`no container found for service ${JSON.stringify(service)}`);
  if (destination === '-') {
    const link = copy.followLink ? await linkAt(engine, container.id, source, signal) : undefined;
    for await (const chunk of await engine.getArchive(container.id, link?.target ?? source, signal)) {
      output.write(chunk);
      await output.drained();
    }
    return 0;
  }
  const to = absolute(cwd, destination);
  await progress(context, container, `${container.name}:${source}`, destination, async () => {
    const leftOut = await copyFromContainer(engine, container.id, source, to, copy, signal);
    for (const message of leftOutMessages(leftOut)) errors.write(`${formatMessage(message)}\n`);
  });
  return 0;
}

async function copyIn(
  context: CommandContext,
  source: string,
  service: string,
  destination: string,
): Promise<number> {
  const { options, input, signal, cwd } = context;
  const engine = await context.engine();
  const containers = await containersOf(context, service, true);
  const copy = { followLink: options.flag('follow-link'), archive: options.flag('archive') };
  if (source === '-') {
    const [container] = containers;
    if (container !== undefined)
      await engine.putArchive(
        container.id,
        { path: destination, copyOwnership: copy.archive },
        input.read(),
        signal,
      );
    return 0;
  }
  await Promise.all(
    containers.map((container) =>
      progress(context, container, source, `${container.name}:${destination}`, () =>
        copyToContainer(engine, container.id, absolute(cwd, source), destination, copy, signal),
      ),
    ),
  );
  return 0;
}

/** Into a service means into all its containers; out of it, from the first. */
async function containersOf(
  context: CommandContext,
  service: string,
  every: boolean,
): Promise<readonly ContainerSummary[]> {
  const { options, signal } = context;
  const target = await context.target({ allProfiles: true });
  const engine = await context.engine();
  const index = options.number('index') ?? 0;
  if (index > 0 || !every)
    return [await findContainer(engine, target.name, service, { index, all: true }, signal)];
  const listed = { all: true, oneOff: options.flag('all') };
  const containers = await listServiceContainers(engine, target.name, [service], listed, signal);
  const found = containers.filter(({ labels }) => serviceOf(labels) === service);
  if (found.length === 0) throw new CommandError(`no container found for service ${JSON.stringify(service)}`);
  return found;
}

async function progress(
  { errors, global }: CommandContext,
  { name }: ContainerSummary,
  from: string,
  to: string,
  work: () => Promise<void>,
): Promise<void> {
  const line = `${global.dryRun ? 'DRY-RUN MODE - ' : ''} ${name} copy ${from} to ${to}`;
  errors.write(`${line} Copying\n`);
  if (!global.dryRun) await work();
  errors.write(`${line} Copied\n`);
}

/** `SERVICE:PATH`; a path that begins with `.` or `/`, or a drive, is a local one. */
function split(text: string): { readonly service: string | undefined; readonly path: string } {
  const colon = text.indexOf(':');
  const isLocal = colon <= 0 || /^[./\\]/.test(text) || (process.platform === 'win32' && colon === 1);
  return isLocal
    ? { service: undefined, path: text }
    : { service: text.slice(0, colon), path: text.slice(colon + 1) };
}

/** Keeps a `/.` at the end, which means something. */
function absolute(cwd: string, path: string): string {
  return resolve(cwd, path) + (/[\\/]\.$/.test(path) ? '/.' : /[\\/]$/.test(path) ? '/' : '');
}
