import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { load } from '#compose/load/load.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { attachConfiguration, type DebugConfiguration } from '#engine/debug/configuration.ts';
import { debuggeeIn } from '#engine/debug/debuggee.ts';
import { connectTo, listenFor, openDebugger } from '#engine/debug/open-debugger.ts';
import type { OpenDebugger } from '#engine/debug/opened.ts';
import type { PathMapping } from '#engine/debug/path-mappings.ts';
import { openReverseTunnel } from '#engine/debug/reverse-tunnel.ts';
import { openTunnel, type Tunnel } from '#engine/debug/tunnel.ts';
import { phpVariables, underDebugger } from '#engine/debug/under-debugger.ts';
import { execOutput } from '#engine/exec/exec.ts';
import { up } from '#engine/operations/up.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import {
  debugImage,
  debugSources,
  goProgram,
  nodeProgram,
  phpProgram,
  pythonProgram,
  rubyProgram,
  seedDebugImage,
} from '../../../scripts/lib/debug-images.mjs';
import { type DapClient, dapClient } from './dap.ts';
import { dbgpListener } from './dbgp.ts';
import { dial, engines, hostOf, never, startService, uniqueProject } from './engine.ts';
import { type FarEngine, startFarEngine } from './far-engine.ts';
import { inspectorClient } from './inspector.ts';
import { EngineProxy } from './proxy.ts';
import { stack } from './stack.ts';

const nodeBelowShell = `node ${nodeProgram}; true`;
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

/** A request to the program, which may wait at a breakpoint: as long as that, its answer does. */
function greeting(engine: EnginePort, id: string, port: number): Promise<string> {
  const command = ['wget', '-qO-', `http://127.0.0.1:${port}/?name=ann`];
  return execOutput(engine, id, { command }, never).then(({ stdout }) => stdout);
}

/**
 * Debugs a running program of Node below a shell, by an HTTP request: breakpoint, variable, step, continue; and its container stays the same one, with
 * nothing published.
 */
async function debugNode(engine: EnginePort, project: string): Promise<string> {
  const id = await startService(engine, project, {
    service: 'web',
    script: '',
    body: body(['sh', '-c', nodeBelowShell]),
  });
  await untilRuns(engine, id, /^node/);
  const before = await engine.inspectContainer(id, never);
  const open = await openDebugger(engine, id, {}, never);
  expect(open.debuggee).toMatchObject({
    runtime: 'node',
    process: { parent: 1, args: ['node', nodeProgram] },
  });
  await through(engine, id, open, async ({ port }) => {
    const { ask, event, close } = await inspectorClient(port);
    await ask('Debugger.enable');
    await ask('Debugger.setBreakpointByUrl', { url: `file://${nodeProgram}`, lineNumber: 3 });
    const reply = greeting(engine, id, 3000);
    const stop = async (already: number) => {
      const { callFrames } = await event('Debugger.paused', already);
      const [frame] = callFrames as readonly { callFrameId: string; location: { lineNumber: number } }[];
      return { line: frame?.location.lineNumber, callFrameId: frame?.callFrameId };
    };
    const { line, callFrameId } = await stop(0);
    expect(line).toBe(3);
    expect(await ask('Debugger.evaluateOnCallFrame', { callFrameId, expression: 'name' })).toMatchObject({
      result: { value: 'ann' },
    });
    await ask('Debugger.stepOver');
    expect((await stop(1)).line).toBe(4);
    await ask('Debugger.resume');
    expect(await reply).toBe('hello ann');
    close();
  });
  // A second time the same inspector is taken.
  expect((await openDebugger(engine, id, {}, never)).at?.port).toBe(open.at?.port);
  const after = await engine.inspectContainer(id, never);
  expect(after.startedAt).toBe(before.startedAt);
  expect(after.hostConfig.PortBindings ?? {}).toEqual({});
  return id;
}

/** Programs that answer with the number of the process that does. */
const asgi = `import os
async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(os.getpid()).encode()})
`;
const wsgi = `import os
def app(environ, start_response):
    start_response("200 OK", [])
    return [str(os.getpid()).encode()]
`;

/** As a command of a service has it; rdbg then takes the place of itself by `ruby app.rb`. */
const underRdbg = [
  ...['rdbg', '--open', '--nonstop', '--host', '127.0.0.1', '--port', '12345', '-c', '--'],
  ...['ruby', rubyProgram],
];

