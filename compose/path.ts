/**
 * The one addressing scheme for values in a Compose model, and the one matcher for rules about them.
 * A path is a list of keys and indices; as text `services.web.ports[0]`. A pattern has `*` for any key and `[]` for any index:
 * `services.*.ports[]`.
 */
export type Path = readonly (string | number)[];

/** A path as text. Keys that are not plain words stay as they are: the text is for people, not for parsing back. */
export function formatPath(path: Path): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += text === '' ? part : `.${part}`;
  }
  return text;
}

interface TrieNode<T> {
  value: T | undefined;
  readonly keys: Map<string, TrieNode<T>>;
  anyKey: TrieNode<T> | undefined;
  anyIndex: TrieNode<T> | undefined;
}

/** A place in one or more rules at once, reached by walking down a path. `undefined` below it means: no rule can match any more. */
export interface PatternCursor<T> {
  /** The rule for exactly this path; the most specific pattern wins (a named key before `*`). */
  readonly value: T | undefined;
  child(part: string | number): PatternCursor<T> | undefined;
}

/** Rules keyed by path pattern. Walking a tree costs one lookup per node and pattern branch, however many rules there are. */
export class PatternTable<T> {
  readonly #root: TrieNode<T> = newNode();

  constructor(rules: Iterable<readonly [pattern: string, value: T]>) {
    for (const [pattern, value] of rules) this.#insert(pattern, value);
  }

  get root(): PatternCursor<T> {
    return new Cursor([this.#root]);
  }

  match(path: Path): T | undefined {
    let cursor: PatternCursor<T> | undefined = this.root;
    for (const part of path) {
      cursor = cursor.child(part);
      if (cursor === undefined) return undefined;
    }
    return cursor.value;
  }

  #insert(pattern: string, value: T): void {
    let node = this.#root;
    for (const part of pattern.replaceAll('[]', '.[]').split('.')) {
      if (part === '[]') node = node.anyIndex ??= newNode();
      else if (part === '*') node = node.anyKey ??= newNode();
      else {
        const next = node.keys.get(part) ?? newNode<T>();
        node.keys.set(part, next);
        node = next;
      }
    }
    node.value = value;
  }
}

class Cursor<T> implements PatternCursor<T> {
  /** Most specific first. */
  readonly #nodes: readonly TrieNode<T>[];

  constructor(nodes: readonly TrieNode<T>[]) {
    this.#nodes = nodes;
  }

  get value(): T | undefined {
    return this.#nodes.find((node) => node.value !== undefined)?.value;
  }

  child(part: string | number): PatternCursor<T> | undefined {
    const next: TrieNode<T>[] = [];
    for (const node of this.#nodes) {
      const exact = typeof part === 'string' ? node.keys.get(part) : undefined;
      const any = typeof part === 'string' ? node.anyKey : node.anyIndex;
      if (exact !== undefined) next.push(exact);
      if (any !== undefined) next.push(any);
    }
    return next.length === 0 ? undefined : new Cursor(next);
  }
}

function newNode<T>(): TrieNode<T> {
  return { value: undefined, keys: new Map(), anyKey: undefined, anyIndex: undefined };
}
