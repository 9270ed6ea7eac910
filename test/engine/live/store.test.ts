import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../../scripts/lib/engine.mjs';
import { seedImages } from '../../../scripts/lib/images.mjs';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { RuntimeStore } from '#engine/observe/runtime-store.ts';
import { createService, dial, engines, hostOf, never, projectOfTest, startService } from './engine.ts';
import { EngineProxy } from './proxy.ts';

describe.each(engines)('the runtime store on Engine %s', (_version, host) => {
  let engine: EnginePort;
  beforeAll(async () => {
    engine = await dial(hostOf(host));
  });
  afterAll(() => engine.close());

  it('keeps up with containers, networks and volumes', async () => {
    const project = projectOfTest(engine);
    const store = new RuntimeStore((signal) => dial(hostOf(host), signal));
    store.start();
    const now = () => containersIn(store, project);
    const id = await createService(engine, project, { service: 'web', script: 'sleep 1000' });
    await expect.poll(now).toEqual(['web-1 created']);
    await engine.startContainer(id, never);
    await expect.poll(now).toEqual(['web-1 running']);
    await engine.pauseContainer(id, never);
    await expect.poll(now).toEqual(['web-1 paused']);
    await engine.unpauseContainer(id, never);
    await startService(engine, project, { service: 'web', number: 2, script: 'exit 3' });
    await expect.poll(now).toEqual(['web-1 running', 'web-2 exited']);
    await engine.createVolume(
      { Name: `${project}_data`, Labels: { 'com.docker.compose.project': project } },
      never,
    );
    const volumes = () =>
      store
        .snapshot()
        .projects.find(({ name }) => name === project)
        ?.volumes.map(({ name }) => name);
    await expect.poll(volumes).toEqual([`${project}_data`]);
    for (const number of [1, 2])
      await engine.removeContainer(`${project}-web-${number}`, { force: true }, never);
    await expect.poll(now).toEqual([]);
    await engine.removeVolume(`${project}_data`, never);
    await expect.poll(() => store.snapshot().projects.some(({ name }) => name === project)).toBe(false);
    store.dispose();
  });

  it('tells which projects changed, gathers bursts, and leaves the others the same objects', async () => {
    const [quiet, busy] = [projectOfTest(engine), projectOfTest(engine)];
    await startService(engine, quiet, { service: 'a', script: 'sleep 1000' });
    const store = new RuntimeStore((signal) => dial(hostOf(host), signal));
    store.start();
    await expect.poll(() => containersIn(store, quiet)).toEqual(['a-1 running']);
    const before = store.snapshot().projects.find(({ name }) => name === quiet);
    const told: ReadonlySet<string>[] = [];
    store.subscribe(() => {
      throw new Error('a listener with a bug');
    });
    store.subscribe(({ projects }) => told.push(projects));
    for (const number of [1, 2, 3, 4, 5])
      await startService(engine, busy, { service: 'b', number, script: 'sleep 1000' });
    await expect
      .poll(() => containersIn(store, busy).filter((each) => each.endsWith('running')))
      .toHaveLength(5);
    expect(told.every((projects) => projects.has(busy) && !projects.has(quiet))).toBe(true);
    // Ten events and more; each look costs the engine a listing.
    expect(told.length).toBeLessThan(10);
    expect(store.snapshot().projects.find(({ name }) => name === quiet)).toBe(before);
    store.dispose();
  });

  it('leaves no connection when it is disposed of', async () => {
    const proxy = await EngineProxy.listen(hostOf(host));
    const store = new RuntimeStore((signal) => dial(proxy.host, signal));
    store.start();
    await expect.poll(() => store.snapshot().connection).toBe('connected');
    await expect.poll(() => proxy.connections).toBe(1);
    store.dispose();
    await expect.poll(() => proxy.connections).toBe(0);
    await proxy.close();
  });
});

it('the runtime store finds its engine again after a restart, and what changed meanwhile', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'composure-restart-'));
  const first = await startEngine({ dir });
  await seedImages(first, { 'busybox:latest': 'shell' });
  const port = await dial(first.host);
  const project = 'restarted';
  await createService(port, project, { service: 'web', script: 'sleep 1000' });
  const store = new RuntimeStore((signal) => dial(first.host, signal));
  const connections: string[] = [];
  store.subscribe(({ snapshot: { connection } }) => {
    if (connections.at(-1) !== connection) connections.push(connection);
  });
  store.start();
  await expect.poll(() => containersIn(store, project)).toEqual(['web-1 created']);
  await startService(port, project, { service: 'db', script: 'sleep 1000' });
  await expect.poll(() => containersIn(store, project)).toContain('db-1 running');
  port.close();

  await first.stop();
  await expect.poll(() => store.snapshot().connection).toBe('disconnected');
  expect(store.snapshot().error).toMatchObject({ kind: 'unreachable' });

  const second = await startEngine({ dir });
  try {
    store.retry();
    await expect.poll(() => store.snapshot().connection).toBe('connected');
    // Stopping the engine has removed them, and nobody was told.
    await expect.poll(() => containersIn(store, project)).toEqual([]);
    const again = await dial(second.host);
    await startService(again, project, { service: 'late', script: 'sleep 1000' });
    await expect.poll(() => containersIn(store, project)).toContain('late-1 running');
    again.close();
    expect(connections).toEqual(['connecting', 'connected', 'disconnected', 'connected']);
  } finally {
    store.dispose();
    await second.stop();
    await rm(dir, { recursive: true, force: true });
  }
});

/** `service-number state` of a project's containers, as the store has them. */
function containersIn(store: RuntimeStore, project: string): string[] {
  const found = store.snapshot().projects.find(({ name }) => name === project);
  return (found?.services ?? []).flatMap(({ containers }) =>
    containers.map(({ name, state }) => `${name.slice(project.length + 1)} ${state}`),
  );
}
