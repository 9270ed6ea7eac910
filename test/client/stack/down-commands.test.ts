import { describe, expect, it } from 'vitest';
import {
  downCommand,
  downImagesCommand,
  downVolumesCommand,
} from '../../../client/src/stack/down-commands.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { person } from '../support/person.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';

const files = {
  'compose.yaml': `name: shop
services:
  web: {image: shop/web, volumes: ['data:/data']}
volumes:
  data: {}
`,
};

async function shopRuns() {
  const engine = new MemoryEngine();
  engine.has('shop', 'web', { image: 'shop/web:1' });
  engine.hasVolume('shop', 'data');
  engine.hasNetwork('shop', 'default');
  const workbench = await openWorkbench({ files, engines: { '': engine } });
  const row = { kind: 'project', id: 'p', stack: stackNamed(workbench, 'shop').key };
  return { engine, workbench, row };
}

describe('Down', () => {
  it('removes containers and networks, keeps volumes, and says when it is done', async () => {
    const { engine, workbench, row } = await shopRuns();
    await downCommand(workbench, [row]);
    expect(engine.containers.size).toBe(0);
    expect(engine.networks.size).toBe(0);
    expect([...engine.volumes.keys()]).toEqual(['shop_data']);
    expect(person.saw('status')).toEqual(['$(check) shop is down; volumes kept: shop_data']);
    expect(person.saw('warning')).toEqual([]);
  });

  it('takes down what runs elsewhere in the name of no file', async () => {
    const engine = new MemoryEngine();
    engine.has('other', 'app');
    const workbench = await openWorkbench({ engines: { '': engine } });
    await downCommand(workbench, [{ kind: 'project', id: 'p', stack: stackNamed(workbench, 'other').key }]);
    expect(engine.containers.size).toBe(0);
  });
});

describe('what a Down leaves', () => {
  async function renamed() {
    const made = await shopRuns();
    made.engine.has('shop', 'old', { networks: { shop_default: { networkId: 'id-of-shop_default' } } });
    made.engine.keepsNetworksInUse = true;
    return made;
  }
  const left =
    'shop is not fully down. Orphan containers remain: shop-old-1. Network shop_default is still in use by shop-old-1.';

  it('is said, by name, and not that it is down', async () => {
    const { workbench, row } = await renamed();
    await downCommand(workbench, [row]);
    expect(person.saw('warning')).toEqual([left]);
    expect(person.last?.choices).toEqual(['Remove Orphans']);
    expect(person.saw('status')).toEqual([]);
  });

  it('goes when that is wanted, and the network with it', async () => {
    const { engine, workbench, row } = await renamed();
    person.answers('Remove Orphans');
    await downCommand(workbench, [row]);
    await expect.poll(() => person.saw('status')).toEqual(['$(check) shop is down; volumes kept: shop_data']);
    expect([engine.containers.size, engine.networks.size]).toEqual([0, 0]);
  });

  it('because a container of another project uses it is said, with that project', async () => {
    const { engine, workbench, row } = await shopRuns();
    engine.has('other', 'app', { networks: { shop_default: { networkId: 'id-of-shop_default' } } });
    engine.keepsNetworksInUse = true;
    await downCommand(workbench, [row]);
    expect(person.saw('warning')).toEqual([
      'shop is not fully down. Network shop_default is still in use by other-app-1 of other.',
    ]);
    expect(person.last?.choices).toEqual([]);
  });

  it('of one-off containers is said too', async () => {
    const { engine, workbench, row } = await shopRuns();
    engine.has('shop', 'web', { name: 'shop-web-run-1', labels: { 'com.docker.compose.oneoff': 'True' } });
    await downCommand(workbench, [row]);
    expect(person.saw('warning')).toEqual([
      'shop is not fully down. One-off containers remain: shop-web-run-1.',
    ]);
  });
});

describe('Down with volumes', () => {
  it('names what is lost before it is', async () => {
    const { engine, workbench, row } = await shopRuns();
    await downVolumesCommand(workbench, [row]);
    expect(person.last).toMatchObject({ kind: 'warning', text: 'Take down shop and delete its volumes?' });
    expect(person.last?.detail).toContain('• shop_data');
    expect(engine.calls).toEqual([]);
  });

  it('deletes the data once that was agreed to', async () => {
    const { engine, workbench, row } = await shopRuns();
    person.answers('Remove Containers and Volumes');
    await downVolumesCommand(workbench, [row]);
    expect(engine.calls).toContain('remove volume shop_data');
    expect(engine.volumes.size).toBe(0);
  });

  it('keeps everything where a snapshot that was asked for cannot be taken', async () => {
    const { engine, workbench, row } = await shopRuns();
    person.answers('Take Snapshots, Then Remove');
    await downVolumesCommand(workbench, [row]);
    expect(person.saw('error')).toEqual([
      expect.stringContaining('There is no image to create a container from'),
    ]);
    expect([...engine.volumes.keys()]).toEqual(['shop_data']);
    expect([...engine.containers.values()].map(({ state }) => state)).toEqual(['running']);
  });

  it('says so where no volume has a name', async () => {
    const engine = new MemoryEngine();
    engine.has('shop', 'web');
    const workbench = await openWorkbench({ engines: { '': engine } });
    await downVolumesCommand(workbench, [
      { kind: 'project', id: 'p', stack: stackNamed(workbench, 'shop').key },
    ]);
    expect(person.last?.detail).toBe(
      'The project has no named volumes. The anonymous volumes of its containers will also be removed.',
    );
  });
});

describe('Down with images', () => {
  it('names the images of the files and of what runs', async () => {
    const { engine, workbench, row } = await shopRuns();
    await downImagesCommand(workbench, [row]);
    expect(person.last?.detail).toMatch(/^• shop\/web\n• shop\/web:1\n/);
    expect(engine.calls).toEqual([]);
  });

  it('takes down once that was agreed to', async () => {
    const { engine, workbench, row } = await shopRuns();
    person.answers('Remove Containers and Images');
    await downImagesCommand(workbench, [row]);
    expect(engine.containers.size).toBe(0);
    expect(engine.calls.some((call) => call.startsWith('remove image'))).toBe(true);
  });
});
