import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exec } from '#engine/exec/exec.ts';
import { logs } from '#engine/logs/read-logs.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { RuntimeStore } from '#engine/observe/runtime-store.ts';
import { collect, dial, engines, hostOf, never, startService, uniqueProject } from './engine.ts';
import { EngineProxy, type Fault } from './proxy.ts';

/** Each call that logs and exec make, spoiled in each way: it ends, says why, and leaves no connection. Vitest fails the run on an unhandled rejection. */
describe.each(engines)('faults in front of Engine %s', (_version, host) => {
  let engine: EnginePort;
  let id: string;
  let proxy: EngineProxy;
  let through: EnginePort;
  const project = uniqueProject(() => engine);
  beforeAll(async () => {
    engine = await dial(hostOf(host));
    id = await startService(engine, project, { service: 'web', script: 'seq 1 500; sleep 1000' });
  });
  afterAll(() => engine.close());
  beforeEach(async () => {
    proxy = await EngineProxy.listen(hostOf(host));
    through = await dial(proxy.host);
  });
  afterEach(async () => {
    await expect.poll(() => proxy.connections).toBe(0);
    through.close();
    await proxy.close();
  });

  const spoil = (pattern: RegExp, fault: Fault) => {
    proxy.faultOf = (line) => (pattern.test(line) ? fault : { kind: 'none' });
  };
  const outcome = (work: Promise<unknown>) =>
    work.then(
      (value) => ({ value }),
      (error: { readonly kind?: string; readonly message: string }) => ({
        kind: error.kind,
        message: error.message,
      }),
    );

  const echo = async () => {
    const session = await exec(through, id, { command: ['echo', 'hello'], tty: false, stdin: false }, never);
    await collect(session.output);
    return session.exitCode;
  };

  const faults: readonly (readonly [string, Fault, string, RegExp])[] = [
    ['refused', { kind: 'refuse' }, 'engine', /out of luck/],
    ['cut before the answer', { kind: 'cut', after: 0 }, 'unreachable', /was lost/],
    ['cut in the head', { kind: 'cut', after: 20 }, 'unreachable', /was lost|does not respond with HTTP/],
    ['cut in the body', { kind: 'cut', after: 'head' }, 'unreachable', /was lost/],
  ];

  describe.each([
    ['the listing', /containers\/json/],
    ['the inspection', /containers\/\w+\/json/],
    ['the events', /\/events/],
    ['the log', /\/logs/],
  ] as const)('logs with %s', (name, pattern) => {
    // A subscription is quiet after its head: there is nothing to cut.
    const possible = name === 'the events' ? faults.filter(([each]) => each !== 'cut in the body') : faults;
    it.each(possible)('%s', async (_name, fault, kind, message) => {
      spoil(pattern, fault);
      const unreadable: string[] = [];
      const options = {
        follow: true,
        untilStopped: true,
        onUnreadable: (container: string) => unreadable.push(container),
      };
      const result = await outcome(collect(logs(through, { project }, options, never)));
      if (fault.kind === 'refuse' && (name === 'the log' || name === 'the inspection')) {
        // One container that cannot be read is no reason to end the others: it is said, and there are no others.
        expect(unreadable).toContain(`${project}-web-1`);
        expect(result).toEqual({ value: [] });
      } else expect(result).toEqual({ kind, message: expect.stringMatching(message) });
    });
  });

  describe.each([
    ['the creation', /\/exec HTTP/],
    ['the start', /\/start/],
    ['the exit code', /exec\/\w+\/json/],
  ] as const)('exec with %s', (_call, pattern) => {
    it.each(faults)('%s', async (_name, fault, kind, message) => {
      spoil(pattern, fault);
      expect(await outcome(echo())).toEqual({ kind, message: expect.stringMatching(message) });
    });
  });

  it('a stalled engine is noticed, by logs and by the runtime store', async () => {
    const store = new RuntimeStore((signal) => dial(proxy.host, signal));
    store.start();
    await expect.poll(() => store.snapshot().connection).toBe('connected');
    store.dispose();
    proxy.faultOf = () => ({ kind: 'stall', after: 0 });
    const result = await outcome(collect(logs(through, { project }, { follow: false }, never)));
    expect(result).toEqual({
      kind: 'unreachable',
      message: expect.stringContaining('has stopped answering'),
    });
  });

  describe.each([
    ['the creation', /\/exec HTTP/],
    ['the start', /\/start/],
    ['the exit code', /exec\/\w+\/json/],
  ] as const)('exec with %s', (_call, pattern) => {
    it('on an engine that stalls from there on: it ends, and says why', async () => {
      let stalled = false;
      proxy.faultOf = (line) => {
        stalled ||= pattern.test(line);
        return stalled ? { kind: 'stall', after: 0 } : { kind: 'none' };
      };
      const result = await outcome(echo());
      expect(result).toEqual({
        kind: 'unreachable',
        message: expect.stringMatching(/has stopped answering|is not responding|does not respond/),
      });
    });

    it('slow: nothing is lost', async () => {
      spoil(pattern, { kind: 'slow' });
      expect(await outcome(echo())).toEqual({ value: 0 });
    });
  });

  it.each([
    ['the listing', /containers\/json/],
    ['the inspection', /containers\/\w+\/json/],
    ['the log', /\/logs/],
  ] as const)('logs with %s slow: no line is lost or torn', async (_call, pattern) => {
    spoil(pattern, { kind: 'slow' });
    const lines = await collect(logs(through, { project }, { follow: false }, never));
    expect(lines.map(({ text }) => text)).toEqual(Array.from({ length: 500 }, (_, at) => String(at + 1)));
  });

  it.each([
    ['the inspection', /containers\/\w+\/json/],
    ['the events', /\/events/],
    ['the log', /\/logs/],
  ] as const)('logs of an engine that stalls from %s on end, and say why', async (_call, pattern) => {
    let stalled = false;
    proxy.faultOf = (line) => {
      stalled ||= pattern.test(line);
      return stalled ? { kind: 'stall', after: 0 } : { kind: 'none' };
    };
    const options = { follow: true, untilStopped: true };
    const result = await outcome(collect(logs(through, { project }, options, never)));
    expect(result).toEqual({
      kind: 'unreachable',
      message: expect.stringMatching(/has stopped answering|is not responding|does not respond/),
    });
  });

  it('one stalled connection does not stop a listing', async () => {
    let first = true;
    proxy.faultOf = (line) => {
      const isFirst = first && line.includes('/containers/json');
      if (isFirst) first = false;
      return isFirst ? { kind: 'stall', after: 0 } : { kind: 'none' };
    };
    const labels = [`com.docker.compose.project=${project}`];
    expect(await through.listContainers({ labels, all: true }, never)).toHaveLength(1);
  });

  it('the runtime store comes back after each cut', async () => {
    const store = new RuntimeStore((signal) => dial(proxy.host, signal));
    store.start();
    const now = () => store.snapshot().connection;
    await expect.poll(now).toBe('connected');
    let cuts = 0;
    proxy.faultOf = (line) =>
      line.includes('/events') && cuts++ < 2 ? { kind: 'cut', after: 0 } : { kind: 'none' };
    proxy.cut();
    await expect.poll(now).toBe('disconnected');
    await expect.poll(now).toBe('connected');
    expect(cuts).toBe(3);
    store.dispose();
  });
});
