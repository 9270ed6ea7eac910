import { load } from '#compose/load/load.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import type { ProjectTarget } from '#engine/project/project-target.ts';
import type { CommandContext, ProjectOptions } from './command.ts';
import { CommandError } from './command-error.ts';
import { parallelLimit } from './global-options.ts';
import { formatProblems, ProblemsError } from './project-problems.ts';

/** The project that the global options and the working directory mean, from its files. Warnings are printed; errors reject, all at once. */
export async function loadProject(
  { global, cwd, environment, home, input, errors, remote }: CommandContext,
  _platform: NodeJS.Platform,
  { services, withJobs, allProfiles, noEnvironment, asStack = false }: ProjectOptions,
): Promise<LoadedProject> {
  const { loaded, partial, problems } = await load(
    { ...nodeHost(environment, home, () => input.read()), remote },
    {
      cwd,
      files: global.files,
      envFiles: global.envFiles,
      profiles: allProfiles === true ? ['*'] : global.profiles,
      allResources: global.allResources || asStack,
      literalEnvFiles: asStack,
      ...(global.projectName !== undefined && { projectName: global.projectName }),
      ...(global.projectDirectory !== undefined && { projectDirectory: global.projectDirectory }),
      ...(services !== undefined && { services }),
      ...(withJobs !== undefined && { withJobs }),
      ...(noEnvironment !== undefined && { noEnvironment }),
    },
  );
  // What exists has had its names for long.
  const failures = problems.filter(
    ({ severity, code }) =>
      severity === 'error' && !(noEnvironment === true && code === 'duplicate-container-name'),
  );
  const project = loaded ?? (failures.length === 0 ? partial : undefined);
  if (project === undefined) {
    throw failures.length > 0
      ? new ProblemsError(failures, partial?.trace?.texts)
      : new CommandError('the project could not be loaded');
  }
  const limit = project.environment.COMPOSE_PARALLEL_LIMIT;
  if (global.parallel === undefined && limit !== undefined) parallelLimit(limit);
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  if (warnings.length > 0) errors.write(await formatProblems(warnings, partial?.trace?.texts));
  return project;
}

/**
 * As Docker Compose for commands on what runs already: `-p` without `-f` is a name and nothing else; otherwise the files, or, when they cannot be
 * loaded, the name in `COMPOSE_PROJECT_NAME`. Such a name counts in lower case: no project has another.
 * Jobs are among the services, since they have containers too. What they need no variables for cannot fail for want of an `env_file`.
 */
export async function findTarget(
  context: CommandContext,
  platform: NodeJS.Platform,
  options: ProjectOptions,
): Promise<ProjectTarget> {
  const { projectName, files } = context.global;
  if (projectName !== undefined && files.length === 0) return { name: projectName.toLowerCase() };
  try {
    const loaded = await loadProject(context, platform, { withJobs: true, ...options, noEnvironment: true });
    return { name: loaded.project.name, loaded };
  } catch (error) {
    const name = context.environment.COMPOSE_PROJECT_NAME;
    if (name === undefined || name === '') throw error;
    return { name: name.toLowerCase() };
  }
}
