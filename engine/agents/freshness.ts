import { EngineError } from '../api/engine-error.ts';
import { hasDigest } from '../project/has-digest.ts';
import { imageName } from '../project/names.ts';
import type { ToolHost } from './tool.ts';
import { ToolError } from './tool-error.ts';

/** For each image of the project: whether the engine has what its registry has under the same name. One line each. */
export async function freshness(host: ToolHost, signal: AbortSignal): Promise<string> {
  const { loaded } = await host.target();
  if (loaded === undefined)
    throw new ToolError('The project has no files here, so its images are not known.');
  const engine = await host.engine();
  const { project } = loaded;
  const images = Object.entries(project.services).map(([name, service]) => ({
    name,
    reference: imageName(project.name, name, service),
    isBuilt: service.build !== undefined,
  }));
  const lines = await Promise.all(
    images.map(async ({ name, reference, isBuilt }) => {
      if (isBuilt) return `${name}: ${reference} is built here`;
      const local = await unlessFailed(engine.inspectImage(reference, signal));
      const remote = await unlessFailed(engine.inspectRemoteImage(reference, signal));
      if (typeof local === 'string')
        return `${name}: ${reference} is not on the engine${typeof remote === 'string' ? ', and its registry does not give it' : ''}`;
      if (typeof remote === 'string')
        return `${name}: ${reference} is on the engine; its registry cannot be asked: ${remote}`;
      const isSame = hasDigest(local, remote.digest);
      return `${name}: ${reference} ${isSame ? 'is what its registry has' : 'has newer content in its registry: pull it'}`;
    }),
  );
  return lines.join('\n');
}

/** The first line of why not. */
async function unlessFailed<T>(asked: Promise<T>): Promise<T | string> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof EngineError) || error.kind === 'cancelled' || error.kind === 'unreachable')
      throw error;
    return error.message.split('\n')[0] ?? '';
  }
}
