import { describe, expect, it } from 'vitest';
import { EngineError } from '#engine/api/engine-error.ts';
import {
  killCommand,
  pauseCommand,
  removeCommand,
  restartCommand,
  startCommand,
  stopCommand,
  unpauseCommand,
} from '../../../client/src/stack/lifecycle-commands.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { person } from '../support/person.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';

const shop = { 'compose.yaml': 'name: shop\nservices:\n  web: {image: busybox}\n  db: {image: busybox}\n' };

async function shopRuns() {
  const engine = new MemoryEngine();
  const web = engine.has('shop', 'web');
  const db = engine.has('shop', 'db');
  const workbench = await openWorkbench({ files: shop, engines: { '': engine } });
  const stack = stackNamed(workbench, 'shop').key;
  const rows = {
    project: { kind: 'project', id: 'p', stack },
    web: { kind: 'service', id: 'w', stack, service: 'web' },
    webOne: { kind: 'container', id: 'w1', stack, service: 'web', container: web.id },
    dbOne: { kind: 'container', id: 'd1', stack, service: 'db', container: db.id },
  };
  return { engine, workbench, rows };
}

describe('on a project', () => {
  it('Stop stops every container', async () => {
    const { engine, workbench, rows } = await shopRuns();
    await stopCommand(workbench, [rows.project]);
    expect([...engine.calls].sort()).toEqual(['stop shop-db-1', 'stop shop-web-1']);
  });

  it('Stop is known to be under way while it is, and not for a project of that name elsewhere', async () => {
    const { engine, workbench, rows } = await shopRuns();
    const seen: boolean[] = [];
    workbench.operations.onEnd(({ project }) => seen.push(workbench.operations.isStopping({ project })));
    await stopCommand(workbench, [rows.project]);
    expect(seen).toEqual([true]);
    expect(workbench.operations.isStopping({ project: 'shop', engine: 'server' })).toBe(false);
    expect(engine.calls).toHaveLength(2);
  });
});

describe('on a service', () => {
  it.each([
    ['Restart', restartCommand, 'restart'],
    ['Pause', pauseCommand, 'pause'],
    ['Kill', killCommand, 'kill'],
  ] as const)('%s leaves the others alone', async (_, command, call) => {
    const { engine, workbench, rows } = await shopRuns();
    await command(workbench, [rows.web]);
    expect(engine.calls).toEqual([`${call} shop-web-1`]);
  });
});

describe('on single containers', () => {
  it('what was chosen together is done to each, and nothing else', async () => {
    const { engine, workbench, rows } = await shopRuns();
    await stopCommand(workbench, [rows.webOne, [rows.webOne, rows.dbOne]]);
    expect([...engine.calls].sort()).toEqual(['stop shop-db-1', 'stop shop-web-1']);
  });

  it.each([
    ['Start', startCommand, 'start'],
    ['Restart', restartCommand, 'restart'],
    ['Pause', pauseCommand, 'pause'],
    ['Unpause', unpauseCommand, 'unpause'],
    ['Kill', killCommand, 'kill'],
    ['Remove', removeCommand, 'remove'],
  ] as const)('%s asks the engine once', async (_, command, call) => {
    const { engine, workbench, rows } = await shopRuns();
    await command(workbench, [rows.webOne]);
    expect(engine.calls).toEqual([`${call} shop-web-1`]);
  });
});

describe('when the engine refuses', () => {
  it('says what was tried and why it failed, and tries again when told to', async () => {
    const { engine, workbench, rows } = await shopRuns();
    engine.failures.set('stop', new EngineError('conflict', 'It would not end.'));
    person.answers('Retry');
    await stopCommand(workbench, [rows.webOne]);
    expect(person.saw('error')).toEqual(['Stop: shop › web-1: It would not end.']);
    await expect.poll(() => engine.calls).toEqual(['stop shop-web-1']);
    expect(workbench.operations.failuresOf({ project: 'shop' })).toBe(1);
  });

  it('says nothing but that it was cancelled when it was', async () => {
    const { engine, workbench, rows } = await shopRuns();
    engine.failures.set('stop', new EngineError('cancelled', 'Canceled.'));
    await stopCommand(workbench, [rows.webOne]);
    expect(person.saw('error')).toEqual([]);
    expect(person.saw('status')).toEqual(['Stop: shop › web-1: canceled']);
    expect(workbench.operations.failuresOf({ project: 'shop' })).toBe(0);
  });
});
