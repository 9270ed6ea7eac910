import { describe, expect, it } from 'vitest';
import type { ObservedSwarm } from '#engine/swarm/observe-swarm.ts';
import { leaveText } from '../../../client/src/swarm/leave-text.ts';
import { manageNodesCommand } from '../../../client/src/swarm/node-commands.ts';
import {
  initSwarmCommand,
  joinTokenCommand,
  leaveSwarmCommand,
} from '../../../client/src/swarm/swarm-commands.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { person } from '../support/person.ts';
import { openWorkbench } from '../support/workbench.ts';
import { english } from '../translate.ts';

async function inSwarm(change: (engine: MemoryEngine) => void = ({ swarm }) => swarm.begins()) {
  const engine = new MemoryEngine();
  change(engine);
  return { engine, workbench: await openWorkbench({ engines: { '': engine } }) };
}

describe('Initialize Swarm', () => {
  it('makes the engine the first node once that is agreed to', async () => {
    const { engine, workbench } = await inSwarm(() => {});
    await initSwarmCommand(workbench);
    expect(person.last?.detail).toContain('Containers and projects are not affected.');
    expect(engine.calls).toEqual([]);
    person.answers('Initialize Swarm');
    await initSwarmCommand(workbench);
    expect(engine.calls).toEqual(['begin swarm']);
    expect(workbench.swarm.swarm?.nodes).toMatchObject([{ name: 'one', isManager: true }]);
  });

  it('asks for the address where the machine has several', async () => {
    const { engine, workbench } = await inSwarm(({ swarm }) => {
      swarm.needsAddress = true;
    });
    person.answers('Initialize Swarm', '192.168.1.10');
    await initSwarmCommand(workbench);
    expect(person.saw('input')).toEqual([
      'This machine has several addresses. Select the one that other nodes can reach.',
    ]);
    expect(engine.calls).toEqual(['begin swarm 192.168.1.10']);
  });

  it('begins none when nobody says which address', async () => {
    const { engine, workbench } = await inSwarm(({ swarm }) => {
      swarm.needsAddress = true;
    });
    person.answers('Initialize Swarm');
    await initSwarmCommand(workbench);
    expect(engine.calls).toEqual([]);
    expect(person.saw('error')).toEqual([]);
  });

  it('says so where there is one', async () => {
    const { workbench } = await inSwarm();
    await initSwarmCommand(workbench);
    expect(person.saw('information')).toEqual(['This engine already manages a swarm (10.0.0.1:2377).']);
  });

  it('does not offer a worker a swarm of its own', async () => {
    const { engine, workbench } = await inSwarm(({ swarm }) => {
      swarm.state = 'active';
    });
    await initSwarmCommand(workbench);
    expect(person.saw('information')).toEqual([
      'This engine is a worker of its swarm. Connect to a manager, or promote this node there.',
    ]);
    expect(engine.calls).toEqual([]);
  });
});

it.each([
  ['Initialize Swarm', initSwarmCommand],
  ['Nodes of the swarm', manageNodesCommand],
])('%s says why it cannot be done where no engine answers', async (name, command) => {
  const { engine, workbench } = await inSwarm();
  engine.breaks();
  await expect.poll(() => workbench.engine.current).toBeUndefined();
  await command(workbench);
  expect(person.saw('error')).toEqual([`${name}: Nothing is responding at .`]);
});

describe('the join token', () => {
  it('is copied as the line that the other machine runs, and not shown', async () => {
    const { workbench } = await inSwarm();
    person.answers('Worker');
    await joinTokenCommand(workbench);
    expect(person.clipboard).toBe('docker swarm join --token token-of-workers 10.0.0.1:2377');
    expect(person.saw('information')).toEqual([
      "The command was copied. Run it on the other machine. It contains the swarm's join token, so keep it secret.",
    ]);
    expect(workbench.written.join('\n')).not.toContain('token-of');
    person.answers('Manager');
    await joinTokenCommand(workbench);
    expect(person.clipboard).toContain('token-of-managers');
  });

  it('is copied for nobody who does not say for whom', async () => {
    const { workbench } = await inSwarm();
    await joinTokenCommand(workbench);
    expect(person.clipboard).toBe('');
  });
});

