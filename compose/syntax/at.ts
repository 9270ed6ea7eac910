import type { Path } from '../values/path.ts';
import { lastEntry } from './entry-index.ts';
import type { MapEntry, Node } from './node.ts';

/** What stands at an offset of a syntax tree. */
export interface NodeAt {
  /** From the root down; the last is the one at the offset, or the value of the key at the offset. */
  readonly nodes: readonly Node[];
  readonly path: Path;
  /** The offset is on the key of the last node. */
  readonly onKey: boolean;
}

/** The innermost value or key that touches the offset; the root where nothing else does. */
export function nodeAt(root: Node, offset: number): NodeAt {
  const nodes: Node[] = [root];
  const path: (string | number)[] = [];
  let node = root;
  for (;;) {
    const step = childAt(node, offset);
    if (step === undefined) return { nodes, path, onKey: false };
    nodes.push(step.node);
    path.push(step.part);
    if (step.onKey) return { nodes, path, onKey: true };
    node = step.node;
  }
}

/** The value at a path; of a key given twice the last. */
export function nodeAtPath(root: Node, path: Path): Node | undefined {
  let node: Node | undefined = root;
  for (const part of path) {
    if (node === undefined) return undefined;
    if (node.kind === 'map') node = lastEntry(node, part)?.value;
    else if (node.kind === 'seq' && typeof part === 'number') node = node.items[part];
    else return undefined;
  }
  return node;
}

interface Step {
  readonly node: Node;
  readonly part: string | number;
  readonly onKey: boolean;
}

function childAt(node: Node, offset: number): Step | undefined {
  if (node.kind === 'map') {
    // Merged entries stand elsewhere, so there is no order to rely on.
    for (const entry of node.entries) {
      if (touches(entry.key, offset)) return { node: entry.value, part: entry.key.source, onKey: true };
      if (valueTouches(entry, offset)) return { node: entry.value, part: entry.key.source, onKey: false };
    }
  } else if (node.kind === 'seq') {
    for (const [index, item] of node.items.entries()) {
      if (touches(item, offset)) return { node: item, part: index, onKey: false };
    }
  }
  return undefined;
}

function valueTouches(entry: MapEntry, offset: number): boolean {
  return touches(entry.value, offset);
}

function touches(node: Node, offset: number): boolean {
  return node.span.start <= offset && offset <= node.span.end;
}
