import { describe, expect, it } from 'vitest';
import { EngineError } from '#engine/api/engine-error.ts';
import { deployStackCommand, removeStackCommand } from '../../../client/src/swarm/stack-commands.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { person } from '../support/person.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';

const compose = `name: shop
services:
  web: { image: 'nginx:1', configs: [site], container_name: web, networks: [front] }
networks:
  front: {}
configs:
  site: { content: hello }
`;

async function shop(change: (engine: MemoryEngine) => void = ({ swarm }) => swarm.begins()) {
  const engine = new MemoryEngine();
  change(engine);
  const workbench = await openWorkbench({ files: { 'compose.yaml': compose }, engines: { '': engine } });
  const row = { kind: 'project', id: 'p', stack: stackNamed(workbench, 'shop').key };
  return { engine, workbench, deploy: () => deployStackCommand(workbench, [row]) };
}

describe('Deploy to the swarm', () => {
  it('says what will be done, and what Swarm leaves out, before it is', async () => {
    const { engine, deploy } = await shop();
    await deploy();
    expect(person.last).toMatchObject({
      text: 'Deploy shop to the swarm?',
      choices: ['Deploy'],
      detail: [
        'Create the network shop_front',
        'Create the config shop_site',
        'Create the service shop_web',
        '',
        'Skipped, because Swarm does not support it:',
        'services.web.container_name',
      ].join('\n'),
    });
    expect(engine.calls).toEqual([]);
  });

  it('does it, and follows the tasks until they run', async () => {
    const { engine, workbench, deploy } = await shop();
    person.answers('Deploy');
    await deploy();
    expect(engine.calls).toEqual([
      'create network shop_front',
      'create config shop_site',
      'create service shop_web',
    ]);
    expect(workbench.written).toEqual(
      expect.arrayContaining(['service shop_web Created', 'task shop_web.1 Running']),
    );
    expect(person.saw('status')).toEqual(['$(check) shop is running on the swarm']);
    expect(workbench.swarm.swarm?.stacks.map(({ name }) => name)).toEqual(['shop']);
  });

  it('removes what is gone from the files only where that was chosen', async () => {
    const withOld = ({ swarm }: MemoryEngine) => {
      swarm.begins();
      swarm.hasService('shop_old', { stack: 'shop' });
    };
    const kept = await shop(withOld);
    person.answers('Deploy');
    await kept.deploy();
    expect(person.shown[0]?.choices).toEqual(['Deploy', 'Deploy and Remove shop_old']);
    expect(person.shown[0]?.detail).toContain('No longer in the files, but still running: shop_old');
    expect(kept.engine.calls).not.toContain('remove service shop_old');
    const removed = await shop(withOld);
    person.answers('Deploy and Remove shop_old');
    await removed.deploy();
    expect(removed.engine.calls).toContain('remove service shop_old');
  });

  it('asks before it gives what a swarm never changes another name', async () => {
    const { engine, deploy } = await shop(({ swarm }) => {
      swarm.begins();
      swarm.hasFile('config', 'shop_site', 'shop');
    });
    person.answers('Deploy');
    await deploy();
    expect(person.saw('warning')).toEqual([
      'The content of the config shop_site has changed, but a swarm cannot update configs.',
      'Before it ended, the deploy of shop made: network shop_front.',
    ]);
    expect(engine.calls).not.toContain('create service shop_web');
    person.answers('Deploy', 'Deploy as shop_site_2');
    await deploy();
    expect(engine.calls.slice(-2)).toEqual(['create config shop_site_2', 'create service shop_web']);
  });

  it('removes what a deploy that failed has made, once that is agreed to', async () => {
    const { engine, deploy } = await shop(({ swarm }) => {
      swarm.begins();
      swarm.hasFile('config', 'shop_site', 'shop');
    });
    person.answers('Deploy', undefined, undefined, 'Remove');
    await deploy();
    expect(engine.calls.at(-1)).toBe('remove network shop_front');
  });

  it('begins a swarm first where there is none, once that is agreed to', async () => {
    const { engine, deploy } = await shop(() => {});
    await deploy();
    expect(person.saw('information')).toEqual([
      'This engine is not part of a swarm. Initialize a swarm with this engine as its first node?',
    ]);
    expect(engine.calls).toEqual([]);
    person.answers('Initialize Swarm', 'Deploy');
    await deploy();
    expect(engine.calls[0]).toBe('begin swarm');
    expect(engine.calls).toContain('create service shop_web');
  });

  it('does not offer a worker a swarm of its own: says what to do', async () => {
    const { engine, deploy } = await shop(({ swarm }) => {
      swarm.state = 'active';
    });
    await deploy();
    expect(person.saw('information')).toEqual([]);
    expect(person.saw('error')[0]).toContain('This engine is a worker of its swarm.');
    expect(engine.calls).toEqual([]);
  });

  it('says why no engine answers, and deploys nothing', async () => {
    const { engine, workbench, deploy } = await shop();
    engine.breaks();
    await expect.poll(() => workbench.engine.current).toBeUndefined();
    await deploy();
    expect(person.saw('error')).toEqual(['Deploy shop to the swarm: Nothing is responding at .']);
  });

  it('says what failed on the way', async () => {
    const { engine, deploy } = await shop();
    engine.failures.set('create service', new EngineError('invalid', 'No such network.'));
    person.answers('Deploy');
    await deploy();
    expect(person.saw('error')[0]).toContain('No such network.');
    expect(person.saw('status')).toEqual([]);
  });
});

describe('Remove from the swarm', () => {
  const deployed = ({ swarm }: MemoryEngine) => {
    swarm.begins();
    swarm.hasService('shop_web', { stack: 'shop', replicas: 0 });
    swarm.hasFile('config', 'shop_site', 'shop');
    swarm.hasService('alone');
  };

  it('names the services, and removes all of the stack once that is agreed to', async () => {
    const { engine, workbench } = await shop(deployed);
    await workbench.swarm.look();
    const row = { kind: 'swarm-stack', id: 's', swarmStack: 'shop' };
    await removeStackCommand(workbench, [row]);
    expect(person.last).toMatchObject({
      text: 'Remove the stack shop from the swarm?',
      detail: 'Its services (web), networks, secrets, and configs will be removed. Its volumes will be kept.',
    });
    expect(engine.calls).toEqual([]);
    person.answers('Remove');
    await removeStackCommand(workbench, [row]);
    expect(engine.calls).toEqual(['remove service shop_web', 'remove config id-of-shop_site']);
    expect(workbench.swarm.swarm?.stacks).toEqual([]);
    expect([...engine.swarm.services.values()].map(({ Spec }) => Spec.Name)).toEqual(['alone']);
  });

  it('asks which stack, from the palette', async () => {
    const { engine, workbench } = await shop(deployed);
    person.answers('shop', 'Remove');
    await removeStackCommand(workbench, []);
    expect(engine.calls).toContain('remove service shop_web');
  });

  it('says so where there is none', async () => {
    const { workbench } = await shop();
    await removeStackCommand(workbench, []);
    expect(person.saw('information')).toEqual(['No stack is running on a swarm.']);
  });
});
