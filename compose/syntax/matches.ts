import type { Path, PatternCursor, PatternTable } from '../path.ts';
import { keyText } from './edit.ts';
import type { Node } from './node.ts';

/** A node at a path that a rule is for. */
export interface Match<T> {
  readonly rule: T;
  readonly path: Path;
  readonly node: Exclude<Node, { kind: 'alias' }>;
  readonly parent: Node | undefined;
}

/**
 * Calls `see` for every node of a document that a rule's pattern matches, in the order they are reached. Merge keys and aliases are
 * followed, so a fragment counts as what it is used as; a node reached twice at the same kind of place is seen once.
 */
export function eachMatch<T>(root: Node, table: PatternTable<T>, see: (match: Match<T>) => void): void {
  const anchors = new Map<string, Node>();
  collectAnchors(root, anchors);
  const visited = new Map<Node, Set<string>>();

  // Of the node at hand; copied only where a rule matches.
  const path: (string | number)[] = [];

  const visit = (node: Node, cursor: PatternCursor<T>, parent: Node | undefined): void => {
    if (node.kind === 'alias') {
      const target = anchors.get(node.name);
      if (target !== undefined) visit(target, cursor, parent);
      return;
    }
    if (node.anchor !== undefined && !firstVisit(visited, node, path)) return;
    const rule = cursor.value;
    if (rule !== undefined) see({ rule, path: [...path], node, parent });
    if (node.kind === 'seq') {
      for (const [index, item] of node.items.entries()) visitChild(item, index, cursor, node);
    } else if (node.kind === 'map') {
      for (const entry of node.entries) {
        const key = keyText(entry);
        if (key === '<<') visitMerged(entry.value, cursor, parent);
        else visitChild(entry.value, key, cursor, node);
      }
    }
  };
  const visitChild = (node: Node, part: string | number, cursor: PatternCursor<T>, parent: Node): void => {
    const next = cursor.child(part);
    if (next === undefined) return;
    path.push(part);
    visit(node, next, parent);
    path.pop();
  };
  const visitMerged = (value: Node, cursor: PatternCursor<T>, parent: Node | undefined): void => {
    for (const merged of value.kind === 'seq' ? value.items : [value]) visit(merged, cursor, parent);
  };
  visit(root, table.root, undefined);
}

/** Names of services and indices make no difference to what a place is. */
function firstVisit(visited: Map<Node, Set<string>>, node: Node, path: Path): boolean {
  const place = path.map((part, i) => (typeof part === 'number' ? '[]' : i === 1 ? '*' : part)).join('.');
  const places = visited.get(node) ?? new Set();
  if (places.has(place)) return false;
  visited.set(node, places.add(place));
  return true;
}

function collectAnchors(node: Node, anchors: Map<string, Node>): void {
  if (node.anchor !== undefined && node.kind !== 'alias') anchors.set(node.anchor, node);
  if (node.kind === 'map') for (const { value } of node.entries) collectAnchors(value, anchors);
  else if (node.kind === 'seq') for (const item of node.items) collectAnchors(item, anchors);
}
