import type { TestProject } from 'vitest/node';
import { type Engine, startEngine } from '../../scripts/lib/engine.mjs';
import { seedImages } from '../../scripts/lib/images.mjs';
import { run } from '../../scripts/lib/processes.mjs';
import { installVSCode } from '../../scripts/lib/vscode.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** `DOCKER_HOST` of a private engine, images seeded. */
    vscodeEngine: string;
  }
}

let engine: Engine | undefined;

/**
 * Packages the extension (which builds it), has VS Code ready, and starts one engine for all files; each test uses project names and host ports
 * of its own. `COMPOSURE_TEST_HOST` names an engine that runs already and is left running; `COMPOSURE_TEST_PACKAGED=1` says that the package is
 * made of what is here.
 */
export async function setup(project: TestProject): Promise<void> {
  if (process.env.COMPOSURE_TEST_PACKAGED !== '1')
    await run(process.execPath, ['scripts/package.mjs'], { cwd: process.cwd() });
  await installVSCode();
  const running = process.env.COMPOSURE_TEST_HOST;
  if (running === undefined || running === '') {
    engine = await startEngine();
    await seedImages(engine);
  }
  project.provide('vscodeEngine', engine?.host ?? running ?? '');
}

export async function teardown(): Promise<void> {
  await engine?.stop();
}
