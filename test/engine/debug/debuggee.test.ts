import { expect, it, test } from 'vitest';
import { debuggeeIn } from '#engine/debug/debuggee.ts';
import { isStarting } from '#engine/debug/processes.ts';
import { engineOf } from './container.ts';

const never = new AbortController().signal;

test.each<[string, boolean]>([
  ['runc init', true],
  ['/usr/bin/runc init', true],
  ['/proc/self/exe init', true],
  ['crun init', true],
  ['/proc/self/fd/6 init', true],
  ['runc:[2:INIT]', true],
  ['[runc:[1:CHILD]]', true],
  ['/sbin/init', false],
  ['node init', false],
  ['sh -c runc init', false],
])('%s is what starts a container: %s', (line, expected) => {
  expect(isStarting({ args: line.split(' ') })).toBe(expected);
});

it('a container that was just started is waited for', async () => {
  const engine = engineOf({ runs: ['node server.js'] });
  const { topContainer } = engine;
  let looks = 0;
  engine.topContainer = async (...input) => {
    looks += 1;
    const titles = ['PID', 'PPID', 'COMMAND'];
    return looks < 3 ? { titles, processes: [['1', '0', 'runc init']] } : topContainer(...input);
  };
  const container = await engine.inspectContainer('c', never);
  expect((await debuggeeIn(engine, container, undefined, never)).runtime).toBe('node');
  expect(looks).toBe(3);
});

it('who waits for it can stop', async () => {
  const engine = engineOf({ runs: ['runc init'] });
  const container = await engine.inspectContainer('c', never);
  const abort = new AbortController();
  const found = debuggeeIn(engine, container, undefined, abort.signal);
  abort.abort();
  await expect(found).rejects.toMatchObject({ kind: 'cancelled' });
});
