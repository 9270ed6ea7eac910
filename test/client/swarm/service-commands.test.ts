import { describe, expect, it } from 'vitest';
import { EngineError } from '#engine/api/engine-error.ts';
import { rollBackText } from '../../../client/src/swarm/roll-back-text.ts';
import {
  restartSwarmTasksCommand,
  rollBackSwarmServiceCommand,
  scaleSwarmServiceCommand,
  swarmLogsCommand,
  updateSwarmImageCommand,
} from '../../../client/src/swarm/service-commands.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { person } from '../support/person.ts';
import { openWorkbench } from '../support/workbench.ts';

async function web(change: (engine: MemoryEngine) => void = () => {}) {
  const engine = new MemoryEngine();
  engine.swarm.begins();
  const { ID } = engine.swarm.hasService('shop_web', { stack: 'shop', replicas: 2 });
  change(engine);
  const workbench = await openWorkbench({ engines: { '': engine } });
  await workbench.swarm.look();
  return {
    engine,
    workbench,
    row: { kind: 'swarm-service', id: 's', swarmService: ID },
    spec: () => engine.swarm.services.get(ID)?.Spec,
  };
}

describe('Scale', () => {
  it('asks for a number, beginning with what there is, and follows the tasks', async () => {
    const { engine, workbench, row, spec } = await web();
    person.answers(' 3 ');
    await scaleSwarmServiceCommand(workbench, [row]);
    expect(person.shown[0]).toMatchObject({
      text: 'Number of tasks (currently 2)',
      options: { value: '2', title: 'Scale shop_web' },
    });
    expect(engine.calls).toEqual(['update service shop_web']);
    expect(spec()?.Mode).toEqual({ Replicated: { Replicas: 3 } });
    expect(workbench.written).toContain('task shop_web.3 Running');
    expect(workbench.swarm.swarm?.stacks[0]?.services[0]?.wanted).toBe(3);
  });

  it('takes nothing but a number', async () => {
    const { engine, workbench, row } = await web();
    person.answers('many');
    await scaleSwarmServiceCommand(workbench, [row]);
    expect(person.saw('error')).toEqual(['Enter a whole number, 0 or more.']);
    expect(engine.calls).toEqual([]);
  });

  it('offers only services that have a number of tasks, from the palette', async () => {
    const { workbench } = await web(({ swarm }) => {
      const { ID, ...agent } = swarm.hasService('agent');
      swarm.services.set(ID, { ...agent, ID, Spec: { ...agent.Spec, Mode: { Global: {} } } });
    });
    await scaleSwarmServiceCommand(workbench, []);
    expect(person.last).toMatchObject({ text: 'Select a swarm service', choices: ['shop_web'] });
  });

  it('says where the swarm gives up, and why', async () => {
    const { engine, workbench, row } = await web();
    engine.swarm.nextUpdate = { State: 'paused', Message: 'update paused due to failure' };
    person.answers('3');
    await scaleSwarmServiceCommand(workbench, [row]);
    expect(person.saw('error')[0]).toContain(
      'The update of shop_web is paused: update paused due to failure.',
    );
  });

  it('works out the change anew when somebody else was faster', async () => {
    const { engine, workbench, row } = await web();
    engine.failures.set('update service', new EngineError('conflict', 'update out of sequence'));
    person.answers('3');
    await scaleSwarmServiceCommand(workbench, [row]);
    expect(engine.calls).toEqual(['update service shop_web']);
    expect(person.saw('error')).toEqual([]);
  });
});

describe('Update Image', () => {
  it('asks for the image with its tag selected, and says in the log where no registry knows it', async () => {
    const { workbench, row, spec } = await web();
    person.answers(' nginx:2 ');
    await updateSwarmImageCommand(workbench, [row]);
    expect(person.shown[0]?.options).toMatchObject({ value: 'nginx:1', valueSelection: [6, 7] });
    expect(spec()?.TaskTemplate.ContainerSpec?.Image).toBe('nginx:2');
    expect(workbench.written.join('\n')).toContain('image nginx:2 could not be accessed on a registry');
  });

  it.each([['nginx:1'], [undefined], [' ']])('does nothing for %j', async (answer) => {
    const { engine, workbench, row } = await web();
    person.answers(answer);
    await updateSwarmImageCommand(workbench, [row]);
    expect(engine.calls).toEqual([]);
  });
});

it('Restart makes the tasks of the row anew, also of the row of a task', async () => {
  const { workbench, row, spec } = await web();
  await restartSwarmTasksCommand(workbench, [row]);
  await restartSwarmTasksCommand(workbench, [{ ...row, kind: 'swarm-task', task: 't' }]);
  expect(spec()?.TaskTemplate.ForceUpdate).toBe(2);
});

describe('Roll Back', () => {
  it('says what the service becomes again, and does it once that is agreed to', async () => {
    const { engine, workbench, row, spec } = await web();
    person.answers('nginx:2');
    await updateSwarmImageCommand(workbench, [row]);
    await workbench.swarm.look();
    await rollBackSwarmServiceCommand(workbench, [row]);
    expect(person.last).toMatchObject({ kind: 'warning', detail: 'nginx:2 → nginx:1' });
    expect(engine.calls).toEqual(['update service shop_web']);
    person.answers('Roll Back');
    await rollBackSwarmServiceCommand(workbench, [row]);
    expect(engine.calls.at(-1)).toBe('roll back shop_web');
    expect(spec()?.TaskTemplate.ContainerSpec?.Image).toBe('nginx:1');
  });

  it('says so of a service that was never changed', async () => {
    const { engine, workbench, row } = await web();
    await rollBackSwarmServiceCommand(workbench, [row]);
    expect(person.saw('information')).toEqual(['shop_web has not been changed yet.']);
    await rollBackSwarmServiceCommand(workbench, []);
    expect(person.last?.text).toBe('This service does not exist in the swarm.');
    expect(engine.calls).toEqual([]);
  });

  it('says why it cannot be done where the service has gone', async () => {
    const { engine, workbench, row } = await web();
    engine.swarm.services.clear();
    await rollBackSwarmServiceCommand(workbench, [row]);
    expect(person.saw('error')[0]).toContain('No such object');
  });

  it.each([
    [{ image: 'a:2', wanted: 3 }, 'a:1', 1, 'a:2 → a:1\n3 → 1'],
    [{ image: 'a:1', wanted: 3 }, 'a:1', 1, 'a:1\n3 → 1'],
    [{ image: 'a:2', wanted: 1 }, 'a:1@sha256:0123', 1, 'a:2 → a:1'],
  ])('%j before: %s, %d tasks', (now, Image, Replicas, expected) => {
    const before = {
      Name: 'a',
      TaskTemplate: { ContainerSpec: { Image } },
      Mode: { Replicated: { Replicas } },
    };
    expect(rollBackText(now, before)).toBe(expected);
  });
});

describe('Logs', () => {
  it('run in a terminal, for the service of the row', async () => {
    const { workbench, row } = await web();
    await swarmLogsCommand(workbench, [row]);
    expect(person.saw('terminal')).toEqual(['Logs: shop_web']);
  });
});

it('says so where this engine manages no swarm', async () => {
  const workbench = await openWorkbench();
  await swarmLogsCommand(workbench, []);
  expect(person.saw('information')).toEqual(['This engine does not manage a swarm.']);
});
