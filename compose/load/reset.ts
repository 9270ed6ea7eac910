import type { Path } from '../values/path.ts';
import { mapItems, mapValues, withoutPath } from '../syntax/edit.ts';
import type { Node } from '../syntax/node.ts';

/** What the `!reset` and `!override` tags of one document take away from what was there before. */
export interface Resets {
  readonly paths: readonly Path[];
}

export const noResets: Resets = { paths: [] };

/**
 * Splits the tags off a document: values tagged `!reset` are taken out of it, values tagged `!override` stay. Both name a path whose
 * earlier value is to go (specification: "Reset value", "Replace value").
 */
export function collectResets(document: Node): { readonly root: Node; readonly resets: Resets } {
  const paths: Path[] = [];
  const root = walk(document, [], paths);
  return { root: root ?? document, resets: paths.length === 0 ? noResets : { paths } };
}

function walk(node: Node, path: Path, paths: Path[]): Node | undefined {
  if (node.tag === '!reset') {
    paths.push(path);
    return undefined;
  }
  if (node.tag === '!override') {
    paths.push(path);
    return node;
  }
  if (node.kind === 'map') return mapValues(node, (value, key) => walk(value, [...path, key], paths));
  if (node.kind === 'seq') return mapItems(node, (item, index) => walk(item, [...path, index], paths));
  return node;
}

/** A model without the values that a later document takes away. Elements of lists cannot be taken away. */
export function applyResets(model: Node, resets: Resets): Node {
  return resets.paths.reduce((node, path) => withoutPath(node, path), model);
}

/** The resets that concern the value at a path, as paths below it. */
export function resetsBelow(resets: Resets, at: Path): Resets {
  if (resets.paths.length === 0) return resets;
  const paths = resets.paths
    .filter((path) => path.length > at.length && at.every((part, index) => path[index] === part))
    .map((path) => path.slice(at.length));
  return { paths };
}
