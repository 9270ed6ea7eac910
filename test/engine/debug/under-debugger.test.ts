import { expect, test } from 'vitest';
import type { LoadedProject } from '#compose/load/request.ts';
import type { Service } from '#compose/model/project.ts';
import { type Restartable, underDebugger } from '#engine/debug/under-debugger.ts';

const image = { entrypoint: ['docker-entrypoint.sh'], command: ['node', 'index.js'] };

function start(runtime: Restartable, service: Partial<Service>, own = image) {
  const loaded = {
    project: { name: 'p', services: { web: { command: null, entrypoint: null, ...service } } },
  } as unknown as LoadedProject;
  const changed = underDebugger(loaded, 'web', { runtime, image: own }).project.services.web;
  return [changed?.entrypoint ?? null, changed?.command ?? null, { ...changed?.environment }];
}

const node = '--inspect-brk=127.0.0.1:9229';
const debugpy = ['-m', 'debugpy', '--listen', '127.0.0.1:5678', '--wait-for-client'];
const jdwp = '-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:5005';
const delve = ['dlv', 'exec', '--headless', '--api-version=2', '--listen=127.0.0.1:2345'];

test.each<[Restartable, Partial<Service>, readonly unknown[], typeof image?]>([
  ['node', {}, [null, ['node', node, 'index.js'], {}]],
  ['node', { command: ['node', 'b.js'] }, [null, ['node', node, 'b.js'], {}]],
  ['node', { entrypoint: ['/usr/bin/node'], command: ['b.js'] }, [['/usr/bin/node', node], ['b.js'], {}]],
  ['node', {}, [['node', node], ['b.js'], {}], { entrypoint: ['node'], command: ['b.js'] }],
  [
    'node',
    { command: ['npm', 'start'] },
    [null, ['npm', 'start'], { NODE_OPTIONS: '--inspect=127.0.0.1:0' }],
  ],
  ['python', { command: ['python', 'a.py'] }, [null, ['python', ...debugpy, 'a.py'], {}]],
  ['python', { command: ['uvicorn', 'a:b'] }, [null, ['python3', ...debugpy, '-m', 'uvicorn', 'a:b'], {}]],
  [
    'go',
    { command: ['/server', '-v'] },
    [[...delve, '/server'], ['--', '-v'], {}],
    { entrypoint: [], command: [] },
  ],
  [
    'java',
    { environment: { JAVA_TOOL_OPTIONS: '-Xmx1g' } },
    [null, null, { JAVA_TOOL_OPTIONS: `-Xmx1g ${jdwp}` }],
  ],
  [
    'ruby',
    { command: ['ruby', 'a.rb'] },
    [null, ['rdbg', '--open', '--host', '127.0.0.1', '--port', '12345', '-c', '--', 'ruby', 'a.rb'], {}],
  ],
])('%s %j', (runtime, service, expected, own) => {
  expect(start(runtime, service, own)).toEqual(expected);
});

test('nothing else restarts or judges it, and the files stay what they are', () => {
  const web: Service = {
    command: ['node', 'a'],
    entrypoint: null,
    restart: 'always',
    healthcheck: { test: ['CMD', 'x'] },
  };
  const loaded = { project: { name: 'p', services: { web } } } as unknown as LoadedProject;
  const changed = underDebugger(loaded, 'web', { runtime: 'node', image });
  expect(changed.project.services.web).toMatchObject({ restart: 'no', healthcheck: { disable: true } });
  expect(loaded.project.services.web).toBe(web);
});

test('a command that does not name its program is refused', () => {
  expect(() => start('python', { command: ['./run.sh'] })).toThrow(/does not name its program/);
});
