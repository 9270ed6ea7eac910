import type { EnginePort } from '#engine/api/engine-port.ts';
import { deployStack, requireManager } from '#engine/swarm/deploy-stack.ts';
import { type MadeObject, removeMade } from '#engine/swarm/remove-made.ts';
import { removeStack } from '#engine/swarm/remove-stack.ts';
import type { ServiceChanges } from '#engine/swarm/service-changes.ts';
import type { StackRequest } from '#engine/swarm/stack.ts';
import { stackLabel } from '#engine/swarm/stack-labels.ts';
import type { CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { loadProject } from '../frame/load-project.ts';
import { warn } from '../frame/progress-lines.ts';
import { formatTable } from '../frame/table.ts';
import { commandGroup } from '../frame/command-group.ts';
import { converge, detachOption } from './detach-option.ts';
import { natural, serviceTable, taskTable } from './swarm-tables.ts';

export const stack = commandGroup('stack', 'Manage stacks of a swarm', {
  deploy: {
    usage: '[OPTIONS] STACK',
    summary: 'Deploy a new stack or update an existing stack',
    arguments: { least: 1, most: 1 },
    options: [
      {
        name: 'compose-file',
        short: 'c',
        type: 'list',
        description: 'Path to a Compose file, or - for input',
      },
      { name: 'prune', type: 'flag', description: 'Remove services that the files no longer have' },
      {
        name: 'resolve-image',
        type: 'text',
        default: 'always',
        description: 'Ask the registry for the digests of images: always, changed or never',
      },
      {
        name: 'versioned',
        type: 'flag',
        description: 'Deploy secrets and configs whose content has changed under a new name',
      },
      { name: 'with-registry-auth', type: 'flag', description: "Send the registry's user to the nodes" },
      {
        name: 'clean',
        type: 'flag',
        description: 'If the deploy fails, remove what it has made: nothing that was there before',
      },
      { name: 'quiet', short: 'q', type: 'flag', description: 'Do not write how the tasks come up' },
      detachOption,
    ],
    async run(context) {
      const { options, global, signal } = context;
      const [name = ''] = context.arguments;
      const resolveImage = options.text('resolve-image') ?? 'always';
      if (resolveImage !== 'always' && resolveImage !== 'changed' && resolveImage !== 'never')
        throw new CommandError(
          `invalid --resolve-image ${resolveImage}: there are always, changed and never`,
        );
      const files = [...global.files, ...options.list('compose-file')];
      const loaded = await loadProject(
        { ...context, global: { ...global, files, projectName: name } },
        process.platform,
        { asStack: true },
      );
      const engine = await context.engine();
      const made: MadeObject[] = [];
      try {
        const ids = await deployStack(
          engine,
          loaded,
          name,
          {
            prune: options.flag('prune'),
            resolveImage,
            credentials: options.flag('with-registry-auth'),
            dryRun: global.dryRun,
            renames: () => options.flag('versioned'),
            onStep: (request) => context.output.write(stepText(request, global.dryRun)),
            onWarning: (warning) => warn(context, warning),
            onMade: (object) => made.push(object),
          },
          signal,
        );
        await converge(context, engine, ids);
      } catch (error) {
        await cleanUp(context, engine, made);
        throw error;
      }
      return 0;
    },
  },
  ls: {
    usage: '',
    summary: 'List stacks',
    arguments: { least: 0, most: 0 },
    options: [],
    async run({ output, engine: connect, signal }) {
      const engine = await connect();
      await requireManager(engine, signal);
      const counts = new Map<string, number>();
      for (const { Spec } of await engine.listServices({ label: [stackLabel] }, signal)) {
        const name = Spec.Labels?.[stackLabel] ?? '';
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      const rows = [...counts]
        .toSorted(([a], [b]) => natural(a, b))
        .map(([name, count]) => [name, String(count)]);
      output.write(formatTable(['NAME', 'SERVICES'], rows));
      return 0;
    },
  },
  ps: {
    usage: '[OPTIONS] STACK',
    summary: 'List the tasks in the stack',
    arguments: { least: 1, most: 1 },
    options: [
      { name: 'no-trunc', type: 'flag', description: 'Do not truncate output' },
      { name: 'quiet', short: 'q', type: 'flag', description: 'Only display task IDs' },
    ],
    async run(context) {
      const { options, output, signal } = context;
      const [name = ''] = context.arguments;
      const engine = await context.engine();
      await requireManager(engine, signal);
      const { text, count } = await taskTable(
        engine,
        { label: [`${stackLabel}=${name}`] },
        { noTrunc: options.flag('no-trunc'), quiet: options.flag('quiet') },
        signal,
      );
      if (count === 0) throw nothing(name);
      output.write(text);
      return 0;
    },
  },
  services: {
    usage: '[OPTIONS] STACK',
    summary: 'List the services in the stack',
    arguments: { least: 1, most: 1 },
    options: [{ name: 'quiet', short: 'q', type: 'flag', description: 'Only display IDs' }],
    async run(context) {
      const { options, output, signal } = context;
      const [name = ''] = context.arguments;
      const engine = await context.engine();
      await requireManager(engine, signal);
      const services = await engine.listServices({ label: [`${stackLabel}=${name}`] }, signal);
      if (services.length === 0) throw nothing(name);
      output.write(
        options.flag('quiet')
          ? services.map(({ ID }) => `${ID.slice(0, 12)}\n`).join('')
          : serviceTable(services),
      );
      return 0;
    },
  },
  rm: {
    usage: '[OPTIONS] STACK...',
    summary: 'Remove stacks; their volumes stay',
    arguments: { least: 1 },
    options: [detachOption],
    async run(context) {
      const { options, output, errors, signal } = context;
      const engine = await context.engine();
      await requireManager(engine, signal);
      for (const name of context.arguments) {
        const count = await removeStack(
          engine,
          name,
          { wait: !options.flag('detach') },
          (step) => output.write(`Removing ${step.kind} ${step.name}\n`),
          signal,
        );
        if (count === 0) errors.write(`Nothing found in stack: ${name}\n`);
      }
      return 0;
    },
  },
});

/** What a deploy that failed has made is named, and removed where that was asked for. Ending the waiting is no failure. */
async function cleanUp(
  { options, errors, signal }: CommandContext,
  engine: EnginePort,
  made: readonly MadeObject[],
): Promise<void> {
  if (made.length === 0 || signal.aborted) return;
  if (!options.flag('clean')) {
    const list = made.map(({ kind, name }) => `${kind} ${name}`).join(', ');
    errors.write(`Made before it failed: ${list}. With --clean, a deploy that fails removes them.\n`);
    return;
  }
  await removeMade(engine, made, ({ kind, name }) => errors.write(`Removing ${kind} ${name}\n`), signal);
}

function nothing(name: string): CommandError {
  return new CommandError(`nothing found in stack: ${name}`);
}

/** In the words of `docker stack deploy`. */
function stepText(request: StackRequest, isPlan: boolean): string {
  switch (request.kind) {
    case 'remove-service':
      return `Removing service ${request.name}\n`;
    case 'create-network':
      return `Creating network ${request.name}\n`;
    case 'create-file':
      return `Creating ${request.file} ${request.name}\n`;
    case 'create-service':
      return `Creating service ${request.name}\n`;
    case 'update-service':
      return `Updating service ${request.name} (id: ${request.id})${isPlan ? `: ${changesText(request.changes)}` : ''}\n`;
    case 'check-network':
    case 'update-file':
      return '';
  }
}

/** `image, environment; its tasks are replaced`. */
function changesText({ fields, replacesTasks }: ServiceChanges): string {
  if (fields.length === 0) return 'nothing changes';
  return `${fields.join(', ')}; its tasks ${replacesTasks ? 'are replaced' : 'go on'}`;
}
