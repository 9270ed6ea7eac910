import { homedir } from 'node:os';
import { modelRunners } from '#engine/models/find-runner.ts';
import type { ModelRunners } from '#engine/models/model-runner.ts';

/** In ms. */
const patience = 10_000;

/** Whether there is one. */
export async function hasModelRunner(): Promise<boolean> {
  return (await modelsToRun().find({}, AbortSignal.timeout(patience))) !== undefined;
}

/** Docker Model Runner as this machine has it. */
export function modelsToRun(): ModelRunners {
  return modelRunners({ environment: process.env, home: homedir() });
}
