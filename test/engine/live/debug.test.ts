import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { load } from '#compose/load/load.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { attachConfiguration, type DebugConfiguration } from '#engine/debug/configuration.ts';
import { connectTo, openDebugger } from '#engine/debug/open-debugger.ts';
import type { OpenDebugger } from '#engine/debug/opened.ts';
import type { PathMapping } from '#engine/debug/path-mappings.ts';
import { openTunnel, type Tunnel } from '#engine/debug/tunnel.ts';
import { underDebugger } from '#engine/debug/under-debugger.ts';
import { execOutput } from '#engine/exec/exec.ts';
import { up } from '#engine/operations/up.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import {
  debugImage,
  debugSources,
  goProgram,
  pythonProgram,
  seedDebugImage,
} from '../../../scripts/lib/debug-images.mjs';
import { type DapClient, dapClient } from './dap.ts';
import { dial, engines, never, startService, uniqueProject } from './engine.ts';
import { type FarEngine, startFarEngine } from './far-engine.ts';
import { stack } from './stack.ts';

const nodeProgram = 'node -e "setInterval(() => {}, 1000)"; true';
const body = (words: readonly string[]) => ({ Image: debugImage, Cmd: words });

/** Opens a tunnel to a debugger for the length of `work`. */
async function through<T>(
  engine: EnginePort,
  id: string,
  { at }: OpenDebugger,
  work: (tunnel: Tunnel) => Promise<T>,
): Promise<T> {
  if (at === undefined) throw new Error('no port');
  const tunnel = await openTunnel({ open: (signal) => connectTo(engine, id, at, signal) });
  try {
    return await work(tunnel);
  } finally {
    tunnel.close();
  }
}

/** The answer comes when the adapter has been told all, so not before what follows `initialized`. */
async function attachAs(adapter: DapClient, { request, ...options }: DebugConfiguration): Promise<void> {
  await adapter.request('initialize', { adapterID: options.type, pathFormat: 'path', linesStartAt1: true });
  await adapter.request(request, { ...options, request });
}

/** Until the program runs that a shell starts. */
async function untilRuns(engine: EnginePort, id: string, program: RegExp): Promise<void> {
  const lines = async () => (await engine.topContainer(id, '-eo pid,args', never)).processes;
  await expect.poll(async () => (await lines()).some((line) => program.test(line[1] ?? ''))).toBe(true);
}

async function inspector({ port }: Tunnel): Promise<unknown> {
  return (await fetch(`http://127.0.0.1:${port}/json/version`)).json();
}

