import { describe, expect, it, onTestFinished } from 'vitest';
import { calm } from '#engine/observe/crash-history.ts';
import { RuntimeStore } from '#engine/observe/runtime-store.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import { MemoryEngine } from '../../client/support/memory-engine.ts';

async function watched() {
  const engine = new MemoryEngine();
  const web = engine.has('shop', 'web');
  const clock = { now: 1_000_000 };
  const store = new RuntimeStore(
    async () => {
      if (!engine.isReachable) throw new EngineError('unreachable', 'Nothing answers.');
      return engine.port;
    },
    { now: () => clock.now, lastLine: async () => 'no database' },
  );
  onTestFinished(() => store.dispose());
  store.start();
  await expect.poll(() => store.snapshot().connection).toBe('connected');
  return { engine, web, clock, store };
}

describe('when the engine goes away', () => {
  it('it is remembered until when it was seen, however often it is asked for again', async () => {
    const { engine, clock, store } = await watched();
    expect(store.snapshot().lastSeen).toBeUndefined();
    engine.breaks();
    await expect.poll(() => store.snapshot().connection).toBe('disconnected');
    expect(store.snapshot().lastSeen).toBe(1_000_000);
    clock.now += 60_000;
    store.retry();
    await expect.poll(() => store.snapshot().lastSeen).toBe(1_000_000);
    engine.isReachable = true;
    store.retry();
    await expect.poll(() => store.snapshot().connection).toBe('connected');
    expect(store.snapshot().lastSeen).toBeUndefined();
  });
});

describe('a container that crashes over and over', () => {
  it('is in a loop from the second crash on, with what the engine says of it', async () => {
    const { engine, web, store } = await watched();
    engine.crashes(web.id, 3);
    await store.look('shop');
    expect(store.snapshot().loops.size).toBe(0);
    engine.crashes(web.id, 3);
    await expect
      .poll(() => store.snapshot().loops.get(web.id))
      .toEqual({ restarts: 2, exitCode: 3, lastLine: 'no database' });
    engine.crashes(web.id, 4);
    await expect.poll(() => store.snapshot().loops.get(web.id)).toMatchObject({ restarts: 3, exitCode: 4 });
  });

  it('is calm once it has run for half a minute', async () => {
    const { engine, web, clock, store } = await watched();
    engine.crashes(web.id, 3);
    engine.crashes(web.id, 3);
    await expect.poll(() => store.snapshot().loops.size).toBe(1);
    clock.now += calm;
    await store.look('shop');
    expect(store.snapshot().loops.size).toBe(0);
  });

  it('is none when nobody but a person starts it', async () => {
    const { engine, web, store } = await watched();
    for (let round = 0; round < 3; round += 1) {
      engine.happens('die', web.id, { state: 'exited', exitCode: 3 }, 3);
      engine.happens('start', web.id, { state: 'running', exitCode: undefined });
    }
    await store.look('shop');
    expect(store.snapshot().loops.size).toBe(0);
  });
});

describe('a look', () => {
  it('is over when what there is was told', async () => {
    const { engine, store } = await watched();
    engine.has('shop', 'db');
    await store.look('shop');
    expect(store.snapshot().projects[0]?.services.map(({ name }) => name)).toEqual(['db', 'web']);
  });

  it('is over when the engine goes away, and at once without one', async () => {
    const { engine, store } = await watched();
    engine.held = new Promise(() => {});
    const look = store.look('shop');
    engine.breaks();
    await look;
    await expect.poll(() => store.snapshot().connection).toBe('disconnected');
    await store.look('shop');
  });
});
