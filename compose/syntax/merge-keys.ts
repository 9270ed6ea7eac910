import type { MapEntry, MapNode, Node, ScalarNode } from './node.ts';
import type { Span } from '../problem/span.ts';

/** A mapping that a `<<` brings in. */
export interface MergeSource {
  readonly map: MapNode;
  /** The alias that names it; `undefined` for a mapping written in place. */
  readonly by: Span | undefined;
  /** How many of the entries stand before the `<<`. */
  readonly position: number;
}

/** `<<` without quotes. */
export function isMergeKey(key: ScalarNode): boolean {
  return key.source === '<<' && key.style === 'plain' && key.tag !== '!!str';
}

/**
 * The entries of a mapping with those of the merged mappings at the place of their `<<`. Every key comes once, but for one tagged `!reset`: it takes
 * away what earlier files say, not what is merged here, and the merged entry comes besides.
 */
export function mergeEntries(own: readonly MapEntry[], sources: readonly MergeSource[]): readonly MapEntry[] {
  const ownAt = new Map<string, number>();
  own.forEach((entry, index) => {
    if (entry.value.tag !== '!reset') ownAt.set(entry.key.source, index);
  });
  const result: MapEntry[] = [...own];
  const merged = new Set<string>();
  const insertions: MapEntry[][] = own.map(() => []);
  insertions.push([]);
  for (const { map, by, position } of sources) {
    for (const entry of map.entries) {
      const name = entry.key.source;
      const index = ownAt.get(name);
      const winner = index === undefined ? undefined : result[index];
      if (index !== undefined && winner !== undefined) {
        result[index] = { key: winner.key, value: overriding(winner.value, entry.value) };
      } else if (!merged.has(name)) {
        merged.add(name);
        insertions[position]?.push(broughtBy(entry, by));
      }
    }
  }
  return insertions.flatMap((inserted, index) => {
    const entry = result[index];
    return entry === undefined ? inserted : [...inserted, entry];
  });
}

function overriding(winner: Node, loser: Node): Node {
  return { ...winner, origins: [...allOrigins(loser), ...allOrigins(winner)] };
}

function broughtBy(entry: MapEntry, by: Span | undefined): MapEntry {
  if (by === undefined) return entry;
  return { key: entry.key, value: { ...entry.value, origins: [...allOrigins(entry.value), by] } };
}

function allOrigins(node: Node): readonly Span[] {
  return node.origins.length === 0 ? [node.span] : node.origins;
}
