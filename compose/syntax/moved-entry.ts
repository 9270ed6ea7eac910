import { carryFacts, factsOf, isClosed } from './facts.ts';
import type { Facts, MapEntry, Node, ScalarNode } from './node.ts';
import { shiftEntry, shiftKey, shiftNode } from './shift.ts';

/** Told of every node that has an anchor. */
type Anchored = (from: Node, to: Node) => void;

/**
 * An entry of a section moved by so many code units. What is known of it stays known, and its value is moved when somebody looks at it: most of what
 * stands below an edit is only told about by facts.
 */
export function movedEntry(entry: MapEntry, by: number, anchored: Anchored): MapEntry {
  if (entry instanceof MovedEntry) return entry.movedOn(by);
  if (isClosed(entry)) return new MovedEntry(entry, by, shiftKey(entry.key, by), factsOf(entry));
  // What has an anchor is needed at once.
  const moved = shiftEntry(entry, by, anchored);
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

/** An entry without anchors whose value is moved when somebody asks for it. */
class MovedEntry implements MapEntry {
  readonly key: ScalarNode;
  readonly facts: Facts;
  /** What it is made from, as long as nobody has looked into it since it was moved. */
  #origin: MapEntry | undefined;
  readonly #by: number;
  #value: Node | undefined;

  constructor(origin: MapEntry, by: number, key: ScalarNode, facts: Facts) {
    this.key = key;
    this.facts = facts;
    this.#origin = origin;
    this.#by = by;
  }

  get value(): Node {
    if (this.#origin !== undefined) {
      this.#value = shiftNode(this.#origin.value, this.#by, () => {}, this.key.span);
      this.#origin = undefined;
    }
    return this.#value as Node;
  }

  movedOn(by: number): MovedEntry {
    const key = shiftKey(this.key, by);
    return this.#origin === undefined
      ? new MovedEntry(this, by, key, this.facts)
      : new MovedEntry(this.#origin, this.#by + by, key, this.facts);
  }
}
