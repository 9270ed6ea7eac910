import { afterEach, describe, expect, it } from 'vitest';
import { hostOf } from './engine.ts';
import { EngineProxy, type Fault } from './proxy.ts';
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

type Operation = 'up -d' | 'up -d with a change' | 'down';

const faults: readonly (readonly [string, Fault, readonly Operation[]])[] = [
  ['answers with an error', { kind: 'refuse' }, ['up -d', 'up -d with a change', 'down']],
  ['goes away before it answers', { kind: 'cut', after: 0 }, ['up -d', 'up -d with a change', 'down']],
  ['goes away in the middle of an answer', { kind: 'cut', after: 100 }, ['up -d with a change']],
];

/** Far more connections than an up makes. */
const enough = 60;

let app: Stack;
let proxy: EngineProxy;
afterEach(async () => {
  await proxy.close();
  await app.remove();
});

describe.each(faults)('when the engine %s', (_what, fault, operations) => {
  it.each(operations)('at any step of %s, it is said, and the next up converges', async (operation) => {
    proxy = await EngineProxy.listen(hostOf('engineHost'));
    app = await stack(hostOf('engineHost'), compose);
    for (let step = 1; ; step += 1) {
      expect(step).toBeLessThan(enough);
      if (operation !== 'up -d') await app.compose('up', '-d');
      if (operation === 'up -d with a change') app.environment.VERSION = String(step + 1);

      let connections = 0;
      proxy.faultOf = () => {
        connections += 1;
        return connections === step ? fault : { kind: 'none' };
      };
      const words = operation === 'down' ? ['down', '-t', '0'] : ['up', '-d', '-t', '0'];
      const spoiled = await through(proxy.host, words);
      if (connections < step) break;
      if (spoiled.code !== 0) expect(spoiled.err.trim()).not.toBe('');

      const next = await app.compose('up', '-d', '-t', '0');
      expect(next.code, next.err).toBe(0);
      expect(await states()).toEqual([`${app.name}-db-1 running`, `${app.name}-web-1 running`]);
      expect((await app.compose('plan', 'up')).out).toMatch(/^nothing to do/);
      if (operation === 'up -d') await app.compose('down', '-t', '0', '-v');
    }
  });
});

async function through(host: string, words: readonly string[]) {
  const direct = app.environment.DOCKER_HOST ?? '';
  app.environment.DOCKER_HOST = host;
  try {
    return await app.compose(...words);
  } finally {
    app.environment.DOCKER_HOST = direct;
  }
}

async function states(): Promise<readonly string[]> {
  const { out } = await app.compose('ps', '-a', '--format', 'json');
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(({ Name, State }) => `${Name} ${State}`)
    .sort();
}
