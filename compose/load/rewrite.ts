import type { Path, PatternCursor, PatternTable } from '../path.ts';
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

function walk<C extends object>(node: Node, path: Path, cursor: PatternCursor<Rewrite<C>>, extra: C): Node {
  const rule = cursor.value;
  if (rule === undefined) return descend(node, path, cursor, extra);
  if (node.broken) return node;
  return rule(node, { ...extra, path, children: (inner) => descend(inner, path, cursor, extra) });
}

function descend<C extends object>(
  node: Node,
  path: Path,
  cursor: PatternCursor<Rewrite<C>>,
  extra: C,
): Node {
  if (node.kind === 'map') {
    return mapValues(node, (value, key) => {
      const next = cursor.child(key);
      return next === undefined ? value : walk(value, [...path, key], next, extra);
    });
  }
  if (node.kind === 'seq') {
    const next = cursor.child(0);
    if (next === undefined) return node;
    return mapItems(node, (item, index) => walk(item, [...path, index], next, extra));
  }
  return node;
}
