import type { TestProject } from 'vitest/node';
import { type Engine, installEngine, startEngine } from '../../../scripts/lib/engine.mjs';
import { seedImages } from '../../../scripts/lib/images.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** `DOCKER_HOST` of a private engine of the newest version, images seeded. */
    engineHost: string;
    /** The same for the oldest supported version (API 1.41). */
    oldEngineHost: string;
    /** The newest engine. */
    dockerHost: string;
    /** Where the newest engine's own programs are (`docker`, `docker-compose`), and the environment they need: for interoperation. */
    engineBin: string;
    engineEnv: Record<string, string | undefined>;
  }
}

const engines: Engine[] = [];

/**
 * Starts both engines once for all files; each test file uses project names and host ports of its own. `COMPOSURE_TEST_HOST` and
 * `COMPOSURE_TEST_OLD_HOST` name engines that run already (`node scripts/engine.mjs start`) and are left running.
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
  try {
    const [newest, oldest] = await Promise.all([
      start('28.5', 'COMPOSURE_TEST_HOST'),
      start('20.10', 'COMPOSURE_TEST_OLD_HOST'),
    ]);
    const installed = await installEngine('28.5');
    project.provide('engineHost', newest);
    project.provide('dockerHost', newest);
    project.provide('oldEngineHost', oldest);
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
