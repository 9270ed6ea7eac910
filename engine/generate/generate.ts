import { EngineError } from '../api/engine-error.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { ContainerSummary } from '../api/engine-objects.ts';
import { say } from '../api/message.ts';
import { composeOfContainers, type Generated, type GeneratedFile } from './compose-of-containers.ts';

/**
 * A Compose file of containers that are there, whether they run or not. Each word is a container's name or the beginning of its id; if there is no such
 * container it means, as for Docker Compose, all whose name has it as a part. Rejects with kind `not-found` if a word finds none.
 */
export async function generate(
  engine: EnginePort,
  words: readonly string[],
  options: { readonly projectName?: string },
  signal: AbortSignal,
): Promise<GeneratedFile> {
  const found = containersNamed(await engine.listContainers({ labels: [], all: true }, signal), words);
  const all = await Promise.all(
    found.map(async ({ id }): Promise<Generated> => {
      const container = await engine.inspectContainer(id, signal);
      const image = await imageOf(engine, container.imageId, signal);
      return { container, ...(image === undefined ? {} : { image }) };
    }),
  );
  return composeOfContainers(all, options.projectName);
}

/** Without any: Docker Compose's own sentence. */
export function containersNamed(
  all: readonly ContainerSummary[],
  words: readonly string[],
): readonly ContainerSummary[] {
  const found = words.map((word) => {
    const exact = all.filter(({ name, id }) => name === word.replace(/^\//, '') || isIdOf(word, id));
    return exact.length > 0 ? exact : all.filter(({ name }) => name.includes(word));
  });
  const missing = words.filter((_, at) => found[at]?.length === 0);
  if (missing.length > 0) {
    const names = missing.join(',');
    throw new EngineError('not-found', say`no container(s) found with the following name(s): ${names}`, {
      subject: names,
    });
  }
  return [...new Set(found.flat())];
}

function isIdOf(word: string, id: string): boolean {
  return /^[0-9a-f]{4,}$/.test(word) && id.startsWith(word);
}

/** The image may have gone since. */
async function imageOf(engine: EnginePort, id: string, signal: AbortSignal) {
  try {
    return await engine.inspectImage(id, signal);
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'not-found') return undefined;
    throw error;
  }
}
