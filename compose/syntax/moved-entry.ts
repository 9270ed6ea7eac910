import { carryFacts, isClosed } from './facts.ts';
import type { MapEntry, Node } from './node.ts';
import { shiftEntry, shiftKey } from './shift.ts';

/** Told of every node that has an anchor. */
type Anchored = (from: Node, to: Node) => void;

/**
 * An entry of a section moved by so many code units. What is known of it stays known, and its value is moved when somebody looks at it: most of what
 * stands below an edit is only told about by facts.
 */
export function movedEntry(entry: MapEntry, by: number, anchored: Anchored): MapEntry {
  // What has an anchor is needed at once.
  const moved = isClosed(entry) ? movedLater(entry, by) : shiftEntry(entry, by, anchored);
  carryFacts(entry, moved);
  return moved;
}

/** A section moved by so many code units, its entries as `movedEntry` does it. */
export function movedSection(entry: MapEntry, by: number, anchored: Anchored): MapEntry {
  const { value } = entry;
  if (value.kind !== 'map') return movedEntry(entry, by, anchored);
  const { key, value: empty } = shiftEntry(
    { key: entry.key, value: { ...value, entries: [] } },
    by,
    () => {},
  );
  const entries = value.entries.map((each) => movedEntry(each, by, anchored));
  const moved: MapEntry = { key, value: { ...empty, kind: 'map', entries, flow: value.flow } };
  if (key.anchor !== undefined) anchored(entry.key, key);
  if (value.anchor !== undefined) anchored(value, moved.value);
  carryFacts(entry, moved);
  return moved;
}

interface Origin {
  readonly entry: MapEntry;
  readonly by: number;
}

/** Of entries that nobody has looked into since they were moved: what they are made from. */
const origins = new WeakMap<MapEntry, Origin>();

function movedLater(entry: MapEntry, by: number): MapEntry {
  const before = origins.get(entry);
  const origin = before === undefined ? { entry, by } : { entry: before.entry, by: before.by + by };
  let source: Origin | undefined = origin;
  let value: Node | undefined;
  const moved: MapEntry = {
    key: shiftKey(entry.key, by),
    get value() {
      if (value === undefined && source !== undefined) {
        value = shiftEntry(source.entry, source.by, () => {}).value;
        source = undefined;
        origins.delete(moved);
      }
      return value as Node;
    },
  };
  origins.set(moved, origin);
  return moved;
}
