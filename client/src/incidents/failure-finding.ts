import type { EngineError } from '#engine/api/engine-error.ts';
import { holds } from '../stack/port-seeker.ts';
import { messageText, type Translate } from '../shared/translate.ts';
import { pullText } from '../shared/pull-text.ts';
import type { Stack } from '../workspace/stacks.ts';
import type { Aspect } from './incident-place.ts';
import { isSameImage } from '#compose/values/image-reference.ts';

/** Something to be said at a place of a service. */
export interface Finding {
  readonly service: string;
  readonly aspect: Aspect;
  readonly code: 'crashed' | 'crash-loop' | 'unhealthy' | 'port-in-use' | 'image-not-found';
  readonly message: string;
}

/** What an operation failed with, said at the line that names it: a port that is taken, and by whom; an image that is nowhere. */
export function failureFinding(stack: Stack, error: EngineError, t: Translate): Finding | undefined {
  const { kind, subject = '' } = error;
  const services = Object.entries(stack.declared?.loaded?.project.services ?? {});
  if (kind === 'port-in-use') {
    const port = Number(/^\d+/.exec(subject)?.[0]);
    const service = services.find(([, { ports }]) =>
      ports?.some(({ published }) => holds(published, port)),
    )?.[0];
    if (service === undefined) return undefined;
    const message = error.said === undefined ? error.message : messageText(error.said, t);
    return { service, aspect: { kind: 'port', port }, code: 'port-in-use', message };
  }
  if (kind === 'pull-denied' || kind === 'image-missing' || kind === 'not-found') {
    const service = services.find(([, { image }]) => image !== undefined && isSameImage(image, subject))?.[0];
    if (service === undefined) return undefined;
    const message =
      error.pull === undefined
        ? t('The image {0} was not found.', subject)
        : pullText(error.pull, subject, t);
    return { service, aspect: { kind: 'image' }, code: 'image-not-found', message };
  }
  return undefined;
}
