import { describe, expect, it } from 'vitest';
import { pruneSystemCommand } from '../../../client/src/resources/prune-command.ts';
import {
  pruneResourcesCommand,
  removeResourceCommand,
} from '../../../client/src/resources/resource-commands.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { person } from '../support/person.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';

async function shop() {
  const engine = new MemoryEngine();
  const mounts = [
    { type: 'volume', name: 'shop_data', source: '', destination: '/data', readOnly: false },
  ] as const;
  engine.has('shop', 'db', { mounts, networks: { shop_default: { networkId: 'id-of-shop_default' } } });
  for (const key of ['data', 'old', 'older']) engine.hasVolume('shop', key);
  for (const key of ['default', 'left']) engine.hasNetwork('shop', key);
  const workbench = await openWorkbench({ engines: { '': engine } });
  const stack = stackNamed(workbench, 'shop').key;
  const volume = (key: string) => ({ kind: 'volume', id: key, stack, name: `shop_${key}` });
  const network = (key: string) => ({ kind: 'network', id: key, stack, name: `shop_${key}` });
  return { engine, workbench, volume, network, volumes: { kind: 'volumes', id: 'vs', stack } };
}

describe('Remove', () => {
  it('does not ask the engine for what is in use: says by whom', async () => {
    const { engine, workbench, volume } = await shop();
    await removeResourceCommand(workbench, [volume('data')]);
    expect(person.saw('warning')).toEqual(['shop_data is used by db. Take down that project first.']);
    expect(engine.calls).toEqual([]);
  });

  it('says that data is deleted with volumes, and does nothing unless agreed to', async () => {
    const { engine, workbench, volume } = await shop();
    await removeResourceCommand(workbench, [volume('old')]);
    expect(person.last?.text).toBe('Remove shop_old?');
    expect(person.last?.detail).toContain('All data in these volumes will be deleted.');
    expect(engine.calls).toEqual([]);
    person.answers('Remove');
    await removeResourceCommand(workbench, [volume('old')]);
    expect(engine.calls).toEqual(['remove volume shop_old']);
  });

  it('says nothing of data where there is none', async () => {
    const { engine, workbench, network } = await shop();
    person.answers('Remove');
    await removeResourceCommand(workbench, [network('left')]);
    expect(person.shown[0]?.detail).toBe('• shop_left');
    expect(engine.calls).toEqual(['remove network shop_left']);
  });

  it('removes several at once, after one question', async () => {
    const { engine, workbench, volume } = await shop();
    person.answers('Remove');
    await removeResourceCommand(workbench, [volume('old'), [volume('old'), volume('older')]]);
    expect(person.saw('warning')).toEqual(['Remove 2 items?']);
    expect(engine.calls).toEqual(['remove volume shop_old', 'remove volume shop_older']);
  });
});

describe('Remove Unused', () => {
  it('takes those of the group that no container has', async () => {
    const { engine, workbench, volumes } = await shop();
    person.answers('Remove');
    await pruneResourcesCommand(workbench, [volumes]);
    expect(person.shown[0]?.detail).toContain('• shop_old\n• shop_older');
    expect([...engine.volumes.keys()]).toEqual(['shop_data']);
    expect(engine.networks.has('shop_left')).toBe(true);
  });

  it('asks nothing where all are used', async () => {
    const { engine, workbench, volumes } = await shop();
    engine.volumes.delete('shop_old');
    engine.volumes.delete('shop_older');
    workbench.engine.refresh();
    await expect.poll(() => stackNamed(workbench, 'shop').runtime?.volumes.length).toBe(1);
    await pruneResourcesCommand(workbench, [volumes]);
    expect(person.shown).toEqual([]);
  });
});

describe('cleaning up the engine', () => {
  async function withLeftovers() {
    const engine = new MemoryEngine('tcp://server:2376');
    engine.has('shop', 'db');
    const left = engine.has('', 'left', { name: 'leftover', state: 'exited', status: 'Exited (0)' });
    engine.containers.set(left.id, { ...left, labels: {} });
    engine.hasImage('none', { id: 'sha256:0123456789abcdef', tags: [], size: 12_000_000 });
    return { engine, workbench: await openWorkbench({ engines: { '': engine } }) };
  }

  it('lists what nothing uses with what it is and how large', async () => {
    const { engine, workbench } = await withLeftovers();
    await pruneSystemCommand(workbench);
    expect(person.last?.options).toMatchObject([
      { label: 'leftover', description: 'container · 3.0 kB · Exited (0)', picked: true },
      { label: '0123456789ab', description: 'image · 12 MB', picked: true },
      { label: 'Build cache', description: '4.0 MB', picked: true },
    ]);
    expect(engine.calls).toEqual([]);
  });

  it('removes only what was left checked, once that is agreed to, and says from which engine', async () => {
    const { engine, workbench } = await withLeftovers();
    person.answers('leftover', 'Remove');
    await pruneSystemCommand(workbench);
    expect(person.saw('warning')).toEqual(['Remove leftover?']);
    expect(person.shown.find(({ kind }) => kind === 'warning')?.detail).toBe(
      'They will be removed from the engine at tcp://server:2376. This frees at least 3.0 kB, and cannot be undone.',
    );
    expect(engine.calls).toEqual(['remove leftover']);
    expect(person.saw('status')).toEqual(['$(check) The engine was cleaned up']);
  });

  it('removes nothing when nobody agrees', async () => {
    const { engine, workbench } = await withLeftovers();
    person.answers('leftover\nBuild cache', undefined);
    await pruneSystemCommand(workbench);
    expect(person.saw('warning')).toEqual(['Remove 2 items?']);
    expect(engine.calls).toEqual([]);
  });
});