describe('Leave Swarm', () => {
  it('names what is lost with the only node, also where nobody has looked at the tree', async () => {
    const { engine, workbench } = await inSwarm(({ swarm }) => {
      swarm.begins();
      swarm.hasService('shop_web', { stack: 'shop' });
    });
    await leaveSwarmCommand(workbench);
    expect(person.last?.detail).toBe(
      'This is the only node. The swarm and its stacks (shop), secrets, and configs will be removed. Volumes will be kept.',
    );
    expect(engine.calls).toEqual([]);
    person.answers('Leave Swarm');
    await leaveSwarmCommand(workbench);
    expect(engine.calls).toEqual(['leave swarm']);
    expect(workbench.swarm.swarm).toBeUndefined();
  });

  const node = (name: string, isManager: boolean) => ({ id: name, name, ready: true, isManager });
  const swarm = (...nodes: ReturnType<typeof node>[]): ObservedSwarm => ({ nodes, stacks: [], services: [] });
  it.each([
    ['the only node', swarm(node('one', true)), /^This is the only node. .*\(none\)/],
    ['the only manager', swarm(node('one', true), node('two', false)), /^This is the only manager. /],
    [
      'one of the managers',
      swarm(node('one', true), node('two', true)),
      /^Its tasks will move to other nodes\./,
    ],
    ['a worker', undefined, /^Its tasks will move to other nodes\./],
  ])('says what becomes of it without %s', (_name, observed, expected) => {
    expect(leaveText(observed, english)).toMatch(expected);
  });
});

describe('Nodes', () => {
  const two = ({ swarm }: MemoryEngine) => {
    swarm.begins();
    swarm.hasNode('two', { Role: 'worker', Availability: 'drain' });
  };

  it('are listed with their role and state, as docker node ls has it', async () => {
    const { workbench } = await inSwarm(two);
    await manageNodesCommand(workbench);
    expect(person.last?.options).toMatchObject([
      { label: 'one', description: 'manager (leader), ready, active' },
      { label: 'two', description: 'worker, ready, drain' },
    ]);
  });

  it('are offered what they are not yet', async () => {
    const { workbench } = await inSwarm(two);
    person.answers('one');
    await manageNodesCommand(workbench);
    expect(person.last?.choices).toEqual(['Pause', 'Drain', 'Demote to Worker', 'Remove from the Swarm']);
    person.answers('two');
    await manageNodesCommand(workbench);
    expect(person.last?.choices).toEqual([
      'Activate',
      'Pause',
      'Promote to Manager',
      'Remove from the Swarm',
    ]);
  });

  it('take tasks again, and stay what they are otherwise', async () => {
    const { engine, workbench } = await inSwarm(two);
    person.answers('two', 'Activate');
    await manageNodesCommand(workbench);
    expect(engine.calls).toEqual(['update node id-of-two {"Role":"worker","Availability":"active"}']);
  });

  it('lose their tasks, and the swarm a node, only once that is agreed to', async () => {
    const { engine, workbench } = await inSwarm(two);
    person.answers('one', 'Drain');
    await manageNodesCommand(workbench);
    expect(person.last?.text).toBe('Drain one? Its tasks will be stopped and started on other nodes.');
    person.answers('two', 'Remove from the Swarm');
    await manageNodesCommand(workbench);
    expect(engine.calls).toEqual([]);
    person.answers('two', 'Remove from the Swarm', 'Remove from the Swarm');
    await manageNodesCommand(workbench);
    expect(engine.calls).toEqual(['remove node id-of-two']);
    expect(workbench.swarm.swarm?.nodes.map(({ name }) => name)).toEqual(['one']);
  });
});
