import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Engine, startEngine } from '../../../scripts/lib/engine.mjs';
import { seedImages } from '../../../scripts/lib/images.mjs';
import { dial, never } from './engine.ts';
import { type Stack, stack } from './stack.ts';

// On an engine of its own: this is about everything there is.
let engine: Engine;
let app: Stack;

beforeAll(async () => {
  engine = await startEngine();
  await seedImages(engine);
  app = await stack(
    engine.host,
    `services:
  a: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s, volumes: [/anonymous] }
`,
  );
});
afterAll(async () => {
  await app.remove();
  await engine.stop();
});

it('saves an image to an archive, takes it back, and measures what takes room', async () => {
  const port = await dial(engine.host);
  const [layer] = await port.inspectImageHistory('busybox', never);
  expect(layer?.size).toBeGreaterThan(0);
  await port.tagImage('busybox', 'local/kept', '1', never);
  const archive: Uint8Array[] = [];
  for await (const chunk of await port.exportImage('local/kept:1', never)) archive.push(chunk);
  await port.removeImage('local/kept:1', {}, never);
  await expect(port.inspectImage('local/kept:1', never)).rejects.toMatchObject({ kind: 'image-missing' });
  const said: string[] = [];
  const chunks = (async function* () {
    yield* archive;
  })();
  for await (const { status } of port.loadImage(chunks, never)) said.push(status);
  expect((await port.inspectImage('local/kept:1', never)).tags).toContain('local/kept:1');
  await port.removeImage('local/kept:1', {}, never);
  const { images, layers } = await port.inspectDisk(never);
  expect(images.find(({ name }) => name === 'postgres:13')).toMatchObject({ containers: 0 });
  expect(layers).toBeGreaterThan(0);
  port.close();
});

it('lists what goes, asks, and leaves projects what they need to start again', async () => {
  await app.compose('up', '-d');
  await app.compose('stop');
  const port = await dial(engine.host);
  const create = (name: string) =>
    port.createContainer({ name, body: { Image: 'busybox', Volumes: { '/lost': {} } } }, never);
  await create('loose');
  await create('gone');
  await port.removeContainer('gone', { force: true }, never);
  await port.createNetwork({ Name: 'lonely' }, never);
  const tagsOf = async () => {
    const images = await port.listImages({ labels: [] }, never);
    return images.flatMap(({ tags }) => tags).sort();
  };
  const named = await tagsOf();

  const listed = await app.compose('system', 'prune', '--volumes', '--dry-run');
  expect(listed.out).toContain('  container loose (Created)\n');
  expect(listed.out).toContain('  network lonely\n');
  expect(listed.out).toMatch(/ {2}volume [0-9a-f]{64} \(its data is destroyed\)\n/);
  expect(listed.out).not.toContain(app.name);
  // Nobody is there to be asked.
  expect(await app.compose('system', 'prune', '--volumes')).toMatchObject({
    code: 1,
    out: expect.stringContaining('Nothing was removed'),
  });
  expect((await app.compose('system', 'prune', '--volumes', '--dry-run')).out).toBe(listed.out);

  expect(await app.compose('system', 'prune', '--volumes', '-f')).toMatchObject({ code: 0 });
  expect((await port.listContainers({ labels: [], all: true }, never)).map(({ name }) => name)).toEqual([
    `${app.name}-a-1`,
  ]);
  expect((await port.listVolumes({ labels: [] }, never)).length).toBe(1);
  expect(await tagsOf()).toEqual(named);
  expect((await app.compose('system', 'prune', '--volumes')).out).toBe('Nothing to remove\n');
  expect(await app.compose('start')).toMatchObject({ code: 0 });

  // Images that run stay, whatever is asked for.
  expect((await app.compose('system', 'prune', '-a', '-f')).code).toBe(0);
  const tags = await tagsOf();
  expect(tags).toContain('busybox:latest');
  expect(tags).not.toContain('postgres:13');

  await app.compose('stop');
  expect((await app.compose('system', 'prune', '--projects', '-f')).code).toBe(0);
  expect(await port.listContainers({ labels: [], all: true }, never)).toEqual([]);
  port.close();
  expect((await app.compose('system', 'nonsense')).code).toBe(1);
});
