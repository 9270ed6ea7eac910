import { fitsPlatform } from '../observe/local-images.ts';
import { ignoreMissing } from '../api/ignore-missing.ts';
import { onPlatform } from '../observe/local-images.ts';
import type { Images } from '../observe/local-images.ts';
import { containerSettings } from '#compose/model/container-settings.ts';
import type { Service } from '#compose/model/project.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { imageName } from '../project/names.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { ImageDetails } from '../api/engine-objects.ts';
import type { Report } from '../observe/progress.ts';
import type { Cause } from '../plan/cause.ts';
import type { ImagePull, PendingPull } from '../plan/reconcile/reconcile-context.ts';
import { recordOf } from '#compose/values/record.ts';

export type PullPolicy = 'always' | 'missing' | 'never';

/** The images that services run, by reference; one that is not on the engine is absent. */
export async function inspectImages(
  engine: EnginePort,
  project: string,
  services: Readonly<Record<string, Service>>,
  signal: AbortSignal,
): Promise<Images> {
  const references = new Set(neededImages(project, services).map(({ reference }) => reference));
  const found = await Promise.all(
    [...references].map(async (reference) => {
      const details = await ignoreMissing(engine.inspectImage(reference, signal));
      return details === undefined ? [] : [[reference, details] as const];
    }),
  );
  return recordOf(found.flat());
}

/**
 * Which images must be pulled before the services can run, each once for each platform, with the cause. `policy` replaces the services' own `pull_policy`.
 * A service with a `build` section gets its image from there.
 */
export function pendingPulls(
  project: string,
  services: Readonly<Record<string, Service>>,
  images: Images,
  policy: PullPolicy | undefined,
  /** Unix time, ms: some policies ask for an image again after a while. */
  now: number = Date.now(),
): readonly PendingPull[] {
  const pulls = new Map<string, PendingPull>();
  for (const { reference, service, isOwn } of neededImages(project, services)) {
    if (isOwn && service.build !== undefined && service.image === undefined) continue;
    const asked = policy ?? service.pull_policy ?? 'missing';
    const image = onPlatform(images[reference], service.platform);
    const key = `${reference} ${service.platform ?? ''}`;
    const cause = pullCause(service, image, !isOwn && asked === 'build' ? 'missing' : asked, now);
    if (cause === undefined || pulls.has(key)) continue;
    pulls.set(key, {
      reference,
      cause,
      ...(service.platform !== undefined && { platform: service.platform }),
    });
  }
  // Where an engine keeps one platform of a name, it is its own that stays.
  return [...pulls.values()].toSorted(
    (a, b) => Number(b.platform !== undefined) - Number(a.platform !== undefined),
  );
}

/** Pulls images at once, several platforms of one after the other. Rejects with the first failure, once all are over; one that a `build` can replace is left out. */
export async function pullImages(
  engine: EnginePort,
  pulls: readonly ImagePull[],
  replaceable: (reference: string) => boolean,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const results = await Promise.allSettled(
    [...new Set(pulls.map(({ reference }) => reference))].map(async (reference) => {
      try {
        for (const each of pulls)
          if (each.reference === reference) await pullImage(engine, each, report, signal);
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        const replaced = replaceable(reference) && !signal.aborted;
        report({ kind: 'image', name: reference, status: replaced ? 'Warning' : 'Error', detail });
        if (!replaced) throw error;
      }
    }),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Rejects (kind `image-missing`) when a service's image is neither there nor to be had. */
export function refuseMissingImages(
  project: string,
  services: Readonly<Record<string, Service>>,
  images: Images,
): void {
  for (const { reference, name, service, isOwn } of neededImages(project, services)) {
    if (images[reference] !== undefined) continue;
    const message =
      isOwn && service.build !== undefined
        ? say`The image ${reference} of service ${name} has not been built. Build it first.`
        : say`The image ${reference} of service ${name} is not on the engine, and its pull policy prevents pulling. Pull it first.`;
    throw new EngineError('image-missing', message, { subject: reference });
  }
}

interface NeededImage {
  readonly reference: string;
  readonly name: string;
  readonly service: Service;
  /** The service's own image; otherwise a hook's, or one that is mounted. */
  readonly isOwn: boolean;
}

/** What the services' containers, and those of their hooks, are made of, and what is mounted into them. */
function neededImages(project: string, services: Readonly<Record<string, Service>>): readonly NeededImage[] {
  return Object.entries(services).flatMap(([name, service]) => {
    if (service.provider !== undefined) return [];
    const mounted = containerSettings(service).flatMap(({ volumes }) =>
      (volumes ?? []).flatMap(({ type, source }) =>
        type === 'image' && source !== undefined ? [source] : [],
      ),
    );
    const hooks = (service.pre_start ?? []).flatMap(({ image }) => (image === undefined ? [] : [image]));
    return [
      { reference: imageName(project, name, service), name, service, isOwn: true },
      ...[...hooks, ...mounted].map((reference) => ({ reference, name, service, isOwn: false })),
    ];
  });
}

async function pullImage(
  engine: EnginePort,
  { reference, platform }: ImagePull,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  report({ kind: 'image', name: reference, status: 'Pulling' });
  const layers = new Map<string, { current: number; total: number }>();
  const options = platform === undefined ? {} : { platform };
  for await (const { id, status, current, total } of engine.pullImage(reference, options, signal)) {
    if (id !== undefined && current !== undefined && total !== undefined && total > 0) {
      layers.set(id, { current, total });
    }
    const sum = [...layers.values()].reduce(
      (all, layer) => ({ current: all.current + layer.current, total: all.total + layer.total }),
      { current: 0, total: 0 },
    );
    report({
      kind: 'image',
      name: reference,
      status: 'Pulling',
      detail: id === undefined ? status : `${id}: ${status}`,
      ...(sum.total > 0 && { fraction: Math.min(1, sum.current / sum.total) }),
    });
  }
  report({ kind: 'image', name: reference, status: 'Pulled' });
}

function pullCause(
  service: Service,
  image: ImageDetails | undefined,
  policy: string,
  now: number,
): Cause | undefined {
  if (policy === 'always') return { kind: 'pull-policy', policy };
  if (policy === 'never' || policy === 'build') return undefined;
  if (image === undefined) return { kind: 'not-on-engine' };
  if (service.platform !== undefined && !fitsPlatform(image, service.platform)) {
    return { kind: 'other-platform', platform: `${image.os}/${image.architecture}` };
  }
  const window = refreshWindow(policy);
  // An engine writes year 1 for an image that was never tagged here.
  const tagged = image.lastTagTime === undefined ? 0 : Math.max(0, Date.parse(image.lastTagTime));
  return window !== undefined && tagged + window < now ? { kind: 'pull-policy', policy } : undefined;
}

const unitMilliseconds: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** How long an image counts as fresh, in ms: `daily`, `weekly`, `every_12h`; `undefined` for other policies. */
function refreshWindow(policy: string): number | undefined {
  if (policy === 'daily') return unitMilliseconds.d;
  if (policy === 'weekly') return unitMilliseconds.w;
  const span = /^every_((?:\d+[smhdw])+)$/.exec(policy)?.[1];
  if (span === undefined) return undefined;
  const parts = [...span.matchAll(/(\d+)([smhdw])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (unitMilliseconds[unit ?? ''] ?? 0), 0);
}
