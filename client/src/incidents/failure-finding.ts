import type { EngineError } from '#engine/api/engine-error.ts';
import { label } from '#engine/project/labels.ts';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import type { Translate } from '../shared/translate.ts';
import type { Stack } from '../workspace/stacks.ts';
import type { Aspect } from './incident-place.ts';
import { isSameImage } from '#compose/values/image-reference.ts';

/** Something to be said at a place of a service. */
export interface Finding {
  readonly service: string;
  readonly aspect: Aspect;
  readonly code: 'crashed' | 'unhealthy' | 'port-in-use' | 'image-not-found';
  readonly message: string;
}

/** What else there is on the engine, for saying who has a port. */
export interface Neighbours {
  readonly current:
    | {
        listContainers(
          filter: { readonly labels: readonly string[]; readonly all: boolean },
          signal: AbortSignal,
        ): Promise<readonly ContainerSummary[]>;
      }
    | undefined;
}

/** What an operation failed with, said at the line that names it: a port that is taken, and by whom; an image that is nowhere. */
export async function failureFinding(
  stack: Stack,
  { kind, subject = '' }: EngineError,
  neighbours: Neighbours,
  t: Translate,
): Promise<Finding | undefined> {
  const services = Object.entries(stack.declared?.loaded?.project.services ?? {});
  if (kind === 'port-in-use') {
    const port = Number(/^\d+/.exec(subject)?.[0]);
    const service = services.find(([, { ports }]) =>
      ports?.some(({ published }) => Number(published) === port),
    )?.[0];
    if (service === undefined) return undefined;
    const holder = await holderOf(port, stack, service, neighbours);
    const message =
      holder === undefined
        ? t('Port {0} is in use by another program on the engine’s machine.', port)
        : t('Port {0} is in use by the container {1}.', port, holder);
    return { service, aspect: { kind: 'port', port }, code: 'port-in-use', message };
  }
  if (kind === 'pull-denied' || kind === 'image-missing' || kind === 'not-found') {
    const service = services.find(([, { image }]) => image !== undefined && isSameImage(image, subject))?.[0];
    if (service === undefined) return undefined;
    const message =
      kind === 'pull-denied'
        ? t('The image {0} cannot be pulled: it does not exist, or you have to log in first.', subject)
        : t('The image {0} was not found.', subject);
    return { service, aspect: { kind: 'image' }, code: 'image-not-found', message };
  }
  return undefined;
}

async function holderOf(
  port: number,
  stack: Stack,
  service: string,
  { current }: Neighbours,
): Promise<string | undefined> {
  const containers =
    (await current?.listContainers({ labels: [], all: false }, AbortSignal.timeout(5000)).catch(() => [])) ??
    [];
  const holder = containers.find(
    ({ ports, labels }) =>
      ports.some(({ hostPort }) => hostPort === port) &&
      !(labels[label.project] === stack.name && labels[label.service] === service),
  );
  return holder?.name;
}
