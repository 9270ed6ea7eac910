import type { TestProject } from 'vitest/node';
import { type Engine, startEngine } from '../../../scripts/lib/engine.mjs';
import { seedImages } from '../../../scripts/lib/images.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** `DOCKER_HOST` of a private engine of the newest version, images seeded. */
    engineHost: string;
    /** The same for the oldest supported version (API 1.41). */
    oldEngineHost: string;
    /** Where the newest engine's own programs are (`docker`, `docker-compose`), and the environment they need: for interoperation. */
    engineBin: string;
    engineEnv: Record<string, string | undefined>;
  }
}

const engines: Engine[] = [];

/** Starts both engines once for all files; each test file uses project names and host ports of its own. */
export async function setup(project: TestProject): Promise<void> {
  const start = async (version: '28.5' | '20.10') => {
    const engine = await startEngine({ version });
    engines.push(engine);
    await seedImages(engine);
    return engine;
  };
  try {
    const [newest, oldest] = await Promise.all([start('28.5'), start('20.10')]);
    project.provide('engineHost', newest.host);
    project.provide('oldEngineHost', oldest.host);
    project.provide('engineBin', newest.installed.bin);
    project.provide('engineEnv', newest.installed.env);
  } catch (error) {
    await teardown();
    throw error;
  }
}

export async function teardown(): Promise<void> {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
}
