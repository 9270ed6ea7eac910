import type { Path, PatternCursor, PatternTable } from '../values/path.ts';
import { keyText } from './edit.ts';
import { type Fact, factOf, isClosed, movedEach } from './facts.ts';
import type { MapEntry, Node } from './node.ts';

/** A node at a path that a rule is for. */
export interface Match<T> {
  readonly rule: T;
  readonly path: Path;
  readonly node: Exclude<Node, { kind: 'alias' }>;
  /** The collection around it; of an entry of a section (a service) there is none. */
  readonly parent: Node | undefined;
}

/**
 * Calls `see` for every node of a document that a rule's pattern matches, in the order they are reached. Merge keys and aliases are
 * followed, so a fragment counts as what it is used as; a node reached twice at the same kind of place is seen once.
 */
export function eachMatch<T>(root: Node, table: PatternTable<T>, see: (match: Match<T>) => void): void {
  new Walk(root, see).visit(root, table.root, undefined);
}

/** What a table of rules finds in documents; made once, so that what it found in a service stays found while edits elsewhere move it. */
export class Finder<T, R> {
  readonly #table: PatternTable<T>;
  readonly #find: (match: Match<T>) => readonly R[];
  readonly #facts = new Map<string, Fact<readonly R[]>>();
  readonly #moveEach: (found: readonly R[], by: number) => readonly R[];

  /**
   * @param find Must look at nothing but the match, and of it at no more than the service, network, … that it is in.
   * @param move The same finding, moved by so many code units.
   */
  constructor(
    table: PatternTable<T>,
    find: (match: Match<T>) => readonly R[],
    move: (found: R, by: number) => R,
  ) {
    this.#table = table;
    this.#find = find;
    this.#moveEach = movedEach(move);
  }

  /** Everything found in a document, in the order it is reached. */
  in(root: Node): R[] {
    const found: R[] = [];
    const add = (results: readonly R[]) => {
      for (const result of results) found.push(result);
    };
    const walk = new Walk<T>(
      root,
      (match) => add(this.#find(match)),
      (entry, section) => {
        if (!isClosed(entry)) return false;
        add(factOf(entry, this.#factIn(section)));
        return true;
      },
    );
    walk.visit(root, this.#table.root, undefined);
    return found;
  }

  #factIn(section: string): Fact<readonly R[]> {
    let fact = this.#facts.get(section);
    if (fact === undefined) {
      fact = {
        find: (entry) => this.#findIn(entry, section),
        move: this.#moveEach,
      };
      this.#facts.set(section, fact);
    }
    return fact;
  }

  #findIn(entry: MapEntry, section: string): readonly R[] {
    const path = [section, keyText(entry)];
    const cursor = path.reduce<PatternCursor<T> | undefined>((at, part) => at?.child(part), this.#table.root);
    if (cursor === undefined) return [];
    const found: R[] = [];
    const see = (match: Match<T>) => {
      for (const result of this.#find(match)) found.push(result);
    };
    new Walk<T>(entry.value, see, undefined, path).visit(entry.value, cursor, undefined);
    return found;
  }
}

class Walk<T> {
  readonly #root: Node;
  readonly #see: (match: Match<T>) => void;
  /** Deals with an entry of a section as a whole, if it can. */
  readonly #whole: ((entry: MapEntry, section: string) => boolean) | undefined;
  /** Of the node at hand; copied only where a rule matches. */
  readonly #path: (string | number)[];
  readonly #visited = new Map<Node, Set<string>>();
  #anchors: Map<string, Node> | undefined;

  constructor(
    root: Node,
    see: (match: Match<T>) => void,
    whole?: (entry: MapEntry, section: string) => boolean,
    path: Path = [],
  ) {
    this.#root = root;
    this.#see = see;
    this.#whole = whole;
    this.#path = [...path];
  }

  visit(node: Node, cursor: PatternCursor<T>, parent: Node | undefined): void {
    if (node.kind === 'alias') {
      this.#anchors ??= anchorsIn(this.#root);
      const target = this.#anchors.get(node.name);
      if (target !== undefined) this.visit(target, cursor, parent);
      return;
    }
    if (node.anchor !== undefined && !firstVisit(this.#visited, node, this.#path)) return;
    const rule = cursor.value;
    if (rule !== undefined) this.#see({ rule, path: [...this.#path], node, parent });
    if (node.kind === 'seq') {
      for (const [index, item] of node.items.entries()) this.#child(item, index, cursor, node);
    } else if (node.kind === 'map') {
      const [section] = this.#path.length === 1 ? this.#path : [];
      for (const entry of node.entries) {
        if (typeof section === 'string' && this.#whole?.(entry, section) === true) continue;
        const key = keyText(entry);
        if (key === '<<') this.#merged(entry.value, cursor, parent);
        else this.#child(entry.value, key, cursor, section === undefined ? node : undefined);
      }
    }
  }

  #child(node: Node, part: string | number, cursor: PatternCursor<T>, parent: Node | undefined): void {
    const next = cursor.child(part);
    if (next === undefined) return;
    this.#path.push(part);
    this.visit(node, next, parent);
    this.#path.pop();
  }

  #merged(value: Node, cursor: PatternCursor<T>, parent: Node | undefined): void {
    for (const merged of value.kind === 'seq' ? value.items : [value]) this.visit(merged, cursor, parent);
  }
}

/** Names of services and indices make no difference to what a place is. */
function firstVisit(visited: Map<Node, Set<string>>, node: Node, path: Path): boolean {
  const place = path.map((part, i) => (typeof part === 'number' ? '[]' : i === 1 ? '*' : part)).join('.');
  const places = visited.get(node) ?? new Set();
  if (places.has(place)) return false;
  visited.set(node, places.add(place));
  return true;
}

function anchorsIn(root: Node): Map<string, Node> {
  const anchors = new Map<string, Node>();
  const collect = (node: Node, depth: number): void => {
    if (node.anchor !== undefined && node.kind !== 'alias') anchors.set(node.anchor, node);
    if (node.kind === 'map') {
      for (const entry of node.entries) if (depth !== 1 || !isClosed(entry)) collect(entry.value, depth + 1);
    } else if (node.kind === 'seq') for (const item of node.items) collect(item, depth + 1);
  };
  collect(root, 0);
  return anchors;
}
