import { requireManager } from '../../swarm/deploy.ts';
import { commandGroup } from './group.ts';
import { nodeTable } from './tables.ts';

export const node = commandGroup('node', 'Manage nodes of a swarm', {
  ls: {
    usage: '[OPTIONS]',
    summary: 'List nodes',
    arguments: { least: 0, most: 0 },
    options: [{ name: 'quiet', short: 'q', type: 'flag', description: 'Only display IDs' }],
    async run({ options, output, signal, ...context }) {
      const engine = await context.engine();
      await requireManager(engine, signal);
      const nodes = await engine.listSwarmNodes(signal);
      const { nodeId } = await engine.inspectSwarmMembership(signal);
      output.write(
        options.flag('quiet') ? nodes.map(({ ID }) => `${ID}\n`).join('') : nodeTable(nodes, nodeId),
      );
      return 0;
    },
  },
});
