import { requireManager } from '#engine/swarm/deploy-stack.ts';
import { leaveSwarm } from '#engine/swarm/leave-swarm.ts';
import type { CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { commandGroup } from '../frame/command-group.ts';

export const swarm = commandGroup('swarm', 'Manage a swarm', {
  init: {
    usage: '[OPTIONS]',
    summary: 'Initialize a swarm',
    arguments: { least: 0, most: 0 },
    options: [
      { name: 'advertise-addr', type: 'text', description: 'Address at which other nodes reach this one' },
      { name: 'listen-addr', type: 'text', default: '0.0.0.0:2377', description: 'Listen address' },
      { name: 'data-path-addr', type: 'text', description: 'Address for the traffic of containers' },
      { name: 'force-new-cluster', type: 'flag', description: 'Begin anew from the current state' },
    ],
    async run(context) {
      const { options, output, signal } = context;
      const engine = await context.engine();
      const id = await engine.initSwarm(
        {
          ListenAddr: options.text('listen-addr'),
          AdvertiseAddr: options.text('advertise-addr') ?? '',
          DataPathAddr: options.text('data-path-addr') ?? '',
          ForceNewCluster: options.flag('force-new-cluster'),
          Spec: {},
        },
        signal,
      );
      output.write(`Swarm initialized: current node (${id}) is now a manager.\n\n`);
      await printJoin(context, 'worker');
      return 0;
    },
  },
  join: {
    usage: '[OPTIONS] HOST:PORT',
    summary: 'Join a swarm as a node',
    arguments: { least: 1, most: 1 },
    options: [
      { name: 'token', type: 'text', description: 'Token for entry into the swarm' },
      { name: 'advertise-addr', type: 'text', description: 'Address at which other nodes reach this one' },
      { name: 'listen-addr', type: 'text', default: '0.0.0.0:2377', description: 'Listen address' },
      { name: 'availability', type: 'text', default: 'active', description: 'active, pause or drain' },
    ],
    async run({ options, output, signal, ...context }) {
      const engine = await context.engine();
      await engine.joinSwarm(
        {
          ListenAddr: options.text('listen-addr'),
          AdvertiseAddr: options.text('advertise-addr') ?? '',
          RemoteAddrs: context.arguments,
          JoinToken: options.text('token') ?? '',
          Availability: options.text('availability'),
        },
        signal,
      );
      const { isManager } = await engine.inspectSwarmMembership(signal);
      output.write(`This node joined a swarm as a ${isManager ? 'manager' : 'worker'}.\n`);
      return 0;
    },
  },
  leave: {
    usage: '[OPTIONS]',
    summary: 'Leave the swarm',
    arguments: { least: 0, most: 0 },
    options: [
      {
        name: 'force',
        short: 'f',
        type: 'flag',
        description:
          'Leave even as a manager: of the last one, the swarm is lost with its stacks and secrets',
      },
    ],
    async run({ options, output, signal, ...context }) {
      await leaveSwarm(await context.engine(), { force: options.flag('force') }, signal);
      output.write('Node left the swarm.\n');
      return 0;
    },
  },
  'join-token': {
    usage: '[OPTIONS] (worker|manager)',
    summary: 'Show how a node joins',
    arguments: { least: 1, most: 1 },
    options: [
      { name: 'quiet', short: 'q', type: 'flag', description: 'Only display the token' },
      { name: 'rotate', type: 'flag', description: 'Make a new token; the old one lets nobody in any more' },
    ],
    async run(context) {
      const { options, signal } = context;
      const [role = ''] = context.arguments;
      if (role !== 'worker' && role !== 'manager')
        throw new CommandError(`unknown role ${role}: there are worker and manager`);
      const engine = await context.engine();
      await requireManager(engine, signal);
      if (options.flag('rotate')) await engine.rotateJoinToken(role, signal);
      await printJoin(context, role, options.flag('quiet'));
      return 0;
    },
  },
});

async function printJoin(
  { engine: connect, output, signal }: CommandContext,
  role: 'worker' | 'manager',
  quiet = false,
): Promise<void> {
  const engine = await connect();
  const tokens = await engine.getJoinTokens(signal);
  const token = role === 'worker' ? tokens.Worker : tokens.Manager;
  if (quiet) {
    output.write(`${token}\n`);
    return;
  }
  const { address } = await engine.inspectSwarmMembership(signal);
  output.write(
    `To add a ${role} to this swarm, run the following command:\n\n    docker swarm join --token ${token} ${address}\n\n`,
  );
}
