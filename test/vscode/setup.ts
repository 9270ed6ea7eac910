import type { TestProject } from 'vitest/node';
import { type Engine, startEngine } from '../../scripts/lib/engine.mjs';
import { seedImages } from '../../scripts/lib/images.mjs';
import { run } from '../../scripts/lib/processes.mjs';
import { installVSCode } from '../../scripts/lib/vscode.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** `DOCKER_HOST` of a private engine for each worker, images seeded. */
    vscodeEngines: readonly string[];
  }
}

const engines: Engine[] = [];

/**
 * Packages the extension (which builds it), has VS Code ready, and starts an engine for each worker; the files that a worker runs use project names and
 * host ports of their own. `COMPOSURE_TEST_HOST` names an engine that runs already, serves all workers, and is left running; `COMPOSURE_TEST_PACKAGED=1`
 * says that the package is made of what is here.
 */
export async function setup(project: TestProject): Promise<void> {
  if (process.env.COMPOSURE_TEST_PACKAGED !== '1')
    await run(process.execPath, ['scripts/package.mjs'], { cwd: process.cwd() });
  await installVSCode();
  const running = process.env.COMPOSURE_TEST_HOST;
  const hostOfWorker = async () => {
    if (running !== undefined && running !== '') return running;
    const engine = await startEngine();
    engines.push(engine);
    await seedImages(engine);
    return engine.host;
  };
  const workers = Array.from({ length: Number(project.vitest.config.maxWorkers ?? 1) });
  try {
    project.provide('vscodeEngines', await Promise.all(workers.map(hostOfWorker)));
  } catch (error) {
    await teardown();
    throw error;
  }
}

export async function teardown(): Promise<void> {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
}
