import { describe, expect, it } from 'vitest';
import { hostOf } from './engine.ts';
import { EngineProxy, type Fault } from './proxy.ts';
import { type Outcome, type Stack, stack } from './stack.ts';

const text = `services:
  web: {image: busybox, init: true, command: sleep 1000, stop_grace_period: 0s, depends_on: [db]}
  db:
    image: busybox
    init: true
    command: sleep 1000
    stop_grace_period: 0s
    volumes: ["data:/data"]
    configs: [{source: settings, target: /etc/settings}]
volumes: {data: {}}
configs: {settings: {content: "a=1"}}
`;

type Operation = readonly ['up', '-d'] | readonly ['down', '-v'];

/** How the nth request is spoiled; a stalled engine says nothing from there on, on any connection. */
const faults: readonly (readonly [string, Fault, RegExp])[] = [
  ['refused', { kind: 'refuse' }, /out of luck/],
  ['cut before the answer', { kind: 'cut', after: 0 }, /was lost/],
  ['cut in the body', { kind: 'cut', after: 'head' }, /was lost/],
  ['stalled', { kind: 'stall', after: 0 }, /has stopped answering|is not responding|does not respond/],
];

describe.each([
  ['28.5', 'engineHost', faults],
  // What differs between engines is not how connections break.
  ['20.10', 'oldEngineHost', faults.slice(1, 2)],
] as const)('every request of an operation on Engine %s', (_version, host, possible) => {
  describe.each<{ readonly operation: Operation }>([
    { operation: ['up', '-d'] },
    { operation: ['down', '-v'] },
  ])('$operation', ({ operation }) => {
    it.each(possible)(
      '%s: it ends, says why, leaves no connection, and the next one does the rest',
      async (name, fault, message) => {
        const requests = await countRequests(hostOf(host), operation);
        expect(requests).toBeGreaterThan(8);
        // All at once: a stall takes its time to be noticed.
        const waiting = Array.from({ length: requests }, (_, index) => index);
        const worker = async () => {
          for (let index = waiting.shift(); index !== undefined; index = waiting.shift())
            await spoil(hostOf(host), operation, index, { name, fault, message });
        };
        await Promise.all(Array.from({ length: fault.kind === 'stall' ? 8 : 3 }, worker));
      },
    );

    it('slow: it takes longer', async () => {
      const { app, proxy } = await open(hostOf(host), operation);
      try {
        proxy.faultOf = () => ({ kind: 'slow' });
        const { code, err } = await through(app, proxy, operation);
        expect(code, err).toBe(0);
        await expect.poll(() => proxy.connections).toBe(0);
      } finally {
        await proxy.close();
        await app.remove();
      }
    });
  });
});

async function open(host: string, [command]: Operation): Promise<{ app: Stack; proxy: EngineProxy }> {
  const app = await stack(host, text);
  if (command === 'down') expect((await app.compose('up', '-d')).code).toBe(0);
  return { app, proxy: await EngineProxy.listen(host) };
}

async function through(app: Stack, proxy: EngineProxy, operation: Operation): Promise<Outcome> {
  app.environment.DOCKER_HOST = proxy.host;
  try {
    return await app.compose(...operation);
  } finally {
    app.environment.DOCKER_HOST = app.host;
  }
}

async function countRequests(host: string, operation: Operation): Promise<number> {
  const { app, proxy } = await open(host, operation);
  let count = 0;
  proxy.faultOf = () => {
    count += 1;
    return { kind: 'none' };
  };
  try {
    expect((await through(app, proxy, operation)).code).toBe(0);
    return count;
  } finally {
    await proxy.close();
    await app.remove();
  }
}

async function spoil(
  host: string,
  operation: Operation,
  index: number,
  { name, fault, message }: { readonly name: string; readonly fault: Fault; readonly message: RegExp },
): Promise<void> {
  const { app, proxy } = await open(host, operation);
  let count = 0;
  let spoilt = '';
  proxy.faultOf = (line) => {
    const at = count++;
    if (at === index) spoilt = line;
    return at === index || (at > index && fault.kind === 'stall') ? fault : { kind: 'none' };
  };
  try {
    const { code, err } = await through(app, proxy, operation);
    const what = `request ${index} (${spoilt}) ${name}:\n${err}`;
    // A read whose connection broke may be asked for again, and some answers have no body to cut.
    if (code !== 0) expect(err, what).toMatch(message);
    else expect(fault.kind, what).toBe('cut');
    await expect.poll(() => proxy.connections, { message: what }).toBe(0);

    const finished = await app.compose(...operation);
    expect(finished.code, `after ${what}\n${finished.err}`).toBe(0);
    const services = (await app.compose('ps', '--services')).out;
    expect(services, what).toBe(operation[0] === 'up' ? 'db\nweb\n' : '\n');
    expect((await app.compose('down', '-v')).code).toBe(0);
    const filter = `label=com.docker.compose.project=${app.name}`;
    for (const kind of ['container', 'network', 'volume'])
      expect((await app.docker(kind, 'ls', '-q', '--filter', filter)).out, `${kind}s after ${what}`).toBe('');
  } finally {
    await proxy.close();
    await app.remove();
  }
}
