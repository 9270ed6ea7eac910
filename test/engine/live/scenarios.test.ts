import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '#cli/command-table.ts';
import { type Engine, startEngine } from '../../../scripts/lib/engine.mjs';
import { seedImages } from '../../../scripts/lib/images.mjs';
import { run } from '../../../scripts/lib/processes.mjs';
import { type Registry, spreadImage, startRegistry } from '../../../scripts/lib/registry.mjs';
import { hostOf } from './engine.ts';
import { missingCommand, readScenarios, replay, type Scenario } from './scenarios.ts';
import { stack } from './stack.ts';

/** Scenarios that pull, by id: with the architectures that their images must have at the registry. All are for an engine with containerd's image store. */
const pulling: Readonly<Record<string, readonly string[]>> = {
  'e2e_scenarios-0104': ['amd64', 'arm64'],
  'e2e_scenarios-0106': ['amd64', 'arm64'],
  'e2e_scenarios-0153': [],
};

/** What a scenario needs that the oldest engine does not have, by its id. */
const beyondOldest: Readonly<Record<string, string>> = {
  'e2e_scenarios-0020': "has a heredoc in a Dockerfile, which this engine's BuildKit does not know",
};

const scenarios = readScenarios();
const known = new Set(Object.keys(commands));

const engines = [
  { version: '28.5', host: 'engineHost', beyond: {} },
  { version: '20.10', host: 'oldEngineHost', beyond: beyondOldest },
] as const;

if (scenarios === undefined) it.skip('the recorded scenarios are not beside the checkout');
else {
  const replayed = scenarios.filter(({ id }) => !(id in pulling));
  describe.each(engines)('on Engine $version', ({ host, beyond }) => {
    // Most of the time is spent on waiting: for containers that are given theirs to stop, and for states.
    for (const scenario of replayed.filter(({ id }) => !(id in beyond)))
      it.concurrent(`${scenario.id} ${scenario.intent}`, () => play(scenario, hostOf(host)));
  });

  describe('on Engine 28.5 with the image store of containerd, which pulls from a mirror', () => {
    let registry: Registry;
    let engine: Engine;
    beforeAll(async () => {
      registry = await startRegistry();
      engine = await startEngine({
        options: ['--feature', 'containerd-snapshotter=true', '--registry-mirror', registry.url],
      });
      await seedImages(engine);
    });
    afterAll(async () => {
      await engine?.stop();
      await registry?.stop();
    });

    for (const scenario of scenarios.filter(({ id }) => id in pulling))
      it(`${scenario.id} ${scenario.intent}`, async () => {
        for (const image of scenario.images) await offer(image, pulling[scenario.id] ?? []);
        await play(scenario, engine.host);
      });

    /** Puts an image of the hub's library into the mirror, and takes it from the engine. */
    async function offer(image: string, architectures: readonly string[]): Promise<void> {
      const [name = '', tag = ''] = image.split(':');
      const place = `${registry.address}/library/${image}`;
      const docker = (...words: readonly string[]) =>
        run(join(engine.installed.bin, 'docker'), [...words], {
          env: { ...engine.installed.env, DOCKER_HOST: engine.host },
        });
      await docker('tag', 'alpine:latest', place);
      await docker('push', place);
      await docker('rmi', place);
      if (architectures.length > 0) await spreadImage(registry, `library/${name}`, tag, architectures);
    }
  });

  it('every command is there', () => {
    expect(scenarios.flatMap((scenario) => missingCommand(scenario, known) ?? [])).toEqual([]);
  });
}

async function play(scenario: Scenario, host: string): Promise<void> {
  const { 'compose.yaml': compose = '', ...others } = scenario.files;
  const app = await stack(host, compose, others);
  try {
    await replay(scenario, app);
  } finally {
    await app.remove();
  }
}
