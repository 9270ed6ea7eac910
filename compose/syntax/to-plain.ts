import { goFormat } from './go-format.ts';
import type { Node, ScalarNode } from './node.ts';

/** Plain data, as JSON knows it; keys in the order of the file. */
export type Plain =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly Plain[]
  | { readonly [key: string]: Plain };

/**
 * The values of a tree without their positions. An alias, which only syntax trees have, is `null`; of a key given twice the last value counts;
 * a timestamp is the text that Docker Compose would make of it.
 */
export function toPlain(node: Node): Plain {
  switch (node.kind) {
    case 'scalar':
      return plainScalar(node);
    case 'alias':
      return null;
    case 'seq':
      return node.items.map(toPlain);
    case 'map': {
      const plain: Record<string, Plain> = Object.create(null) as Record<string, Plain>;
      for (const { key, value } of node.entries) plain[key.source] = toPlain(value);
      return plain;
    }
  }
}

function plainScalar(node: ScalarNode): Plain {
  return node.type === 'timestamp' ? goFormat(node) : node.value;
}
