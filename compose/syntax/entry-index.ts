import type { MapEntry, MapNode } from './node.ts';

/** The first entry with a key of this value. Long mappings, such as thousands of services, are indexed when one is first looked for. */
export function firstEntry(map: MapNode, value: string): MapEntry | undefined {
  if (map.entries.length < LONG) return map.entries.find(({ key }) => key.value === value);
  return indexOf(
    firsts,
    map,
    ({ entries }) => new Map(entries.toReversed().map((each) => [each.key.value, each])),
  ).get(value);
}

/** The last entry with a key that is written so. */
export function lastEntry(map: MapNode, source: unknown): MapEntry | undefined {
  if (map.entries.length < LONG) return map.entries.findLast(({ key }) => key.source === source);
  return indexOf(lasts, map, ({ entries }) => new Map(entries.map((each) => [each.key.source, each]))).get(
    source,
  );
}

type Index = ReadonlyMap<unknown, MapEntry>;

/** Entries from which on an index is quicker than to look through them. */
const LONG = 50;

/** Few mappings are long. */
const firsts = new WeakMap<MapNode, Index>();
const lasts = new WeakMap<MapNode, Index>();

function indexOf(known: WeakMap<MapNode, Index>, map: MapNode, make: (map: MapNode) => Index): Index {
  const index = known.get(map) ?? make(map);
  known.set(map, index);
  return index;
}
