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

/**
 * Rules keyed by path pattern. What is said of a service holds for a job and for a step that runs before a service starts, which are described alike, unless
 * something is said of them. Walking a tree costs one lookup per node and pattern branch, however many rules there are.
 */
export class PatternTable<T> {
  readonly #root: TrieNode<T> = newNode();
  readonly #cursor: Cursor<T>;

  constructor(rules: Iterable<readonly [pattern: string, value: T]>) {
    for (const [pattern, value] of rules) this.#insert(pattern, value);
    const services = this.#root.keys.get('services');
    if (services !== undefined && !this.#root.keys.has('jobs')) this.#root.keys.set('jobs', services);
    if (services?.anyKey !== undefined) likeServices(services.anyKey);
    this.#cursor = new Cursor([this.#root]);
  }

  get root(): PatternCursor<T> {
    return this.#cursor;
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

/** Cursors are shared between walks: a table has few of them, trees have many nodes. */
class Cursor<T> implements PatternCursor<T> {
  readonly value: T | undefined;
  /** Most specific first. */
  readonly #nodes: readonly TrieNode<T>[];
  readonly #named = new Map<string, Cursor<T>>();
  #anyKey: Cursor<T> | undefined | null = null;
  #anyIndex: Cursor<T> | undefined | null = null;

  constructor(nodes: readonly TrieNode<T>[]) {
    this.#nodes = nodes;
    this.value = nodes.find((node) => node.value !== undefined)?.value;
  }

  child(part: string | number): PatternCursor<T> | undefined {
    if (typeof part === 'number') {
      if (this.#anyIndex === null)
        this.#anyIndex = cursorOf(this.#nodes.flatMap((node) => node.anyIndex ?? []));
      return this.#anyIndex;
    }
    const known = this.#named.get(part);
    if (known !== undefined) return known;
    if (!this.#nodes.some((node) => node.keys.has(part))) {
      if (this.#anyKey === null) this.#anyKey = cursorOf(this.#nodes.flatMap((node) => node.anyKey ?? []));
      return this.#anyKey;
    }
    const named = new Cursor(this.#nodes.flatMap((node) => childrenOf(node, part)));
    this.#named.set(part, named);
    return named;
  }
}

/** A step has the attributes of the service that it belongs to, and no rule for itself. */
function likeServices<T>(service: TrieNode<T>): void {
  const steps = service.keys.get('pre_start') ?? newNode<T>();
  service.keys.set('pre_start', steps);
  steps.anyIndex ??= { ...service, value: undefined };
}

function cursorOf<T>(nodes: readonly TrieNode<T>[]): Cursor<T> | undefined {
  return nodes.length === 0 ? undefined : new Cursor(nodes);
}

function childrenOf<T>(node: TrieNode<T>, key: string): TrieNode<T>[] {
  const exact = node.keys.get(key);
  const children = exact === undefined ? [] : [exact];
  return node.anyKey === undefined ? children : [...children, node.anyKey];
}

function newNode<T>(): TrieNode<T> {
  return { value: undefined, keys: new Map(), anyKey: undefined, anyIndex: undefined };
}