describe.each(engines)('debuggers in containers of engine %s', (_version, provided) => {
  let engine: EnginePort;
  const project = uniqueProject(() => engine);
  /** What does not depend on the engine is seen on one. */
  const isNewest = provided === 'engineHost';

  beforeAll(async () => {
    const host = hostOf(provided);
    await seedDebugImage(host.replace('unix://', ''));
    engine = await dial(host);
  });
  afterAll(() => engine.close());

  it('a running program of Node, below a shell: breakpoint, variable, step and continue, and no port', async () => {
    const id = await debugNode(engine, project);
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

        const reply = greeting(engine, id, http);
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
        expect(await reply).toBe('hello ann');
        await adapter.request('disconnect', { terminateDebuggee: false });
        adapter.close();
      });
      open.close?.();
      const after = await engine.inspectContainer(id, never);
      expect([after.id, after.state, after.startedAt]).toEqual([before.id, 'running', before.startedAt]);
      expect(after.hostConfig.PortBindings ?? {}).toEqual({});
    },
  );

  it('a service restarted under the debugger waits for it, and is as its files say after the next Up', async () => {
    const begins = "require('fs').writeFileSync('/tmp/begun', ''); setInterval(() => {}, 1000)";
    const app = await stack(
      hostOf(provided),
      `services:
  web:
    image: "${debugImage}"
    command: [node, -e, "${begins}"]
    restart: always
    stop_grace_period: 0s
  db: {image: busybox, command: sleep 1000, stop_grace_period: 0s}
`,
    );
    onTestFinished(() => app.remove());
    const { loaded } = await load(nodeHost(app.environment), { cwd: app.folder });
    if (loaded === undefined) throw new Error('not loaded');
    await up(engine, loaded, {}, () => {}, never);
    const inspect = (service: string) => engine.inspectContainer(`${app.name}-${service}-1`, never);
    const hasBegun = async (id: string) =>
      (await execOutput(engine, id, { command: ['ls', '/tmp/begun'] }, never)).exitCode === 0;
    const [before, beside] = [await inspect('web'), await inspect('db')];
    const changed = underDebugger(loaded, 'web', {
      runtime: 'node',
      image: { entrypoint: [], command: [] },
    });
    const web = { services: ['web'], noDeps: true };

    await up(engine, changed, web, () => {}, never);
    const under = await inspect('web');
    expect(under.config.Cmd).toEqual(['node', '--inspect-brk=127.0.0.1:9229', '-e', begins]);
    expect(under.hostConfig.RestartPolicy).toMatchObject({ Name: 'no' });
    const open = await openDebugger(engine, under.id, {}, never);
    await through(engine, under.id, open, async (tunnel) => {
      expect(await inspector(tunnel)).toMatchObject({ 'Protocol-Version': '1.1' });
    });
    expect(await hasBegun(under.id)).toBe(false);

    /** What follows: the session ends; the window was killed, and another or the command line comes; the engine is lost as the session ends, and is back. */
    const ways: readonly (() => Promise<unknown>)[] = [
      () => up(engine, loaded, web, () => {}, never),
      () => app.compose('up', '-d'),
      async () => {
        const proxy = await EngineProxy.listen(hostOf(provided));
        const lost = await dial(proxy.host);
        proxy.faultOf = () => ({ kind: 'cut', after: 0 });
        await expect(up(lost, loaded, web, () => {}, never)).rejects.toThrow();
        expect((await inspect('web')).labels[hash]).not.toBe(before.labels[hash]);
        lost.close();
        await proxy.close();
        // A program that ends with its engine is not started again by it.
        await engine.killContainer(`${app.name}-web-1`, {}, never);
        await up(engine, loaded, {}, () => {}, never);
      },
    ];
    const hash = 'com.docker.compose.config-hash';
    for (const next of isNewest ? ways : ways.slice(0, 1)) {
      // The first time it is so already.
      await up(engine, changed, web, () => {}, never);
      expect((await inspect('web')).labels[hash]).not.toBe(before.labels[hash]);
      await next();
      const after = await inspect('web');
      expect([after.state, after.config.Cmd]).toEqual(['running', before.config.Cmd]);
      expect(after.hostConfig.RestartPolicy).toEqual(before.hostConfig.RestartPolicy);
      expect(after.labels[hash]).toBe(before.labels[hash]);
    }
    await expect.poll(async () => hasBegun((await inspect('web')).id)).toBe(true);
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

describe('on the newest engine', () => {
  let engine: EnginePort;
  const project = uniqueProject(() => engine);
  beforeAll(async () => {
    await seedDebugImage(hostOf('engineHost').replace('unix://', ''));
    engine = await dial();
  });
  afterAll(() => engine.close());

  it('a program of Ruby under rdbg: breakpoint, variable, step and continue', async () => {
    const id = await startService(engine, project, { service: 'ruby', script: '', body: body(underRdbg) });
    await untilRuns(engine, id, /^ruby/);
    // rdbg leaves no trace in the process's arguments.
    const open = await openDebugger(engine, id, {}, never);
    expect([open.debuggee.runtime, open.debuggee.process.args, open.at?.port]).toEqual([
      'ruby',
      ['ruby', rubyProgram],
      12345,
    ]);
    await through(engine, id, open, async ({ port }) => {
      const adapter = await dapClient(port);
      const { process } = open.debuggee;
      await attachAs(
        adapter,
        attachConfiguration({ runtime: 'ruby', name: 'n', port, process, mappings: [] }),
      );
      await adapter.request('setBreakpoints', { source: { path: rubyProgram }, breakpoints: [{ line: 4 }] });
      await adapter.request('configurationDone');
      await adapter.event('stopped');
      const threadId = 1;
      const reply = greeting(engine, id, 8001);
      const at = async () => {
        const { stackFrames } = await adapter.request('stackTrace', { threadId });
        return (stackFrames as readonly { id: number; line: number }[])[0];
      };
      const line = () =>
        at().then(
          (frame) => frame?.line,
          () => undefined,
        );
      // Debian's rdbg, 1.4, knows no "nonstop" yet, and waits when it is attached to, at times twice.
      const goesOn = async () => {
        const stopped = await line();
        if (stopped !== undefined && stopped !== 4) await adapter.request('continue', { threadId });
        return stopped;
      };
      await expect.poll(goesOn).toBe(4);
      const frameId = (await at())?.id;
      expect(
        await adapter.request('evaluate', { expression: 'name', frameId, context: 'hover' }),
      ).toMatchObject({ result: '"ann"' });
      await adapter.request('next', { threadId });
      await expect.poll(line).toBe(5);
      await adapter.request('continue', { threadId });
      expect(await reply).toBe('hello ann');
      adapter.close();
    });
  });

  it('PHP calls the editor through a reverse tunnel: breakpoint, variable, step and continue', async () => {
    const id = await startService(engine, project, {
      service: 'php',
      script: '',
      body: {
        ...body(['php8.2', '-S', '0.0.0.0:8002', phpProgram]),
        Env: Object.entries(phpVariables()).map(([name, value]) => `${name}=${value}`),
        HostConfig: { ReadonlyRootfs: true },
      },
    });
    await untilRuns(engine, id, /^php/);
    const { debuggee, reverse } = await openDebugger(engine, id, {}, never);
    expect([debuggee.runtime, reverse?.port]).toEqual(['php', 9003]);
    if (reverse === undefined) throw new Error('no way back');
    const editor = await dbgpListener();
    const tunnel = await openReverseTunnel({
      open: (signal) => listenFor(engine, id, reverse, signal),
      port: editor.port,
    });
    onTestFinished(() => {
      tunnel.close();
      editor.close();
    });
    const reply = greeting(engine, id, 8002);
    const { init, send, end } = await editor.called();
    expect(init).toContain(`fileuri="file://${phpProgram}"`);
    expect(await send('breakpoint_set', `-t line -f file://${phpProgram} -n 5`)).toMatch(/ id="\d+"/);
    expect(await send('run')).toMatch(/status="break".*lineno="5"/s);
    expect(await send('property_get', '-n $name')).toContain(Buffer.from('ann').toString('base64'));
    expect(await send('step_over')).toMatch(/status="break".*lineno="6"/s);
    // Its end, which the program is told of by the end of the connection.
    expect(await send('run')).toContain('status="stopping"');
    end();
    expect(await reply).toBe('hello ann');
  });

  it.each([
    [
      'node',
      ['node', '--watch'],
      '/tmp/app.js',
      'require("http").createServer((q, r) => r.end(`${process.pid}`)).listen(80)',
    ],
    ['python', ['python3', '-m', 'uvicorn', '--reload', '--port', '80', 'app:app'], '/tmp/app.py', asgi],
    ['python', ['gunicorn', '-b', ':80', 'app:app'], '/tmp/app.py', wsgi],
  ] as const)('below %s %j the process that answers is found', async (runtime, words, file, text) => {
    const script = `printf %s "$TEXT" >${file}; ${words.join(' ')} ${runtime === 'node' ? file : ''}; true`;
    const id = await startService(engine, project, {
      service: words[0],
      script: '',
      body: { ...body(['sh', '-c', script]), Env: [`TEXT=${text}`], WorkingDir: '/tmp' },
    });
    const answer = () => execOutput(engine, id, { command: ['wget', '-qO-', 'http://127.0.0.1/'] }, never);
    await expect.poll(async () => (await answer()).exitCode, { timeout: 60_000 }).toBe(0);
    const found = await debuggeeIn(engine, await engine.inspectContainer(id, never), undefined, never);
    expect([found.runtime, String(found.process.pid)]).toEqual([runtime, (await answer()).stdout]);
  });
});

describe('over ssh', () => {
  let far: FarEngine;
  let engine: EnginePort;
  beforeAll(async () => {
    await seedDebugImage(hostOf('engineHost').replace('unix://', ''));
    far = await startFarEngine();
    engine = await dial(far.host);
  });
  afterAll(async () => {
    engine?.close();
    await far?.stop();
  });
  // After what ends the connection, so that its containers go first.
  const project = uniqueProject(() => engine);

  it('a running program of Node is debugged as it is nearby', () => debugNode(engine, project));
});
