import { loadWith } from '#compose/load/load.ts';
import type { LoadedProject, LoadRequest, LoadResult } from '#compose/load/request.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import type { CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { formatProblems, ProblemsError } from '../frame/project-problems.ts';

export interface ConfigLoad {
  readonly services?: readonly string[];
  readonly noEnvironment?: boolean;
  readonly noInterpolate?: boolean;
  readonly noValidation?: boolean;
}

/** The project with the stages that the options want. Warnings are printed; errors reject, all at once. */
export async function loadForConfig(context: CommandContext, load: ConfigLoad): Promise<LoadedProject> {
  const { loaded, partial, problems } = await tryLoad(context, load);
  const texts = partial?.trace?.texts;
  const failures = problems.filter(({ severity }) => severity === 'error');
  if (failures.length > 0) throw new ProblemsError(failures, texts);
  if (loaded === undefined) throw new CommandError('The project could not be loaded.');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  if (warnings.length > 0) context.errors.write(await formatProblems(warnings, texts));
  return loaded;
}

export function tryLoad(context: CommandContext, load: ConfigLoad): Promise<LoadResult> {
  const { global, options, cwd, environment, home, input, remote } = context;
  const request: LoadRequest = {
    cwd,
    files: global.files,
    envFiles: global.envFiles,
    profiles: global.profiles,
    ...(global.projectName !== undefined && { projectName: global.projectName }),
    ...(global.projectDirectory !== undefined && { projectDirectory: global.projectDirectory }),
    services: load.services ?? [],
  };
  const noInterpolate = load.noInterpolate ?? false;
  return loadWith({ ...nodeHost(environment, home, () => input.read()), remote }, request, {
    noInterpolate,
    noValidation: load.noValidation ?? false,
    noPaths: options.flag('no-path-resolution'),
    noNormalization: options.flag('no-normalize') || global.compatibility,
    noConsistency: options.flag('no-consistency') || noInterpolate,
    noEnvironment: noInterpolate || (load.noEnvironment ?? false) || options.flag('no-env-resolution'),
    prune: !global.allResources,
    discardEnvFiles: !options.flag('no-env-resolution'),
    discardLabelFiles: true,
  });
}
