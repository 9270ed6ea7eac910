import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostOf } from './engine.ts';
import { EngineProxy } from './proxy.ts';
import { type Stack, stack } from './stack.ts';

const services = Array.from(
  { length: 12 },
  (_, index) => `
  s${index}:
    image: busybox
    init: true
    command: sleep 1000
    stop_grace_period: 0s
    volumes: ["data:/data"]${index > 4 ? `\n    depends_on: [s${index % 4}]` : ''}`,
);

/** How often the engine is asked: what a command costs, whatever else the machine does. Docker Compose does the same work beside it. */
describe('requests of', () => {
  let proxy: EngineProxy;
  let app: Stack;
  beforeAll(async () => {
    proxy = await EngineProxy.listen(hostOf('engineHost'));
    app = await stack(proxy.host, `services:${services.join('')}\nvolumes: {data: {}}\n`);
  });
  afterAll(async () => {
    await app.remove();
    await proxy.close();
  });

  const count = async (command: () => Promise<{ readonly code: number; readonly err: string }>) => {
    proxy.requests.length = 0;
    const { code, err } = await command();
    expect(code, err).toBe(0);
    return [...proxy.requests];
  };

  it.each([
    // The version, what there is (containers, networks, volumes, recent events, the image, each by its name), who has its names, a network, a volume, and two for each container.
    ['an up from nothing', ['up', '-d'], ['down', '-v', '-t', '0'], 11 + 2 * services.length],
    ['an up with nothing to do', ['up', '-d'], [], 9],
    ['a listing', ['ps'], [], 2],
    ['a down', ['down', '-v', '-t', '0'], ['up', '-d'], 7 + 2 * services.length],
  ])('%s', async (_what, words, before, most) => {
    if (before.length > 0) await app.compose(...before);
    const ours = await count(() => app.compose(...words));
    expect(ours.length, ours.join('\n')).toBeLessThanOrEqual(most);
    if (before.length > 0) await app.compose(...before);
    const theirs = await count(() => app.dockerCompose(...words));
    expect(ours.length).toBeLessThanOrEqual(theirs.length);
  });
});
