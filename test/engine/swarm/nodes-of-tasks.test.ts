import { expect, test } from 'vitest';
import { nodesOfTasks } from '#engine/swarm/nodes-of-tasks.ts';
import type { ObservedService, ObservedSwarm } from '#engine/swarm/observe-swarm.ts';

const service = (shortName: string, ...tasks: readonly [state: string, node: string][]) =>
  ({
    name: `shop_${shortName}`,
    shortName,
    tasks: tasks.map(([state, node]) => ({ state, node })),
  }) as unknown as ObservedService;

const swarm: ObservedSwarm = {
  nodes: [],
  stacks: [
    { name: 'shop', services: [service('web', ['running', 'two'], ['running', 'one'], ['failed', 'three'])] },
    { name: 'other', services: [service('web', ['running', 'four'])] },
  ],
  services: [service('lone', ['running', 'five'])],
};

test.each<[string | undefined, string, readonly string[]]>([
  ['shop', 'web', ['one', 'two']],
  ['other', 'web', ['four']],
  [undefined, 'web', ['four', 'one', 'two']],
  ['shop', 'db', []],
  ['shop', 'shop_lone', ['five']],
])('%s › %s runs on %j', (project, name, nodes) => {
  expect(nodesOfTasks(swarm, project, name)).toEqual(nodes);
  expect(nodesOfTasks(undefined, project, name)).toEqual([]);
});
