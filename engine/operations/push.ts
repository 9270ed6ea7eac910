import type { Project } from '#compose/model/project.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { Report } from '../observe/progress.ts';

export interface PushOptions {
  readonly ignoreFailures?: boolean;
}

/**
 * Pushes the images that these services build (and their further tags); services that build nothing, or give their image no name, are left out
 * and said to be. Rejects with the first failure, once all are over.
 */
export async function pushImages(
  engine: EnginePort,
  project: Project,
  services: readonly string[],
  options: PushOptions,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const references = new Set<string>();
  for (const name of services) {
    const service = project.services[name];
    if (service?.build === undefined || service.image === undefined) {
      const detail = service?.build === undefined ? 'nothing is built for it' : 'it has no image name';
      report({ kind: 'image', name, status: 'Skipped', detail });
      continue;
    }
    for (const reference of [service.image, ...(service.build.tags ?? [])]) references.add(reference);
  }
  const results = await Promise.allSettled(
    [...references].map((reference) => pushImage(engine, reference, options, report, signal)),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

export async function pushImage(
  engine: EnginePort,
  reference: string,
  { ignoreFailures }: PushOptions,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  report({ kind: 'image', name: reference, status: 'Pushing' });
  const layers = new Map<string, { readonly current: number; readonly total: number }>();
  try {
    for await (const { id, status, current, total } of engine.pushImage(reference, signal)) {
      if (id !== undefined && current !== undefined && total !== undefined)
        layers.set(id, { current, total });
      const sum = (of: 'current' | 'total') =>
        [...layers.values()].reduce((all, layer) => all + layer[of], 0);
      const all = sum('total');
      report({
        kind: 'image',
        name: reference,
        status: 'Pushing',
        detail: id === undefined ? status : `${id}: ${status}`,
        ...(all > 0 && { fraction: Math.min(1, sum('current') / all) }),
      });
    }
    report({ kind: 'image', name: reference, status: 'Pushed' });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const ignored = ignoreFailures === true && !signal.aborted;
    report({ kind: 'image', name: reference, status: ignored ? 'Warning' : 'Error', detail });
    if (!ignored) throw error;
  }
}
