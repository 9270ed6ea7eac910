import { dockerPlugin, type ProgramSources } from '../providers/provider-program.ts';
import { answeringApi } from './model-api.ts';
import { modelPlugin } from './model-plugin.ts';
import type { ModelRunners } from './model-runner.ts';

/** The plugin `docker-model` of the Docker CLI, as Docker Compose has it; without it the API of Docker Model Runner, if it answers. */
export function modelRunners(sources: ProgramSources): ModelRunners {
  return {
    async find(environment, signal) {
      const program = await dockerPlugin('model', sources);
      return program === undefined
        ? answeringApi(sources.environment.MODEL_RUNNER_HOST, signal)
        : modelPlugin(program, environment);
    },
  };
}
