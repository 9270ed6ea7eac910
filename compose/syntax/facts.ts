import type { Facts, MapEntry, Node } from './node.ts';

/**
 * Something that can be told from an entry by itself. It is found once and kept while edits elsewhere only move the entry, which is what makes
 * a keystroke in a long file cheap.
 */
export interface Fact<T, Context = undefined> {
  /** Must look at nothing but the entry, and of the context (its text, say) at no more than where the entry stands. */
  readonly find: (entry: MapEntry, context: Context) => T;
  /** The same fact about the entry moved by so many code units. */
  readonly move: (value: T, by: number) => T;
}

/** The fact about an entry, found anew only if the entry itself is new. */
export function factOf<T>(entry: MapEntry, fact: Fact<T>): T;
export function factOf<T, Context>(entry: MapEntry, fact: Fact<T, Context>, context: Context): T;
export function factOf<T, Context>(
  entry: MapEntry,
  fact: Fact<T, Context | undefined>,
  context?: Context,
): T {
  const at = entry.key.span.start;
  const facts = factsOf(entry);
  const found = facts.get(fact);
  if (found !== undefined && found.at === at) return found.value as T;
  if (found === undefined) {
    const value = fact.find(entry, context);
    facts.set(fact, { at, value });
    return value;
  }
  const value = fact.move(found.value as T, at - found.at);
  found.at = at;
  found.value = value;
  return value;
}

/** Of entries that hold none themselves. */
const known = new WeakMap<MapEntry, Facts>();

/** What is known of an entry so far; an entry that is another one, moved, shares it. */
export function factsOf(entry: MapEntry): Facts {
  const own = entry.facts ?? known.get(entry);
  if (own !== undefined) return own;
  const facts: Facts = new Map();
  known.set(entry, facts);
  return facts;
}

/** Tells that one entry is another, moved: what is known of it stays known. */
export function carryFacts(from: MapEntry, to: MapEntry): void {
  known.set(to, factsOf(from));
}

/** Of a list of facts each one moved. Most entries have nothing to tell. */
export function movedEach<T>(
  move: (each: T, by: number) => T,
): (list: readonly T[], by: number) => readonly T[] {
  return (list, by) => (list.length === 0 ? list : list.map((each) => move(each, by)));
}

/** A fact that is the same wherever the entry stands. */
export function unmoved<T>(value: T): T {
  return value;
}

/** Whether an entry means the same whatever stands around it: it has no aliases, anchors or merge keys. */
export function isClosed(entry: MapEntry): boolean {
  return factOf(entry, closed);
}

const closed: Fact<boolean> = {
  find: ({ key, value }) => key.anchor === undefined && key.source !== '<<' && isClosedNode(value),
  move: unmoved,
};

function isClosedNode(node: Node): boolean {
  if (node.kind === 'alias' || node.anchor !== undefined) return false;
  if (node.kind === 'seq') return node.items.every(isClosedNode);
  if (node.kind === 'map')
    return node.entries.every(
      ({ key, value }) => key.anchor === undefined && key.source !== '<<' && isClosedNode(value),
    );
  return true;
}
