import { expect, test } from 'vitest';
import { EngineError } from '#engine/api/engine-error.ts';
import { say } from '#engine/api/message.ts';
import { OlderImages } from '#engine/observe/older-images.ts';

const hour = 3_600_000;
const signal = new AbortController().signal;

/** An engine with images by their digests, and the registry behind it. Counts what the registry is asked. */
function world(local: Record<string, string>, remote: Record<string, string>) {
  const asked: string[] = [];
  const missing = (reference: string) =>
    new EngineError('image-missing', say`There is no image ${reference}.`);
  return {
    asked,
    local,
    remote,
    async inspectImage(reference: string) {
      const digest = local[reference];
      if (digest === undefined) throw missing(reference);
      return { digests: digest === '' ? [] : [`name@${digest}`] } as never;
    },
    async inspectRemoteImage(reference: string) {
      asked.push(reference);
      const digest = remote[reference];
      if (digest === undefined) throw missing(reference);
      return { digest, platforms: [] };
    },
  };
}

test('only what is on the engine and came from a registry is asked about, and remembered for hours', async () => {
  const engine = world(
    { 'a:1': 'sha256:1', 'b:1': 'sha256:2', 'built:1': '', 'c@sha256:3': 'sha256:3' },
    { 'a:1': 'sha256:9', 'b:1': 'sha256:2', 'gone:1': 'sha256:5', 'c@sha256:3': 'sha256:4' },
  );
  let now = 0;
  const images = new OlderImages(() => now);
  const all = ['a:1', 'b:1', 'built:1', 'gone:1', 'c@sha256:3', 'a:1'];
  expect(await images.look(engine, all, signal)).toBe(true);
  expect(images.references).toEqual(['a:1']);
  expect([images.has('a:1'), images.has('b:1')]).toEqual([true, false]);
  expect(engine.asked).toEqual(['a:1', 'b:1']);

  // Pulled: that is seen without asking the registry again.
  engine.local['a:1'] = 'sha256:9';
  expect(await images.look(engine, all, signal)).toBe(true);
  expect(images.references).toEqual([]);
  expect(await images.look(engine, all, signal)).toBe(false);
  expect(engine.asked).toHaveLength(2);

  engine.remote['b:1'] = 'sha256:7';
  now = 7 * hour;
  await images.look(engine, all, signal);
  expect(images.references).toEqual(['b:1']);
});

test('without a network it gives up after three, and does not try those again for an hour', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const engine = world(Object.fromEntries(names.map((name) => [name, 'sha256:1'])), {});
  let now = 0;
  const images = new OlderImages(() => now);
  expect(await images.look(engine, names, signal)).toBe(false);
  expect(engine.asked).toEqual(['a', 'b', 'c']);
  await images.look(engine, ['a', 'b', 'c'], signal);
  expect(engine.asked).toHaveLength(3);
  now = 2 * hour;
  await images.look(engine, ['a'], signal);
  expect(engine.asked).toHaveLength(4);
});

test('at most sixty are looked at', async () => {
  const names = Array.from({ length: 100 }, (_, i) => `i${i}`);
  const all = Object.fromEntries(names.map((name) => [name, 'sha256:1']));
  const engine = world(all, all);
  await new OlderImages(() => 0).look(engine, names, signal);
  expect(engine.asked).toHaveLength(60);
});

test('what is cancelled is no answer', async () => {
  const cancelled = new EngineError('cancelled', say`Cancelled.`);
  const engine = {
    inspectImage: () => Promise.reject(cancelled),
    inspectRemoteImage: () => Promise.reject(cancelled),
  };
  await expect(new OlderImages(() => 0).look(engine, ['a'], signal)).rejects.toBe(cancelled);
});
