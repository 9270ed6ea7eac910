import type { TestProject } from 'vitest/node';
import { type Engine, installEngine, startEngine } from '../../../scripts/lib/engine.mjs';
import { seedImages } from '../../../scripts/lib/images.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** For each worker: `DOCKER_HOST` of a private engine of the newest version, and of one of the oldest supported version (API 1.41), images seeded. */
    engines: readonly { readonly engineHost: string; readonly oldEngineHost: string }[];
    /** Where the newest engine's own programs are (`docker`, `docker-compose`), and the environment they need: for interoperation. */
    engineBin: string;
    engineEnv: Record<string, string | undefined>;
  }
}

const engines: Engine[] = [];

/**
 * Starts both engines once for each worker; each test file uses project names and host ports of its own. `COMPOSURE_TEST_HOST` and
 * `COMPOSURE_TEST_OLD_HOST` name engines that run already (`node scripts/engine.mjs start`), serve all workers, and are left running.
 */
export async function setup(project: TestProject): Promise<void> {
  const start = async (version: '28.5' | '20.10', variable: string) => {
    const running = process.env[variable];
    if (running !== undefined && running !== '') return running;
    const engine = await startEngine({ version });
    engines.push(engine);
    await seedImages(engine);
    return engine.host;
  };
  const workers = Array.from({ length: Number(project.vitest.config.maxWorkers ?? 1) });
  try {
    const each = workers.map(async () => {
      const [engineHost, oldEngineHost] = await Promise.all([
        start('28.5', 'COMPOSURE_TEST_HOST'),
        start('20.10', 'COMPOSURE_TEST_OLD_HOST'),
      ]);
      return { engineHost, oldEngineHost };
    });
    project.provide('engines', await Promise.all(each));
    const installed = await installEngine('28.5');
    project.provide('engineBin', installed.bin);
    project.provide('engineEnv', installed.env);
  } catch (error) {
    await teardown();
    throw error;
  }
}

export async function teardown(): Promise<void> {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
}
