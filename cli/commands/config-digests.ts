import type { Project, Service } from '#compose/model/project.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';

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
  return { ...project, services: Object.fromEntries(services) };
}

/** What an override file needs: the services, and of them the images alone. */
export function imagesOnly({ services }: Project): Project {
  const images = Object.entries(services).map(([name, { image }]): [string, Service] => [
    name,
    { command: null, entrypoint: null, ...(image === undefined ? {} : { image }) },
  ]);
  return { name: '', services: Object.fromEntries(images) };
}

/** With registry and tag, as Docker completes what is left out. */
function fullReference(image: string): string {
  const slash = image.indexOf('/');
  const first = slash < 0 ? '' : image.slice(0, slash);
  const hasRegistry = /[.:]/.test(first) || first === 'localhost';
  const named = hasRegistry ? image : slash < 0 ? `docker.io/library/${image}` : `docker.io/${image}`;
  const rest = named.slice(named.lastIndexOf('/') + 1);
  return /[:@]/.test(rest) ? named : `${named}:latest`;
}
