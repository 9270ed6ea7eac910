import { say } from '../api/message.ts';
import { loopbackOnly } from './connection-rules.ts';
import type { Finding } from './explanation.ts';
import type { FailureFacts } from './facts.ts';

/** A published port behind which nothing listens, while something listens elsewhere; or only for the container itself. */
export function explainPublished({ service, container }: FailureFacts): Finding | undefined {
  const { published = [], listeners } = container ?? {};
  if (listeners === undefined) return undefined;
  for (const port of published) {
    const own = listeners.filter((each) => each.port === port);
    if (own.length > 0 && own.every(({ isLoopback }) => isLoopback))
      return { ...loopbackOnly(service, port), seen: listening(listeners) };
    if (own.length > 0) continue;
    const others = listeners.filter(({ isLoopback }) => !isLoopback).map((each) => String(each.port));
    return {
      cause: 'nobody-listens',
      what:
        others.length === 0
          ? say`Port ${port} of ${service} is published, and nothing in the container listens on it.`
          : say`Port ${port} of ${service} is published, and nothing in the container listens on it. It listens on ${others.join(', ')}.`,
      fixes: [
        say`Publish the port that the program listens on: it is the last number of an entry under "ports".`,
      ],
      attribute: 'ports',
      seen: listening(listeners),
    };
  }
  return undefined;
}

function listening(listeners: NonNullable<FailureFacts['container']>['listeners']) {
  const text = (listeners ?? [])
    .map(({ port, isLoopback }) => (isLoopback ? `127.0.0.1:${port}` : `*:${port}`))
    .join(' ');
  return { from: 'engine' as const, text: `LISTEN ${text === '' ? '-' : text}` };
}
