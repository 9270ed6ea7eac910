import { describe, expect, test } from 'vitest';
import { attachConfiguration } from '#engine/debug/configuration.ts';
import { headlessPort } from '#engine/debug/delve-port.ts';
import { jdwpOptions, rdbgPort } from '#engine/debug/open-others.ts';
import { listeningPort } from '#engine/debug/open-python.ts';
import { likelyRuntime, type Runtime, runtimeOfEnvironment } from '#engine/debug/runtime.ts';

const process = { pid: 7, parent: 1, args: ['x'], cwd: '/app' };
const mappings = [{ localRoot: '/w', remoteRoot: '/app', by: 'copy' }] as const;

describe('what is known of a container without asking', () => {
  test.each<[string, string, Runtime | undefined]>([
    ['node:22-alpine', 'docker-entrypoint.sh', 'node'],
    ['shop-web', 'docker-entrypoint.sh node server.js', 'node'],
    ['shop-web', "/bin/sh -c 'npm start'", 'node'],
    ['shop-api', 'gunicorn -b :80 app', 'python'],
    ['docker.io/library/python@sha256:0', 'sleep 1', 'python'],
    ['localhost:5000/shop', 'java -jar app.jar', 'java'],
    ['mcr.microsoft.com/dotnet/aspnet:8.0', 'dotnet app.dll', 'dotnet'],
    ['nginx:alpine', "/docker-entrypoint.sh nginx -g 'daemon off;'", undefined],
    ['postgres', 'docker-entrypoint.sh postgres', undefined],
    ['shop-node-exporter', '/bin/node_exporter', undefined],
  ])('%s, %s: %s', (image, command, runtime) => {
    expect(likelyRuntime({ image, command })).toBe(runtime);
  });

  test('by what its image sets', () => {
    expect(runtimeOfEnvironment(['PATH=/bin', 'PYTHON_VERSION=3.13'])).toBe('python');
    expect(runtimeOfEnvironment(['MY_NODE_VERSION=1'])).toBe(undefined);
  });
});

describe('the configuration of each debugger', () => {
  const of = (runtime: Runtime, more = {}) =>
    attachConfiguration({ runtime, name: 'n', port: 5, process, mappings, ...more });

  test.each<[Runtime, Record<string, unknown>]>([
    ['node', { type: 'node', address: '127.0.0.1', port: 5, localRoot: '/w', remoteRoot: '/app' }],
    [
      'python',
      {
        type: 'debugpy',
        connect: { host: '127.0.0.1', port: 5 },
        pathMappings: [{ localRoot: '/w', remoteRoot: '/app' }],
      },
    ],
    [
      'go',
      {
        type: 'go',
        mode: 'local',
        processId: 7,
        host: '127.0.0.1',
        port: 5,
        substitutePath: [{ from: '/w', to: '/app' }],
      },
    ],
    ['java', { type: 'java', hostName: '127.0.0.1', port: 5, sourcePaths: ['/w'] }],
    ['dotnet', { type: 'coreclr', processId: '7' }],
    ['ruby', { type: 'rdbg', debugPort: '127.0.0.1:5', localfsMap: '/app:/w', nonstop: true }],
  ])('%s', (runtime, expected) => {
    expect(of(runtime)).toMatchObject({ request: 'attach', name: 'n', ...expected });
  });

  test('of a program that waits', () => {
    expect(of('node', { stopOnEntry: true })).toMatchObject({ continueOnAttach: false });
    expect(of('node', { stopOnEntry: false })).toMatchObject({ continueOnAttach: true });
    expect(of('go', { stopOnEntry: true })).toMatchObject({ mode: 'remote', stopOnEntry: true });
    expect(of('ruby', { stopOnEntry: true })).toMatchObject({ nonstop: false });
    expect(of('node')).not.toHaveProperty('continueOnAttach');
  });

  test('vsdbg is reached through the docker command', () => {
    expect(of('dotnet', { pipe: { container: 'c', debuggerPath: '/v' } })).toMatchObject({
      pipeTransport: { pipeProgram: 'docker', pipeArgs: ['exec', '-i', 'c'], debuggerPath: '/v' },
    });
  });
});

test('debuggers that were started already are recognised', () => {
  expect(listeningPort('python3 -m debugpy --listen 0.0.0.0:5679 app.py'.split(' '))).toBe(5679);
  expect(listeningPort(['python3', 'app.py', '--listen', '5678'])).toBe(undefined);
  expect(jdwpOptions(['-agentlib:jdwp=transport=dt_socket,server=y,address=*:5005,onjcmd=y'])).toEqual({
    port: 5005,
    onCommand: true,
  });
  expect(jdwpOptions(['JAVA_TOOL_OPTIONS=-agentlib:jdwp=transport=dt_socket,address=8000'])).toEqual({
    port: 8000,
    onCommand: false,
  });
  expect(jdwpOptions(['-jar', 'a.jar'])).toBe(undefined);
  expect(rdbgPort(['rdbg', '--open', '--port', '12345'])).toBe(12345);
  expect(rdbgPort(['RUBY_DEBUG_PORT=1234'])).toBe(1234);
  expect(headlessPort('/go/bin/dlv exec --headless --listen=127.0.0.1:2345 /app'.split(' '))).toBe(2345);
});
