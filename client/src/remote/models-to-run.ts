import { homedir } from 'node:os';
import type { ModelRunners } from '#engine/models/model-runner.ts';

/** In ms. */
const patience = 10_000;

/** Whether there is one. */
export async function hasModelRunner(): Promise<boolean> {
  return (await modelsToRun().find({}, AbortSignal.timeout(patience))) !== undefined;
}

/** Docker Model Runner as this machine has it; what speaks with it is loaded when a service uses a model. */
export function modelsToRun(): ModelRunners {
  return {
    async find(environment, signal) {
      const { modelRunners } = await import('#engine/models/find-runner.ts');
      return modelRunners({ environment: process.env, home: homedir() }).find(environment, signal);
    },
  };
}
