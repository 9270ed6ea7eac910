import { schemaAt } from '#compose/schema/walk.ts';
import { nodeAtPath } from '#compose/syntax/at.ts';
import type { Node } from '#compose/syntax/node.ts';
import type { Path } from '#compose/values/path.ts';
import type { SourceFile } from './files.ts';

/**
 * The path that a value has once it is merged: merge keys lead to the same place as without them, and what stands in an `x-…` block with an
 * anchor has the place where the anchor is used.
 */
export function meantPath(file: SourceFile, path: Path): Path {
  return used(file, withoutMergeKeys(path), 0);
}

/** Blocks that use blocks that use blocks: nobody goes deeper than that. */
const mostSteps = 8;

function used(file: SourceFile, path: Path, steps: number): Path {
  if (steps === mostSteps || !path.some((part) => typeof part === 'string' && part.startsWith('x-')))
    return path;
  for (let depth = path.length; depth > 0; depth -= 1) {
    const name = anchorAt(file, path.slice(0, depth));
    if (name === undefined) continue;
    const meant = (file.derive(aliasPaths).get(name) ?? []).map((place) =>
      used(file, [...place, ...path.slice(depth)], steps + 1),
    );
    const known = meant.find((place) => schemaAt(place) !== undefined) ?? meant[0];
    if (known !== undefined) return known;
  }
  return path;
}

function anchorAt(file: SourceFile, path: Path): string | undefined {
  for (const root of file.roots) {
    const anchor = nodeAtPath(root, path)?.anchor;
    if (anchor !== undefined) return anchor;
  }
  return undefined;
}

/** The anchors of what is around a path: an alias of one of them there would lead in a circle. */
export function anchorsAround(file: SourceFile, path: Path): ReadonlySet<string> {
  return new Set(path.flatMap((_part, i) => anchorAt(file, path.slice(0, i + 1)) ?? []));
}

/** Where the aliases of each anchor stand. */
function aliasPaths(file: SourceFile): ReadonlyMap<string, readonly Path[]> {
  const found = new Map<string, Path[]>();
  const visit = (node: Node, path: Path): void => {
    if (node.kind === 'alias')
      found.set(node.name, [...(found.get(node.name) ?? []), withoutMergeKeys(path)]);
    else if (node.kind === 'map')
      for (const { key, value } of node.entries) visit(value, [...path, key.source]);
    else if (node.kind === 'seq')
      for (const [index, item] of node.items.entries()) visit(item, [...path, index]);
  };
  for (const root of file.roots) visit(root, []);
  return found;
}

function withoutMergeKeys(path: Path): Path {
  return path.filter((part, i) => part !== '<<' && !(typeof part === 'number' && path[i - 1] === '<<'));
}
