import type { Path } from '../path.ts';
import { keyText } from './edit.ts';
import type { Node, ScalarNode } from './node.ts';

/** What stands at a place of a document. */
export interface Located {
  readonly path: Path;
  /** The innermost node around the offset; on a key, the key's value. */
  readonly node: Node;
  /** The key under the offset; absent when the offset is on a value. */
  readonly key?: ScalarNode;
  /** The collections around it, outermost first. */
  readonly parents: readonly Node[];
}

/** What stands at an offset, its end included (a cursor behind a word is still at the word). */
export function locate(root: Node, offset: number): Located | undefined {
  const parents: Node[] = [];
  const path: (string | number)[] = [];
  let node = root;
  if (!around(node, offset)) return undefined;
  for (;;) {
    const step: Step | undefined = stepInto(node, offset);
    if (step === undefined) return { path, node, parents };
    parents.push(node);
    path.push(step.part);
    node = step.node;
    if (step.key !== undefined) return { path, node, key: step.key, parents };
  }
}

interface Step {
  readonly part: string | number;
  readonly node: Node;
  readonly key?: ScalarNode;
}

function stepInto(node: Node, offset: number): Step | undefined {
  if (node.kind === 'map') {
    for (const entry of node.entries) {
      const { key, value } = entry;
      const part = keyText(entry);
      if (around(key, offset)) return { part, node: value, key };
      if (around(value, offset)) return { part, node: value };
    }
  } else if (node.kind === 'seq') {
    for (const [part, item] of node.items.entries()) {
      if (around(item, offset)) return { part, node: item };
    }
  }
  return undefined;
}

function around(node: Node, offset: number): boolean {
  return node.span.start <= offset && offset <= node.span.end;
}