describe.each(engines)('debuggers in containers of engine %s', (_version, provided) => {
  let engine: EnginePort;
  const project = uniqueProject(() => engine);

  beforeAll(async () => {
    const host = inject(provided);
    await seedDebugImage(host.replace('unix://', ''));
    engine = await dial(host);
  });
  afterAll(() => engine.close());

  it('the inspector opens in the running process, below a shell, and is reached without a port', async () => {
    const id = await startService(engine, project, {
      service: 'web',
      script: nodeProgram,
      body: body(['sh', '-c', nodeProgram]),
    });
    await untilRuns(engine, id, /^node/);
    const before = await engine.inspectContainer(id, never);
    const open = await openDebugger(engine, id, {}, never);
    expect(open.debuggee.runtime).toBe('node');
    expect(open.debuggee.process.args[0]).toBe('node');
    expect(open.debuggee.process.parent).toBe(1);
    await through(engine, id, open, async (tunnel) => {
      expect(await inspector(tunnel)).toMatchObject({ 'Protocol-Version': '1.1' });
    });
    // A second time the same inspector is taken.
    expect((await openDebugger(engine, id, {}, never)).at?.port).toBe(open.at?.port);
    const after = await engine.inspectContainer(id, never);
    expect(after.startedAt).toBe(before.startedAt);
    expect(after.hostConfig.PortBindings).toEqual(before.hostConfig.PortBindings);
    // Nothing of ours stays behind.
    await expect
      .poll(async () => (await engine.topContainer(id, '-eo pid,args', never)).processes.flat().join('\n'))
      .not.toContain('composure-debug');
  });

  it.each([
    ['go', [goProgram], 'main.go', 9, 8080],
    ['python', ['python3', pythonProgram], 'app.py', 5, 8000],
  ] as const)(
    'a running program of %s: breakpoint, variable, step and continue, in a container that is read-only and stays the same',
    async (runtime, words, file, line, http) => {
      const id = await startService(engine, project, {
        service: runtime,
        script: '',
        body: { ...body(words), HostConfig: { ReadonlyRootfs: true } },
      });
      const before = await engine.inspectContainer(id, never);
      const open = await openDebugger(engine, id, { runtime }, never);
      await through(engine, id, open, async ({ port }) => {
        const adapter = await dapClient(port);
        const { process } = open.debuggee;
        const mappings: readonly PathMapping[] = [
          { localRoot: debugSources, remoteRoot: '/app', by: 'copy' },
        ];
        const answered = attachAs(
          adapter,
          attachConfiguration({ runtime, name: 'n', port, process, mappings }),
        );
        await adapter.event('initialized');
        await adapter.request('setBreakpoints', {
          source: { path: join(debugSources, file) },
          breakpoints: [{ line }],
        });
        await adapter.request('configurationDone');
        await answered;

        const command = ['wget', '-qO-', `http://127.0.0.1:${http}/?name=ann`];
        const reply = execOutput(engine, id, { command }, never);
        const { threadId } = (await adapter.event('stopped')).body ?? {};
        const at = async () => {
          const { stackFrames } = await adapter.request('stackTrace', { threadId });
          const [frame] = stackFrames as readonly { id: number; line: number; source: { path: string } }[];
          return { id: frame?.id, line: frame?.line, path: frame?.source.path };
        };
        const here = await at();
        expect(here).toMatchObject({ line, path: join(debugSources, file) });
        expect(
          await adapter.request('evaluate', { expression: 'name', frameId: here.id, context: 'hover' }),
        ).toMatchObject({ result: expect.stringContaining('ann') });
        await adapter.request('next', { threadId });
        await expect.poll(async () => (await at().catch(() => here)).line).toBe(line + 1);
        await adapter.request('continue', { threadId });
        expect((await reply).stdout).toBe('hello ann');
        await adapter.request('disconnect', { terminateDebuggee: false });
        adapter.close();
      });
      open.close?.();
      const after = await engine.inspectContainer(id, never);
      expect([after.id, after.state, after.startedAt]).toEqual([before.id, 'running', before.startedAt]);
      expect(after.hostConfig.PortBindings ?? {}).toEqual({});
    },
  );

  it('a service restarted under the debugger waits for it, and the next Up of the files puts it back', async () => {
    const app = await stack(
      inject(provided),
      `services:
  web:
    image: "${debugImage}"
    command: [node, -e, "setInterval(() => {}, 1000)"]
    stop_grace_period: 0s
  db: {image: busybox, command: sleep 1000, stop_grace_period: 0s}
`,
    );
    onTestFinished(() => app.remove());
    const { loaded } = await load(nodeHost(app.environment), { cwd: app.folder });
    if (loaded === undefined) throw new Error('not loaded');
    await up(engine, loaded, {}, () => {}, never);
    const inspect = (service: string) => engine.inspectContainer(`${app.name}-${service}-1`, never);
    const [before, beside] = [await inspect('web'), await inspect('db')];

    const image = { entrypoint: [], command: [] };
    const changed = underDebugger(loaded, 'web', { runtime: 'node', image });
    await up(engine, changed, { services: ['web'], noDeps: true }, () => {}, never);
    const under = await inspect('web');
    expect(under.config.Cmd).toEqual([
      'node',
      '--inspect-brk=127.0.0.1:9229',
      '-e',
      'setInterval(() => {}, 1000)',
    ]);
    const open = await openDebugger(engine, under.id, {}, never);
    await through(engine, under.id, open, async (tunnel) => {
      expect(await inspector(tunnel)).toMatchObject({ 'Protocol-Version': '1.1' });
    });

    // Whoever comes next: another window, or the command line.
    expect((await app.compose('up', '-d')).code).toBe(0);
    const after = await inspect('web');
    expect(after.config.Cmd).toEqual(before.config.Cmd);
    expect(after.labels['com.docker.compose.config-hash']).toBe(
      before.labels['com.docker.compose.config-hash'],
    );
    expect((await inspect('db')).id).toBe(beside.id);
  });

  it('a debugger that may not enter says what is missing, and enters with it', async () => {
    const other = ['sh', '-c', `su -s /bin/sh nobody -c ${goProgram}; true`];
    const open = async (service: string, change: object) => {
      const id = await startService(engine, project, {
        service,
        script: '',
        body: { ...body(other), HostConfig: change },
      });
      await untilRuns(engine, id, /^\/app\/server/);
      return openDebugger(engine, id, { runtime: 'go' }, never);
    };
    await expect(open('kept-out', {})).rejects.toMatchObject({ capability: 'SYS_PTRACE' });
    const opened = await open('let-in', { CapAdd: ['SYS_PTRACE'] });
    expect(opened.debuggee.process.args[0]).toBe(goProgram);
    opened.close?.();
  });

  it('what cannot be debugged is said', async () => {
    const id = await startService(engine, project, { service: 'none', script: 'sleep 1000' });
    await expect(openDebugger(engine, id, {}, never)).rejects.toThrow(/cannot be told what .* runs/);
    await expect(openDebugger(engine, id, { runtime: 'python' }, never)).rejects.toThrow(
      /No process of Python is running/,
    );
    await engine.stopContainer(id, {}, never);
    await expect(openDebugger(engine, id, {}, never)).rejects.toThrow(/is not running/);
  });

  it('a tunnel carries much in both directions, unchanged', async () => {
    const echo = "require('net').createServer((s) => s.pipe(s)).listen(7000, '127.0.0.1')";
    const id = await startService(engine, project, {
      service: 'echo',
      script: '',
      body: body(['node', '-e', echo]),
    });
    const { debuggee } = await openDebugger(engine, id, {}, never);
    const at = { port: 7000, relay: { tool: 'node', program: 'node' } } as const;
    const sent = Buffer.alloc(5_000_000, 'composure ');
    await through(engine, id, { debuggee, at }, async ({ port }) => {
      const socket = connect(port, '127.0.0.1');
      socket.write(sent);
      const received: Buffer[] = [];
      let length = 0;
      for await (const chunk of socket as AsyncIterable<Buffer>) {
        received.push(chunk);
        length += chunk.length;
        if (length >= sent.length) break;
      }
      expect(Buffer.concat(received).equals(sent)).toBe(true);
    });
  });
});

describe('over ssh', () => {
  let far: FarEngine;
  let engine: EnginePort;
  beforeAll(async () => {
    far = await startFarEngine();
    engine = await dial(far.host);
  });
  afterAll(async () => {
    engine?.close();
    await far?.stop();
  });
  // After what ends the connection, so that its containers go first.
  const project = uniqueProject(() => engine);

  it('the inspector is reached as it is nearby', async () => {
    const id = await startService(engine, project, {
      service: 'web',
      script: nodeProgram,
      body: body(['sh', '-c', nodeProgram]),
    });
    await untilRuns(engine, id, /^node/);
    const open = await openDebugger(engine, id, {}, never);
    await through(engine, id, open, async (tunnel) => {
      expect(await inspector(tunnel)).toMatchObject({ 'Protocol-Version': '1.1' });
    });
  });
});
