import { nodeAt, valueIn } from '#compose/syntax/edit.ts';
import type { Node } from '#compose/syntax/node.ts';
import type { Span } from '#compose/problem/span.ts';
import type { Stack } from '../workspace/stacks.ts';

/** What of a service something is about. */
export type Aspect =
  | { readonly kind: 'service' }
  | { readonly kind: 'health' }
  | { readonly kind: 'image' }
  | { readonly kind: 'port'; readonly port: number };

/** Where the files say it: the health check, the image, the port, else the service's name. `undefined`: the files do not have the service. */
export function placeOf({ declared }: Stack, service: string, aspect: Aspect): Span | undefined {
  const node = nodeAt(declared?.loaded?.tree, ['services', service]);
  const place = node === undefined ? undefined : within(node, aspect);
  return place ?? node?.keySpan ?? declared?.services.find(({ name }) => name === service)?.span;
}

function within(service: Node, aspect: Aspect): Span | undefined {
  switch (aspect.kind) {
    case 'service':
      return undefined;
    case 'health': {
      const node = valueIn(service, 'healthcheck');
      return node?.implied === true ? undefined : node?.keySpan;
    }
    case 'image': {
      const node = valueIn(service, 'image') ?? valueIn(service, 'build');
      return node?.implied === true ? undefined : node?.span;
    }
    case 'port': {
      const ports = valueIn(service, 'ports');
      const found =
        ports?.kind === 'seq'
          ? ports.items.find((item) => textOf(valueIn(item, 'published')) === String(aspect.port))
          : undefined;
      return found?.span;
    }
  }
}

function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' ? String(node.value) : undefined;
}
