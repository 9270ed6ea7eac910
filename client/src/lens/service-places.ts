import { entryOf, valueIn } from '#compose/syntax/edit.ts';
import type { Node } from '#compose/syntax/node.ts';
import { parse } from '#compose/syntax/parse.ts';
import type { Span } from '#compose/problem/span.ts';

/** Where a service and what can fail of it stand in one text. */
export interface ServicePlace {
  readonly name: string;
  /** Its name. */
  readonly key: Span;
  /** All of it. */
  readonly whole: Span;
  readonly image: Span | undefined;
  readonly healthcheck: Span | undefined;
  readonly ports: readonly PortPlace[];
}

export interface PortPlace {
  readonly span: Span;
  /** In the container; of a range the first. */
  readonly target: number;
  /** As written, where it is a number. */
  readonly published: number | undefined;
}

export interface Places {
  /** The key `services`; `undefined` where there are none. */
  readonly services: Span | undefined;
  readonly list: readonly ServicePlace[];
  /** The names of jobs, where they stand. */
  readonly jobs: readonly JobPlace[];
}

export interface JobPlace {
  readonly name: string;
  readonly key: Span;
}

/** The services that a text writes down, in its order; also of one that is being typed. */
export function placesIn(uri: string, text: string): Places {
  const root = parse(uri, text).documents[0]?.root;
  const services = entryOf(root, 'services');
  const section = valueIn(root, 'jobs');
  const jobs =
    section?.kind === 'map'
      ? section.entries.map(({ key }) => ({ name: String(key.value), key: key.span }))
      : [];
  if (services?.value.kind !== 'map') return { services: services?.key.span, list: [], jobs };
  return {
    jobs,
    services: services.key.span,
    list: services.value.entries.map(({ key, value }) => ({
      name: String(key.value),
      key: key.span,
      whole: { uri, start: key.span.start, end: Math.max(key.span.end, value.span.end) },
      image: valueIn(value, 'image')?.span,
      healthcheck: entryOf(value, 'healthcheck')?.key.span,
      ports: portsIn(valueIn(value, 'ports')),
    })),
  };
}

function portsIn(node: Node | undefined): readonly PortPlace[] {
  if (node?.kind !== 'seq') return [];
  return node.items.flatMap((item) => {
    if (item.kind === 'map') {
      const target = numberOf(valueIn(item, 'target'));
      return target === undefined
        ? []
        : [{ span: item.span, target, published: numberOf(valueIn(item, 'published')) }];
    }
    if (item.kind !== 'scalar') return [];
    // Variables may stand for any part but are rarely the last: `${WEB_PORT:-8080}:80/tcp`.
    const match = /^(?:(.*):)?(\d+)(?:-\d+)?(?:\/\w+)?$/.exec(item.source);
    if (match?.[2] === undefined) return [];
    const published = /(?:^|:)(\d+)(?:-\d+)?$/.exec(match[1] ?? '')?.[1];
    return [
      {
        span: item.span,
        target: Number(match[2]),
        published: published === undefined ? undefined : Number(published),
      },
    ];
  });
}

function numberOf(node: Node | undefined): number | undefined {
  if (node?.kind !== 'scalar') return undefined;
  const value = Number(node.source);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
