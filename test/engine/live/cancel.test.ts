import { afterEach, describe, expect, it } from 'vitest';
import { hostOf } from './engine.ts';
import { EngineProxy } from './proxy.ts';
import { type Stack, stack } from './stack.ts';

const compose = `services:
  web:
    image: busybox
    init: true
    command: sleep 1000
    depends_on: [db]
  db:
    image: busybox
    init: true
    command: sleep 1000
    environment: {VERSION: "\${VERSION:-1}"}
    volumes: [data:/data]
volumes:
  data:
`;

const operations = ['up -d', 'up -d with a change', 'restart', 'down -v'] as const;

/** Far more connections than any of them makes. */
const enough = 60;

let app: Stack;
let neighbour: Stack;
let proxy: EngineProxy;

afterEach(async () => {
  await proxy.close();
  await app.remove();
  await neighbour.remove();
});

describe('Ctrl-C', () => {
  it.each(operations)('at any step of %s ends it at once; the next up converges', async (operation) => {
    proxy = await EngineProxy.listen(hostOf('engineHost'));
    app = await stack(hostOf('engineHost'), compose);
    neighbour = await stack(hostOf('engineHost'), compose);
    await neighbour.compose('up', '-d');
    const untouched = await containersOf(neighbour);
    let cancelled = 0;

    for (let step = 1; ; step += 1) {
      expect(step).toBeLessThan(enough);
      if (operation !== 'up -d') await app.compose('up', '-d');
      if (operation === 'up -d with a change') app.environment.VERSION = String(step + 1);

      app.environment.DOCKER_HOST = proxy.host;
      let connections = 0;
      const running = app.composeUntil(...wordsOf(operation));
      proxy.faultOf = () => {
        connections += 1;
        if (connections === step) running.interrupt();
        return { kind: 'none' };
      };
      const { code } = await running.ended;
      app.environment.DOCKER_HOST = app.host;
      proxy.faultOf = () => ({ kind: 'none' });
      if (connections < step) break;
      if (code === 130) cancelled += 1;
      // Nothing goes on behind the back of whoever has cancelled.
      await expect.poll(() => proxy.connections).toBe(0);

      const next = await app.compose('up', '-d', '-t', '0');
      expect(next.code, next.err).toBe(0);
      expect((await containersOf(app)).map(({ Name, State }) => `${Name} ${State}`)).toEqual([
        `${app.name}-db-1 running`,
        `${app.name}-web-1 running`,
      ]);
      expect((await app.compose('plan', 'up')).out).toMatch(/^nothing to do/);
      if (operation === 'up -d') await app.compose('down', '-t', '0', '-v');
    }
    expect(cancelled).toBeGreaterThan(2);
    expect(await containersOf(neighbour)).toEqual(untouched);
  });

  it.each([
    ['once', 1],
    ['again and again', 5],
  ])('ends an up in the foreground of which some has not been started yet: pressed %s', async (_, times) => {
    proxy = await EngineProxy.listen(hostOf('engineHost'));
    app = await stack(hostOf('engineHost'), compose);
    neighbour = await stack(hostOf('engineHost'), compose);
    app.environment.DOCKER_HOST = proxy.host;
    const running = app.composeUntil('up', '-t', '0');
    let pressed = 0;
    proxy.faultOf = (request) => {
      if ((pressed > 0 || /^POST \S*\/start /.test(request)) && pressed < times) {
        pressed += 1;
        running.interrupt();
      }
      return { kind: 'none' };
    };
    const { code, out, err } = await running.ended;
    expect(code, out + err).toBe(130);
    app.environment.DOCKER_HOST = app.host;
    expect((await containersOf(app)).map(({ State }) => State)).not.toContain('running');
  });
});

