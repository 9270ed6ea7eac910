import { requireManager } from '#engine/swarm/deploy-stack.ts';
import { changeNode, findNode } from '#engine/swarm/nodes.ts';
import type { NodeSpec } from '#engine/api/swarm-calls.ts';
import type { CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import type { Subcommand } from '../frame/command.ts';
import { commandGroup } from '../frame/command-group.ts';
import { nodeTable, taskTable } from './swarm-tables.ts';
import { recordOf } from '#compose/values/record.ts';

export const node = commandGroup('node', 'Manage nodes of a swarm', {
  ls: {
    usage: '[OPTIONS]',
    summary: 'List nodes',
    arguments: { least: 0, most: 0 },
    options: [{ name: 'quiet', short: 'q', type: 'flag', description: 'Only display IDs' }],
    async run(context) {
      const { options, output, signal } = context;
      const engine = await manager(context);
      const nodes = await engine.listSwarmNodes(signal);
      const { nodeId } = await engine.inspectSwarmMembership(signal);
      output.write(
        options.flag('quiet') ? nodes.map(({ ID }) => `${ID}\n`).join('') : nodeTable(nodes, nodeId),
      );
      return 0;
    },
  },
  ps: {
    usage: '[OPTIONS] [NODE...]',
    summary: 'List the tasks of nodes',
    arguments: { least: 0 },
    options: [
      { name: 'no-trunc', type: 'flag', description: 'Do not truncate output' },
      { name: 'quiet', short: 'q', type: 'flag', description: 'Only display task IDs' },
    ],
    async run(context) {
      const { options, output, signal } = context;
      const engine = await manager(context);
      const names = context.arguments.length === 0 ? ['self'] : context.arguments;
      const nodes = await Promise.all(names.map((name) => findNode(engine, name, signal)));
      const { text } = await taskTable(
        engine,
        { node: nodes.map(({ ID }) => ID) },
        { noTrunc: options.flag('no-trunc'), quiet: options.flag('quiet') },
        signal,
      );
      output.write(text);
      return 0;
    },
  },
  inspect: {
    usage: 'self|NODE...',
    summary: 'Show everything about nodes, as JSON',
    arguments: { least: 1 },
    options: [],
    async run(context) {
      const engine = await manager(context);
      const found = await Promise.all(
        context.arguments.map((name) => findNode(engine, name, context.signal)),
      );
      context.output.write(`${JSON.stringify(found, undefined, 4)}\n`);
      return 0;
    },
  },
  update: {
    usage: '[OPTIONS] NODE',
    summary: 'Change a node',
    arguments: { least: 1, most: 1 },
    options: [
      { name: 'availability', type: 'text', description: 'active, pause or drain (its tasks move away)' },
      { name: 'role', type: 'text', description: 'worker or manager' },
      { name: 'label-add', type: 'list', description: 'Add or change a label' },
      { name: 'label-rm', type: 'list', description: 'Remove a label' },
    ],
    async run(context) {
      const { options, output, signal } = context;
      const [name = ''] = context.arguments;
      const Availability = oneOf('availability', options.text('availability'), ['active', 'pause', 'drain']);
      const Role = oneOf('role', options.text('role'), ['worker', 'manager']);
      const remove = new Set(options.list('label-rm'));
      const add = recordOf(
        options.list('label-add').map((entry) => {
          const at = entry.indexOf('=');
          return at === -1 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)];
        }),
      );
      const engine = await manager(context);
      const { ID } = await findNode(engine, name, signal);
      const change = (old: NodeSpec) => ({
        ...old,
        ...(Availability !== undefined && { Availability }),
        ...(Role !== undefined && { Role }),
        Labels: {
          ...recordOf(Object.entries(old.Labels ?? {}).filter(([key]) => !remove.has(key))),
          ...add,
        },
      });
      await changeNode(engine, ID, change, signal);
      output.write(`${name}\n`);
      return 0;
    },
  },
  promote: roleCommand('manager', 'Make nodes managers', 'promoted to a manager in the swarm'),
  demote: roleCommand('worker', 'Make managers workers', 'demoted in the swarm'),
  rm: {
    usage: '[OPTIONS] NODE...',
    summary: 'Remove nodes that have left',
    arguments: { least: 1 },
    options: [
      { name: 'force', short: 'f', type: 'flag', description: 'Remove even a node that is not down' },
    ],
    async run(context) {
      const { options, output, signal } = context;
      const engine = await manager(context);
      for (const name of context.arguments) {
        const { ID } = await findNode(engine, name, signal);
        await engine.removeSwarmNode(ID, { force: options.flag('force') }, signal);
        output.write(`${name}\n`);
      }
      return 0;
    },
  },
});

function roleCommand(role: 'manager' | 'worker', summary: string, done: string): Subcommand {
  return {
    usage: 'NODE...',
    summary,
    arguments: { least: 1 },
    options: [],
    async run(context) {
      const { output, signal } = context;
      const engine = await manager(context);
      for (const name of context.arguments) {
        const { ID } = await findNode(engine, name, signal);
        const isChanged = await changeNode(engine, ID, (old) => ({ ...old, Role: role }), signal);
        output.write(isChanged ? `Node ${name} ${done}.\n` : `Node ${name} is already a ${role}.\n`);
      }
      return 0;
    },
  };
}

async function manager({ engine: connect, signal }: CommandContext) {
  const engine = await connect();
  await requireManager(engine, signal);
  return engine;
}

function oneOf(option: string, value: string | undefined, known: readonly string[]): string | undefined {
  if (value === undefined || known.includes(value)) return value;
  throw new CommandError(`invalid --${option} ${value}: there are ${known.join(', ')}`);
}
