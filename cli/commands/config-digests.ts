import { formatPhrase } from '#compose/problem/format-phrase.ts';
import type { Project, Service } from '#compose/model/project.ts';
import { parseImageReference, printReference, withDefaultTag } from '#compose/values/image-reference.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { recordOf } from '#compose/values/record.ts';

/** The project with each image pinned to what its registry has now. Rejects with `EngineError` when a registry does not know one. */
export async function withDigests(
  project: Project,
  engine: EnginePort,
  signal: AbortSignal,
): Promise<Project> {
  const services = await Promise.all(
    Object.entries(project.services).map(async ([name, service]): Promise<[string, Service]> => {
      const { image } = service;
      if (image === undefined) return [name, service];
      const reference = fullReference(image);
      if (reference.includes('@')) return [name, { ...service, image: reference }];
      try {
        const { digest } = await engine.inspectRemoteImage(reference, signal);
        return [name, { ...service, image: `${reference}@${digest}` }];
      } catch (error) {
        if (!(error instanceof EngineError) || error.kind === 'cancelled') throw error;
        throw new EngineError(error.kind, `failed to resolve digest for ${reference}: ${error.message}`, {
          subject: image,
          cause: error,
        });
      }
    }),
  );
  return { ...project, services: recordOf(services) };
}

/** What an override file needs: the services, and of them the images alone. */
export function imagesOnly({ services }: Project): Project {
  const images = Object.entries(services).map(([name, { image }]): [string, Service] => [
    name,
    { command: null, entrypoint: null, ...(image === undefined ? {} : { image }) },
  ]);
  return { name: '', services: recordOf(images) };
}

/** With registry and tag, as Docker completes what is left out; where there is a digest, the tag says nothing more. */
function fullReference(image: string): string {
  const reference = parseImageReference(image);
  if (reference.kind === 'error')
    throw new EngineError('invalid', formatPhrase(reference.message), { subject: image });
  if (reference.digest === undefined) return printReference(withDefaultTag(reference));
  const { tag: _, ...pinned } = reference;
  return printReference(pinned);
}
