import type { Node } from '../syntax/node.ts';

/** A text that two values share exactly when JSON holds them equal: `1` and `1.0`, and mappings in any order. */
export function sameValueKey(node: Node): string {
  switch (node.kind) {
    case 'scalar':
      return typeof node.value === 'string' ? JSON.stringify(node.value) : String(node.value);
    case 'alias':
      return `*${node.name}`;
    case 'seq':
      return `[${node.items.map(sameValueKey).join(',')}]`;
    case 'map': {
      const pairs = node.entries.map(
        ({ key, value }) => `${JSON.stringify(key.source)}:${sameValueKey(value)}`,
      );
      return `{${pairs.sort().join(',')}}`;
    }
  }
}
