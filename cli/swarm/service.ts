import type { ServiceSpec } from '#engine/api/swarm-calls.ts';
import { forced, rollBack, scaled } from '#engine/swarm/alter-spec.ts';
import { changeService } from '#engine/swarm/change-service.ts';
import { requireManager } from '#engine/swarm/deploy-stack.ts';
import { edited } from '#engine/swarm/edit-service.ts';
import { pinImage, taggedImage, withPinned } from '#engine/swarm/pin-images.ts';
import type { CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { warn } from '../frame/progress-lines.ts';
import { commandGroup } from '../frame/command-group.ts';
import { converge, detachOption } from './detach-option.ts';
import { editOf, editOptions } from './service-edit-options.ts';
import { printServiceLogs } from './service-logs.ts';
import { serviceTable, taskTable } from './swarm-tables.ts';

export const service = commandGroup('service', 'Manage services of a swarm', {
  ls: {
    usage: '[OPTIONS]',
    summary: 'List services',
    arguments: { least: 0, most: 0 },
    options: [{ name: 'quiet', short: 'q', type: 'flag', description: 'Only display IDs' }],
    async run(context) {
      const engine = await manager(context);
      const services = await engine.listServices({}, context.signal);
      context.output.write(
        context.options.flag('quiet')
          ? services.map(({ ID }) => `${ID.slice(0, 12)}\n`).join('')
          : serviceTable(services),
      );
      return 0;
    },
  },
  ps: {
    usage: '[OPTIONS] SERVICE...',
    summary: 'List the tasks of services',
    arguments: { least: 1 },
    options: [
      { name: 'no-trunc', type: 'flag', description: 'Do not truncate output' },
      { name: 'quiet', short: 'q', type: 'flag', description: 'Only display task IDs' },
    ],
    async run(context) {
      const { options, output, signal } = context;
      const engine = await manager(context);
      const services = await Promise.all(
        context.arguments.map((name) => engine.inspectService(name, signal)),
      );
      const { text } = await taskTable(
        engine,
        { service: services.map(({ ID }) => ID) },
        { noTrunc: options.flag('no-trunc'), quiet: options.flag('quiet') },
        signal,
      );
      output.write(text);
      return 0;
    },
  },
  logs: {
    usage: '[OPTIONS] SERVICE',
    summary: "Show the logs of a service's tasks",
    arguments: { least: 1, most: 1 },
    options: [
      { name: 'follow', short: 'f', type: 'flag', description: 'Follow log output' },
      { name: 'timestamps', short: 't', type: 'flag', description: 'Show timestamps' },
      {
        name: 'tail',
        short: 'n',
        type: 'text',
        default: 'all',
        description: 'Lines from the end of each task',
      },
      { name: 'since', type: 'text', description: 'Show logs since a time or a duration' },
      { name: 'raw', type: 'flag', description: 'Without the names of tasks' },
    ],
    async run(context) {
      await printServiceLogs(context, await manager(context));
      return 0;
    },
  },
  scale: {
    usage: '[OPTIONS] SERVICE=REPLICAS...',
    summary: 'Change how many tasks services run',
    arguments: { least: 1 },
    options: [detachOption],
    async run(context) {
      const wanted = context.arguments.map((entry) => {
        const [, name, count] = /^(.+)=(\d+)$/.exec(entry) ?? [];
        if (name === undefined)
          throw new CommandError(`invalid scale specifier '${entry}': SERVICE=REPLICAS`);
        return { name, replicas: Number(count) };
      });
      const ids: string[] = [];
      for (const { name, replicas } of wanted) {
        ids.push(await change(context, name, (spec) => scaled(spec, replicas)));
        context.output.write(`${name} scaled to ${replicas}\n`);
      }
      await converge(context, await context.engine(), ids);
      return 0;
    },
  },
  update: {
    usage: '[OPTIONS] SERVICE',
    summary: 'Change a service',
    arguments: { least: 1, most: 1 },
    options: [
      { name: 'image', type: 'text', description: 'Image of the service' },
      { name: 'replicas', type: 'number', description: 'Number of tasks' },
      { name: 'force', type: 'flag', description: 'Make the tasks anew even if nothing changes' },
      { name: 'no-resolve-image', type: 'flag', description: 'Do not ask the registry for its digest' },
      { name: 'with-registry-auth', type: 'flag', description: "Send the registry's user to the nodes" },
      ...editOptions,
      detachOption,
    ],
    async run(context) {
      const { options, signal } = context;
      const [name = ''] = context.arguments;
      const image = options.text('image');
      const replicas = options.number('replicas');
      const edit = editOf(options);
      const pinned =
        image === undefined
          ? undefined
          : options.flag('no-resolve-image')
            ? { image: taggedImage(image) }
            : await pinImage(await manager(context), image, (warning) => warn(context, warning), signal);
      const id = await change(
        context,
        name,
        (old) => {
          const spec = edited(old, edit);
          const withReplicas = replicas === undefined ? spec : scaled(spec, replicas);
          const changed = pinned === undefined ? withReplicas : withPinned(withReplicas, pinned);
          return options.flag('force') ? forced(changed) : changed;
        },
        options.flag('with-registry-auth'),
      );
      context.output.write(`${name}\n`);
      await converge(context, await context.engine(), [id]);
      return 0;
    },
  },
  rollback: {
    usage: '[OPTIONS] SERVICE',
    summary: 'Go back to what the service was before its last change',
    arguments: { least: 1, most: 1 },
    options: [detachOption],
    async run(context) {
      const { signal } = context;
      const [name = ''] = context.arguments;
      const engine = await manager(context);
      const id = await rollBack(engine, name, signal);
      context.output.write(`${name}\n`);
      await converge(context, engine, [id], { rollback: true });
      return 0;
    },
  },
  inspect: {
    usage: 'SERVICE...',
    summary: 'Show everything about services, as JSON',
    arguments: { least: 1 },
    options: [],
    async run(context) {
      const engine = await manager(context);
      const found = await Promise.all(
        context.arguments.map((name) => engine.inspectService(name, context.signal)),
      );
      context.output.write(`${JSON.stringify(found, undefined, 4)}\n`);
      return 0;
    },
  },
});

async function manager({ engine: connect, signal }: CommandContext) {
  const engine = await connect();
  await requireManager(engine, signal);
  return engine;
}

/** Resolves with the service's id. */
async function change(
  context: CommandContext,
  name: string,
  to: (spec: ServiceSpec) => ServiceSpec,
  credentials = false,
): Promise<string> {
  const engine = await manager(context);
  const { ID } = await engine.inspectService(name, context.signal);
  const onWarning = (warning: string) => warn(context, warning);
  await changeService(engine, ID, to, { credentials, onWarning }, context.signal);
  return ID;
}
