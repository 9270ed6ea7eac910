import type { Project } from '#compose/model/project.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import type { EngineFactsParams } from '../../../server/src/protocol.ts';
import { recordOf } from '#compose/values/record.ts';

/** Images of services that others wait for to be healthy, and that have no health check in the files. */
export function awaitedImages(projects: readonly (Project | undefined)[]): readonly string[] {
  const images = projects.flatMap((project) => {
    const services = project?.services ?? {};
    const awaited = Object.values(services).flatMap(({ depends_on }) =>
      Object.entries(depends_on ?? {}).flatMap(([name, { condition }]) =>
        condition === 'service_healthy' ? [name] : [],
      ),
    );
    return awaited.flatMap((name) => {
      const service = services[name];
      return service?.image === undefined || service.healthcheck !== undefined ? [] : [service.image];
    });
  });
  return [...new Set(images)].sort();
}

/** Whether a service uses `models`. */
export function usesModels(projects: readonly (Project | undefined)[]): boolean {
  return projects.some((project) =>
    Object.values(project?.services ?? {}).some(({ models }) => models !== undefined),
  );
}

/** Whether these images bring a health check, as far as they are on the engine. */
export async function imageHealthChecks(
  engine: Pick<EnginePort, 'inspectImage'>,
  images: readonly string[],
  signal: AbortSignal,
): Promise<Readonly<Record<string, boolean>>> {
  const known = await Promise.all(
    images.map(async (image) => {
      const details = await engine.inspectImage(image, signal).catch(() => undefined);
      return details === undefined ? [] : [[image, details.hasHealthcheck] as const];
    }),
  );
  return recordOf(known.flat());
}

let facts: EngineFactsParams | undefined;
let listener: ((facts: EngineFactsParams) => void) | undefined;

/** What the engine knows, for suggestions. Reaches the language server now, or when it starts. */
export function tellEngineFacts(params: EngineFactsParams): void {
  facts = params;
  listener?.(params);
}

/** Called at once with what is known, and with what becomes known. Instead of the listener before. */
export function listenToEngineFacts(next: (facts: EngineFactsParams) => void): void {
  listener = next;
  if (facts !== undefined) next(facts);
}
