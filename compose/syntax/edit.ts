import type { Path } from '../values/path.ts';
import { scalarOf } from './build.ts';
import { firstEntry } from './entry-index.ts';
import type { MapEntry, MapNode, Node, ScalarNode, SeqNode } from './node.ts';
import type { Span } from '../problem/span.ts';

/** The value of a key, if `node` is a mapping that has it. */
export function valueIn(node: Node | undefined, key: string): Node | undefined {
  return entryOf(node, key)?.value;
}

export function entryOf(node: Node | undefined, key: string): MapEntry | undefined {
  return node?.kind === 'map' ? firstEntry(node, key) : undefined;
}

/** The node at a path, or `undefined`. */
export function nodeAt(root: Node | undefined, path: Path): Node | undefined {
  let node = root;
  for (const part of path) {
    if (typeof part === 'string') node = valueIn(node, part);
    else node = node?.kind === 'seq' ? node.items[part] : undefined;
    if (node === undefined) return undefined;
  }
  return node;
}

/** The text of a string scalar. */
export function stringOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

export function isNull(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && node.value === null;
}

export function keyText(entry: MapEntry): string {
  const { value } = entry.key;
  return typeof value === 'string' ? value : String(value);
}

/** The mapping with `key` set: in its place if it is there, else last. A new key stands where its value does. */
export function withValue(map: MapNode, key: string, value: Node): MapNode {
  const index = map.entries.findIndex((entry) => entry.key.value === key);
  const old = map.entries[index];
  if (old !== undefined) {
    if (old.value === value) return map;
    return { ...map, entries: map.entries.with(index, { key: old.key, value }) };
  }
  return { ...map, entries: [...map.entries, { key: scalarOf(key, value.keySpan ?? value.span), value }] };
}

export function withoutKey(map: MapNode, key: string): MapNode {
  const entries = map.entries.filter((entry) => entry.key.value !== key);
  return entries.length === map.entries.length ? map : { ...map, entries };
}

/** The mapping with every value replaced; `undefined` drops the entry. The same object when nothing changes. */
export function mapValues(
  map: MapNode,
  change: (value: Node, key: string, entry: MapEntry) => Node | undefined,
): MapNode {
  let entries: MapEntry[] | undefined;
  map.entries.forEach((entry, index) => {
    const value = change(entry.value, keyText(entry), entry);
    if (value === entry.value) {
      entries?.push(entry);
      return;
    }
    entries ??= map.entries.slice(0, index);
    if (value !== undefined) entries.push({ key: entry.key, value });
  });
  return entries === undefined ? map : { ...map, entries };
}

/** The sequence with every item replaced; `undefined` drops it. The same object when nothing changes. */
export function mapItems(seq: SeqNode, change: (item: Node, index: number) => Node | undefined): SeqNode {
  let items: Node[] | undefined;
  seq.items.forEach((item, index) => {
    const next = change(item, index);
    if (next === item) {
      items?.push(item);
      return;
    }
    items ??= seq.items.slice(0, index);
    if (next !== undefined) items.push(next);
  });
  return items === undefined ? seq : { ...seq, items };
}

/** The tree without the value at a path; sequences keep their items. */
export function withoutPath(node: Node, path: Path): Node {
  const [part, ...rest] = path;
  if (typeof part !== 'string' || node.kind !== 'map') return node;
  const child = valueIn(node, part);
  if (child === undefined) return node;
  return rest.length === 0 ? withoutKey(node, part) : withValue(node, part, withoutPath(child, rest));
}

/** A text that stands for `at`. */
export function textAt(at: Node, text: string): ScalarNode {
  const scalar = scalarOf(text, at.span, at.origins);
  return at.keySpan === undefined ? scalar : { ...scalar, keySpan: at.keySpan };
}

/** All places a value came from, the winning one last. */
export function placesOf(node: Node): readonly Span[] {
  return node.origins.length > 0 ? node.origins : [node.span];
}

/** `node` as the winner over `base`: it remembers what it overrode. */
export function overriding<T extends Node>(base: Node, node: T): T {
  return base === node ? node : { ...node, origins: [...placesOf(base), ...placesOf(node)] };
}
