import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogLine } from '#engine/logs/log-source.ts';
import { logBatches, logs } from '#engine/logs/read-logs.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import {
  collect,
  createService,
  dial,
  engines,
  hostOf,
  never,
  projectOfTest,
  startService,
  uniqueProject,
} from './engine.ts';
import { EngineProxy } from './proxy.ts';

describe.each(engines)('logs of Engine %s', (_version, host) => {
  let engine: EnginePort;
  beforeAll(async () => {
    engine = await dial(hostOf(host));
  });
  afterAll(() => engine.close());

  /** Follows in the background; `lines` grows as they come. */
  function follow(
    project: string,
    options: { readonly tail?: number; readonly services?: readonly string[] } = {},
    through: EnginePort = engine,
  ) {
    const abort = new AbortController();
    const lines: LogLine[] = [];
    const { services, ...rest } = options;
    const done = (async () => {
      const selection = services === undefined ? { project } : { project, services };
      for await (const line of logs(through, selection, { follow: true, ...rest }, abort.signal))
        lines.push(line);
    })().catch((error: unknown) => error);
    const texts = () => lines.map(({ text }) => text);
    const stop = () => {
      abort.abort();
      return done;
    };
    return { lines, texts, stop };
  }

  describe('history', () => {
    const project = uniqueProject(() => engine);

    it('is merged in the order of time, streams kept apart, lines whole', async () => {
      const long = 40_000;
      await startService(engine, project, {
        service: 'a',
        script: `echo a1; sleep 0.2; echo a2 >&2; sleep 0.4; head -c ${long} /dev/zero | tr '\\0' x; echo`,
      });
      const b = await startService(engine, project, {
        service: 'b',
        script: 'sleep 0.4; printf "b1 é\\nlast"',
      });
      await engine.waitContainer(b, never);
      const all = await collect(logs(engine, { project }, { follow: false }, never));
      await expect
        .poll(async () => (await collect(logs(engine, { project }, { follow: false }, never))).length)
        .toBe(5);
      const lines = await collect(logs(engine, { project }, { follow: false }, never));
      expect(all.length).toBeLessThanOrEqual(lines.length);
      const times = lines.map(({ time }) => time ?? '');
      expect(times).toEqual(times.toSorted());
      expect(
        lines.filter(({ service }) => service === 'a').map((line) => text(line, project).slice(0, 20)),
      ).toEqual(['a-1 stdout a1', 'a-1 stderr a2', 'a-1 stdout xxxxxxxxx']);
      expect(lines.find((line) => line.text.startsWith('xxx'))?.text.length).toBe(long);
      expect(lines.filter(({ service }) => service === 'b').map((line) => line.text)).toEqual([
        'b1 é',
        'last',
      ]);
    });

    it('can be limited to services, to the last lines, to a time', async () => {
      const only = async (options: Parameters<typeof logs>[2], services?: readonly string[]) =>
        (await collect(logs(engine, services ? { project, services } : { project }, options, never))).map(
          (line) => line.text.slice(0, 4),
        );
      expect(await only({ follow: false }, ['b'])).toEqual(['b1 é', 'last']);
      expect((await only({ follow: false, tail: 1 })).toSorted()).toEqual(['last', 'xxxx']);
      expect(await only({ follow: false, since: String(Date.now() / 1000 + 60) })).toEqual([]);
      expect(await only({ follow: false, until: '1' })).toEqual([]);
    });

    it('of a terminal is raw', async () => {
      const own = projectOfTest(engine);
      const id = await startService(engine, own, {
        service: 'tty',
        script: 'echo one; echo two',
        body: { Tty: true },
      });
      await engine.waitContainer(id, never);
      const lines = await collect(logs(engine, { project: own }, { follow: false }, never));
      expect(lines.map((line) => line.text)).toEqual(['one', 'two']);
      expect(lines.every(({ time }) => time?.endsWith('Z'))).toBe(true);
    });

    it('loses none of many lines', async () => {
      const own = projectOfTest(engine);
      const count = 100_000;
      const ids = await Promise.all(
        ['a', 'b'].map((service) => startService(engine, own, { service, script: `seq 1 ${count}` })),
      );
      await Promise.all(ids.map((id) => engine.waitContainer(id, never)));
      const next: Record<string, number> = { a: 1, b: 1 };
      for await (const batch of logBatches(engine, { project: own }, { follow: false }, never))
        for (const line of batch) {
          if (line.text !== String(next[line.service])) expect(line.text).toBe(String(next[line.service]));
          next[line.service] = (next[line.service] ?? 0) + 1;
        }
      expect(next).toEqual({ a: count + 1, b: count + 1 });
    });
  });

  describe('following', () => {
    it('goes on across restarts and with containers that join, without loss or repetition', async () => {
      const project = projectOfTest(engine);
      const first = await startService(engine, project, {
        service: 'web',
        script: 'echo run >&2; echo up; sleep 1000',
      });
      const log = follow(project);
      await expect.poll(log.texts).toHaveLength(2);
      await engine.restartContainer(first, { timeout: 0 }, never);
      await expect.poll(log.texts).toHaveLength(4);
      await startService(engine, project, { service: 'web', number: 2, script: 'echo joined; sleep 1000' });
      await expect.poll(log.texts).toHaveLength(5);
      await engine.killContainer(first, {}, never);
      await engine.startContainer(first, never);
      await expect.poll(log.texts).toHaveLength(7);
      expect(await log.stop()).toMatchObject({ kind: 'cancelled' });
      expect(log.texts().filter((each) => each === 'up')).toHaveLength(3);
      expect(log.texts().filter((each) => each === 'run')).toHaveLength(3);
      expect(log.lines.filter(({ containerName }) => containerName === `${project}-web-2`)).toHaveLength(1);
    });

    it('goes on where history ended, however fast lines come', async () => {
      const project = projectOfTest(engine);
      const id = await createService(engine, project, { service: 'web', script: 'seq 1 20000' });
      await engine.startContainer(id, never);
      const log = follow(project);
      await expect.poll(() => log.lines.length).toBe(20_000);
      await log.stop();
      expect(log.texts()).toEqual(Array.from({ length: 20_000 }, (_, at) => String(at + 1)));
    });

    it('without history shows only what is new', async () => {
      const project = projectOfTest(engine);
      const id = await startService(engine, project, { service: 'web', script: 'echo old; sleep 1000' });
      await expect
        .poll(async () => (await collect(logs(engine, { project }, { follow: false }, never))).length)
        .toBe(1);
      const log = follow(project, { tail: 0 });
      await startService(engine, project, { service: 'other', script: 'echo joined; sleep 1000' });
      await expect.poll(log.texts).toEqual(['joined']);
      await engine.restartContainer(id, { timeout: 0 }, never);
      await expect.poll(log.texts).toEqual(['joined', 'old']);
      await log.stop();
    });

    it('leaves other services out, also when they start later', async () => {
      const project = projectOfTest(engine);
      await startService(engine, project, { service: 'web', script: 'echo web; sleep 1000' });
      const log = follow(project, { services: ['web'] });
      await startService(engine, project, { service: 'other', script: 'echo other; sleep 1000' });
      await startService(engine, project, { service: 'web', number: 2, script: 'echo web2; sleep 1000' });
      await expect.poll(log.texts).toEqual(['web', 'web2']);
      await log.stop();
    });

    it('can end by itself when nothing runs any more', async () => {
      const project = projectOfTest(engine);
      await startService(engine, project, { service: 'a', script: 'echo a' });
      await startService(engine, project, { service: 'b', script: 'sleep 0.5; echo b' });
      const lines = await collect(logs(engine, { project }, { follow: true, untilStopped: true }, never));
      expect(lines.map((line) => line.text)).toEqual(['a', 'b']);
    });

    it('ends at once when cancelled or no longer read, and leaves no connection', async () => {
      const project = projectOfTest(engine);
      for (const number of [1, 2, 3])
        await startService(engine, project, {
          service: 'web',
          number,
          script: 'while :; do echo x; sleep 0.01; done',
        });
      const proxy = await EngineProxy.listen(hostOf(host));
      const through = await dial(proxy.host);
      const log = follow(project, {}, through);
      await expect.poll(() => log.lines.length).toBeGreaterThan(30);
      // Events and three logs.
      await expect.poll(() => proxy.connections).toBe(4);
      expect(await log.stop()).toMatchObject({ kind: 'cancelled' });
      await expect.poll(() => proxy.connections).toBe(0);

      for await (const _ of logs(through, { project }, { follow: true }, never)) break;
      await expect.poll(() => proxy.connections).toBe(0);
      await proxy.close();
    });

    it('says which container cannot be read, and goes on with the others', async () => {
      const project = projectOfTest(engine);
      await startService(engine, project, { service: 'a', script: 'echo a' });
      await startService(engine, project, {
        service: 'b',
        script: 'echo b',
        body: { HostConfig: { LogConfig: { Type: 'none' } } },
      });
      const unreadable: string[] = [];
      const options = {
        follow: true,
        untilStopped: true,
        onUnreadable: (name: string) => unreadable.push(name),
      };
      const lines = await collect(logs(engine, { project }, options, never));
      expect(lines.map((line) => line.text)).toEqual(['a']);
      expect(unreadable).toContain(`${project}-b-1`);
    });
  });
});

const text = ({ containerName, stream, text: content }: LogLine, project: string) =>
  `${containerName.slice(project.length + 1)} ${stream} ${content}`;
