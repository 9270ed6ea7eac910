import type { Path, PatternCursor, PatternTable } from '../values/path.ts';
import { mapItems, mapValues } from '../syntax/edit.ts';
import type { Node } from '../syntax/node.ts';

/** A rule for the value at one path pattern. It decides itself whether to go on below, with `context.children`. */
export type Rewrite<C> = (node: Node, context: RewriteContext & C) => Node;

export interface RewriteContext {
  readonly path: Path;
  /** The node with the rules applied to what it contains. */
  readonly children: (node: Node) => Node;
}

/**
 * A tree with the rules of a table applied from the top down. Where a rule matches it is in charge of that whole value; elsewhere
 * the walk goes on. Untouched parts are the same objects as before.
 */
export function rewrite<C extends object>(root: Node, table: PatternTable<Rewrite<C>>, extra: C): Node {
  return walk(root, [], table.root, extra);
}

/** `path` is the walk's own, changed as it goes; rules get a copy. */
function walk<C extends object>(
  node: Node,
  path: (string | number)[],
  cursor: PatternCursor<Rewrite<C>>,
  extra: C,
): Node {
  const rule = cursor.value;
  if (rule === undefined) return descend(node, path, cursor, extra);
  if (node.broken) return node;
  return rule(node, { ...extra, path: [...path], children: (inner) => descend(inner, path, cursor, extra) });
}

function descend<C extends object>(
  node: Node,
  path: (string | number)[],
  cursor: PatternCursor<Rewrite<C>>,
  extra: C,
): Node {
  if (node.kind === 'map') {
    return mapValues(node, (value, key) => step(value, key, path, cursor.child(key), extra));
  }
  if (node.kind === 'seq') {
    const next = cursor.child(0);
    return next === undefined ? node : mapItems(node, (item, index) => step(item, index, path, next, extra));
  }
  return node;
}

function step<C extends object>(
  node: Node,
  part: string | number,
  path: (string | number)[],
  cursor: PatternCursor<Rewrite<C>> | undefined,
  extra: C,
): Node {
  if (cursor === undefined) return node;
  path.push(part);
  const result = walk(node, path, cursor, extra);
  path.pop();
  return result;
}
