import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hostOf } from './engine.ts';
import { EngineProxy } from './proxy.ts';
import { type Stack, stack } from './stack.ts';

const compose = `services:
  web:
    image: busybox
    init: true
    command: sleep 1000
    stop_grace_period: 1s
    depends_on: [db]
    environment: {VERSION: "\${VERSION:-1}"}
  db:
    image: busybox
    init: true
    command: sleep 1000
    stop_grace_period: 1s
    container_name: "\${COMPOSE_PROJECT_NAME}-data"
    environment: {VERSION: "\${VERSION:-1}"}
    volumes: [data:/data]
volumes:
  data:
`;

/** Far more connections than an up makes. */
const enough = 60;

/** A machine with much to do: things happen late, and in another order. */
const busy: ChildProcess[] = [];
beforeAll(() => {
  for (let each = 0; each < 2; each += 1)
    busy.push(spawn(process.execPath, ['-e', 'for (;;) {}'], { stdio: 'ignore' }));
});
afterAll(() => {
  for (const each of busy) each.kill('SIGKILL');
});

let app: Stack;
/** The same project by another client: of one process, operations on a project take turns. */
let other: Stack;
let proxy: EngineProxy;

beforeEach(async () => {
  proxy = await EngineProxy.listen(hostOf('engineHost'));
  app = await stack(hostOf('engineHost'), compose);
  other = await stack(proxy.host, compose);
  other.environment.COMPOSE_PROJECT_NAME = app.name;
});
afterEach(async () => {
  await app.remove();
  await other.remove();
  await proxy.close();
});

describe('two ups at once', () => {
  it('end with one right state, 20 times, each with exit code 0', async () => {
    for (let round = 1; round <= 20; round += 1) {
      const words = ['up', '-d'];
      if (round % 5 === 0) await app.compose('down', '-t', '0', '-v');
      else if (round % 5 === 1) words.push('--force-recreate');
      else version(String(round));
      const both = await Promise.all([app.compose(...words), other.compose(...words)]);
      for (const { code, err } of both) expect(code, `round ${round}: ${err}`).toBe(0);
      await expectRight(`round ${round}`);
    }
  }, 300_000);
});

describe('an up beside one whose client is killed', () => {
  it('ends with the right state, at whichever step that is', async () => {
    await app.compose('up', '-d');
    for (let step = 1; ; step += 1) {
      expect(step).toBeLessThan(enough);
      version(`step ${step}`);
      let connections = 0;
      let killed = () => {};
      const kill = new Promise<void>((resolve) => {
        killed = resolve;
      });
      proxy.faultOf = () => {
        connections += 1;
        // It has been told, and then there is no one.
        if (connections === step)
          setImmediate(() => {
            proxy.cut();
            killed();
          });
        return connections > step ? { kind: 'refuse' } : { kind: 'none' };
      };
      const dying = other.compose('up', '-d');
      await Promise.race([kill, dying]);
      const { code, err } = await app.compose('up', '-d');
      expect(code, `step ${step}: ${err}`).toBe(0);
      await dying;
      // What the dead one asked for may still be done after that: one more look mends it.
      const last = await app.compose('up', '-d');
      expect(last.code, `step ${step}: ${last.err}`).toBe(0);
      await expectRight(`step ${step}`);
      if (connections < step) break;
    }
  }, 300_000);
});

function version(value: string): void {
  for (const each of [app, other]) each.environment.VERSION = value;
}

/** By what the engine itself says, with containers that nobody's listing would have. */
async function expectRight(when: string): Promise<void> {
  const { out } = await app.docker(
    ...['ps', '-a', '--filter', `label=com.docker.compose.project=${app.name}`],
    ...['--format', '{{.Names}} {{.State}}'],
  );
  expect(out.trim().split('\n').sort(), when).toEqual([
    `${app.name}-data running`,
    `${app.name}-web-1 running`,
  ]);
  expect((await app.compose('plan', 'up')).out, when).toMatch(/^nothing to do/);
}