/** As a process that is killed leaves it: the engine hears no more, and goes on with what it was told. */
describe('a client that is gone', () => {
  it.each(['engineHost', 'oldEngineHost'] as const)(
    'while a container takes its time to stop: the next up waits for that and starts it (%s)',
    async (host) => {
      proxy = await EngineProxy.listen(hostOf(host));
      app = await stack(
        hostOf(host),
        `services:
  slow:
    image: busybox
    command: sh -c "trap 'sleep 2; exit 0' TERM; while :; do sleep 0.1; done"
`,
      );
      neighbour = await stack(hostOf(host), compose);
      await app.compose('up', '-d');
      app.environment.DOCKER_HOST = proxy.host;
      proxy.faultOf = (line) => {
        if (/\/stop/.test(line)) setTimeout(() => proxy.cut(), 200);
        return { kind: 'none' };
      };
      expect((await app.compose('stop')).code).not.toBe(0);
      app.environment.DOCKER_HOST = app.host;

      const next = await app.compose('up', '-d');
      expect(next.code, next.err).toBe(0);
      expect(next.err).toMatch(/slow-1 Stopping[\s\S]*slow-1 Stopped[\s\S]*slow-1 Started/);
      expect((await containersOf(app)).map(({ State }) => State)).toEqual(['running']);
      // It is not started and stopped again behind anyone's back.
      expect((await app.compose('plan', 'up')).out).toMatch(/^nothing to do/);
      await app.compose('down', '-t', '0');
    },
  );

  it.each(['up -d with a change', 'down -v'] as const)(
    'at any step of %s: the next up waits for what the engine is still at, and converges',
    async (operation) => {
      proxy = await EngineProxy.listen(hostOf('engineHost'));
      app = await stack(hostOf('engineHost'), compose);
      neighbour = await stack(hostOf('engineHost'), compose);
      for (let step = 1; ; step += 1) {
        expect(step).toBeLessThan(enough);
        await app.compose('up', '-d');
        if (operation === 'up -d with a change') app.environment.VERSION = String(step + 1);

        app.environment.DOCKER_HOST = proxy.host;
        let connections = 0;
        proxy.faultOf = () => {
          connections += 1;
          // It has been told, and then there is no one.
          if (connections === step) setTimeout(() => proxy.cut(), 5);
          return connections > step ? { kind: 'refuse' } : { kind: 'none' };
        };
        await app.compose(...wordsOf(operation));
        app.environment.DOCKER_HOST = app.host;
        if (connections < step) break;

        const began = Date.now() / 1000;
        const next = await app.compose('up', '-d', '-t', '0');
        expect(next.code, next.err).toBe(0);
        // A machine with much to do may get to what the dead client asked for only while, or after, this up was at work: then it is for one more.
        if (await gotToItLater(app, began)) expect((await app.compose('up', '-d', '-t', '0')).code).toBe(0);
        expect((await containersOf(app)).map(({ Name, State }) => `${Name} ${State}`)).toEqual([
          `${app.name}-db-1 running`,
          `${app.name}-web-1 running`,
        ]);
        expect((await app.compose('plan', 'up')).out).toMatch(/^nothing to do/);
      }
    },
  );
});

/** Whether one of the containers that run has been told to end since then (Unix time, s), or has been removed. */
async function gotToItLater(app: Stack, since: number): Promise<boolean> {
  const states = (await containersOf(app)).map(({ State }) => State);
  if (states.length === 2 && states.every((state) => state === 'running')) return false;
  const { out } = await app.docker(
    ...['events', '--since', since.toFixed(3), '--until', (Date.now() / 1000 + 0.001).toFixed(3)],
    ...[
      '--filter',
      `label=com.docker.compose.project=${app.name}`,
      '--filter',
      'event=kill',
      '--filter',
      'event=destroy',
    ],
  );
  return out !== '';
}

function wordsOf(operation: (typeof operations)[number]): readonly string[] {
  switch (operation) {
    case 'restart':
      return ['restart', '-t', '0'];
    case 'down -v':
      return ['down', '-v', '-t', '0'];
    default:
      return ['up', '-d', '-t', '0'];
  }
}

interface Row {
  readonly ID: string;
  readonly Name: string;
  readonly State: string;
}

async function containersOf({ compose: run }: Stack): Promise<readonly Row[]> {
  const { out } = await run('ps', '-a', '--format', 'json');
  const rows: Row[] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return rows.map(({ ID, Name, State }) => ({ ID, Name, State })).sort((a, b) => (a.Name < b.Name ? -1 : 1));
}
