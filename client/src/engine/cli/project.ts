import type { LoadedProject } from '#compose/load/request.ts';
import type { ProjectTarget } from '../target.ts';
import { type CommandContext, CommandError, type ProjectOptions } from './command.ts';

/** The project that the global options and the working directory mean, from its files. */
export async function loadProject(
  _context: CommandContext,
  _platform: NodeJS.Platform,
  _options: ProjectOptions,
): Promise<LoadedProject> {
  throw new CommandError('no configuration file provided: not found');
}

/**
 * As Docker Compose for commands on what runs already: `-p` without `-f` is a name and nothing else; otherwise the files, or, when they cannot be
 * loaded, the name in `COMPOSE_PROJECT_NAME`.
 */
export async function findTarget(
  context: CommandContext,
  platform: NodeJS.Platform,
  options: ProjectOptions,
): Promise<ProjectTarget> {
  const { projectName, files } = context.global;
  if (projectName !== undefined && files.length === 0) return { name: projectName };
  try {
    const loaded = await loadProject(context, platform, options);
    return { name: loaded.project.name, loaded };
  } catch (error) {
    const name = context.environment.COMPOSE_PROJECT_NAME;
    if (name === undefined || name === '') throw error;
    return { name };
  }
}
