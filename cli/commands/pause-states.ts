import type { ProjectTarget } from '#engine/project/project-target.ts';
import type { CommandContext } from '../frame/command.ts';
import { listServiceContainers } from '../frame/service-names.ts';

/**
 * Says of containers that are in the state already that they are, as the engine would if it were asked all the same: Docker Compose asks, and ends with 1.
 * To be called before the operation; what it returns is called after it, and returns the exit status.
 */
export async function alreadyIn(
  context: CommandContext,
  target: ProjectTarget,
  state: 'running' | 'paused',
): Promise<() => number> {
  const { arguments: services, signal, errors } = context;
  if (context.global.dryRun) return () => 0;
  const engine = await context.engine();
  const containers = await listServiceContainers(engine, target.name, services, { all: true }, signal);
  const already = containers.filter((container) => container.state === state);
  return () => {
    const word = state === 'paused' ? 'is already paused' : 'is not paused';
    for (const { name } of already) errors.write(`Container ${name} ${word}\n`);
    return already.length === 0 ? 0 : 1;
  };
}
