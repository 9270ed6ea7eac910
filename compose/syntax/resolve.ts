import { formatPath } from '../values/path.ts';
import type { Problem } from '../problem/problem.ts';
import { type Fact, factOf, isClosed, unmoved } from './facts.ts';
import { DEFAULT_LIMITS, type ParseLimits } from './nesting-limits.ts';
import { isMergeKey, mergeEntries, type MergeSource } from './merge-keys.ts';
import type { AliasNode, MapEntry, MapNode, Node, ScalarNode, SeqNode } from './node.ts';
import type { ParsedDocument } from './parsed-file.ts';
import type { SyntaxCode } from './syntax-problem.ts';
import { countOf, type Phrase, phrase } from '../problem/phrase.ts';

export interface ResolvedDocument {
  /** Without aliases and merge keys, every key once; `undefined` when the document is empty. What aliases share stays one object. */
  readonly root: Node | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Puts what aliases stand for in their place and merge keys (`<<`) into their mappings. A key of the mapping itself wins over a merged one,
 * the first of several merged mappings over the later. The origins of a copied value are where it was written and the alias that brought it.
 *
 * Refuses, as Docker Compose does, a document that aliases blow up.
 */
export function resolveDocument(
  document: ParsedDocument,
  limits: ParseLimits = DEFAULT_LIMITS,
): ResolvedDocument {
  if (document.root === undefined) return { root: undefined, problems: [] };
  const resolver = new Resolver(limits);
  const root = resolver.resolve(document.root, 0);
  return { root, problems: resolver.problems };
}

interface Target {
  readonly node: Node;
  /** Values and keys in it, aliases counted as what they stand for. */
  readonly size: number;
  /** Levels below it. */
  readonly height: number;
}

class Resolver {
  readonly problems: Problem[] = [];
  readonly #limits: ParseLimits;
  readonly #anchors = new Map<string, Target>();
  readonly #path: (string | number)[] = [];
  /** Values and keys so far, and those of them that aliases brought in. */
  #visited = 0;
  #aliased = 0;
  #exploded = false;
  /** Of the node resolved last. */
  #height = 0;

  constructor(limits: ParseLimits) {
    this.#limits = limits;
  }

  resolve(node: Node, depth: number): Node {
    const before = this.#visited;
    this.#visited += 1;
    this.#height = 0;
    const resolved = this.#byKind(node, depth);
    if (node.anchor !== undefined) {
      this.#anchors.set(node.anchor, {
        node: resolved,
        size: this.#visited - before,
        height: this.#height,
      });
    }
    return resolved;
  }

  #byKind(node: Node, depth: number): Node {
    switch (node.kind) {
      case 'scalar':
        return node;
      case 'alias':
        return this.#alias(node, depth);
      case 'seq':
        return this.#seq(node, depth);
      case 'map':
        return this.#map(node, depth);
    }
  }

  #alias(alias: AliasNode, depth: number): Node {
    const target = this.#anchors.get(alias.name);
    // An unknown anchor, or one that contains the alias: reported when the text was parsed.
    if (target === undefined || alias.broken || this.#exploded) return nothingFor(alias);
    this.#visited += target.size;
    this.#aliased += target.size;
    this.#height = target.height;
    if (depth + target.height > this.#limits.maxDepth) {
      this.#report(
        'yaml-too-deep',
        alias,
        phrase('yaml-too-deep.alias', { alias: alias.name, most: countOf(this.#limits.maxDepth) }),
      );
      this.#height = 0;
      return nothingFor(alias);
    }
    if (isExcessive(this.#aliased, this.#visited)) {
      this.#exploded = true;
      this.#report(
        'yaml-excessive-aliasing',
        alias,
        phrase('yaml-excessive-aliasing', { alias: alias.name }),
      );
      return nothingFor(alias);
    }
    return {
      ...target.node,
      keySpan: alias.keySpan,
      anchor: undefined,
      origins: [...originsOf(target.node), alias.span],
    };
  }

  #seq(node: SeqNode, depth: number): SeqNode {
    let height = 0;
    let changed = false;
    const items = node.items.map((item, index) => {
      this.#path.push(index);
      const resolved = this.resolve(item, depth + 1);
      this.#path.pop();
      height = Math.max(height, this.#height + 1);
      if (resolved !== item) changed = true;
      return resolved;
    });
    this.#height = height;
    return changed ? { ...node, items } : node;
  }

  #map(node: MapNode, depth: number): MapNode {
    let height = 0;
    let changed = false;
    const entries: MapEntry[] = [];
    const merged: MergeSource[] = [];
    const seen = new Map<string, number>();
    for (const entry of node.entries) {
      this.#visited += 1;
      this.#defineKey(entry.key);
      this.#path.push(entry.key.source);
      const resolved = this.#entry(entry, depth);
      this.#path.pop();
      height = Math.max(height, this.#height + 1);
      if (isMergeKey(entry.key)) {
        changed = true;
        this.#collectMerge(resolved.value, entry, entries.length, merged);
        continue;
      }
      const again = seen.get(entry.key.source);
      if (again === undefined) {
        seen.set(entry.key.source, entries.length);
        entries.push(resolved);
        if (resolved !== entry) changed = true;
      } else {
        changed = true;
        entries[again] = resolved;
      }
    }
    this.#height = height;
    if (!changed) return node;
    return { ...node, entries: merged.length === 0 ? entries : mergeEntries(entries, merged) };
  }

  /** An entry of a section that has nothing to resolve is known for what it is as long as edits elsewhere only move it. */
  #entry(entry: MapEntry, depth: number): MapEntry {
    const known = depth === 1 && isClosed(entry) ? factOf(entry, measure) : undefined;
    if (known?.plain !== true) {
      const value = this.resolve(entry.value, depth + 1);
      return value === entry.value ? entry : { key: entry.key, value };
    }
    this.#visited += known.size;
    this.#height = known.height;
    return entry;
  }

  /** Values and keys so far. */
  get size(): number {
    return this.#visited;
  }

  get height(): number {
    return this.#height;
  }

  /** Keys may have anchors too. */
  #defineKey(key: ScalarNode): void {
    if (key.anchor !== undefined) this.#anchors.set(key.anchor, { node: key, size: 1, height: 0 });
  }

  #collectMerge(value: Node, entry: MapEntry, position: number, merged: MergeSource[]): void {
    const parts = value.kind === 'seq' ? value.items : [value];
    for (const [index, part] of parts.entries()) {
      if (part.kind === 'map') {
        const written = entry.value.kind === 'seq' ? entry.value.items[index] : entry.value;
        merged.push({ map: part, by: written?.kind === 'alias' ? written.span : undefined, position });
      } else if (!part.broken) {
        this.#path.push(entry.key.source);
        this.#report('yaml-merge-value', entry.value, phrase('yaml-merge-value'));
        this.#path.pop();
        return;
      }
    }
  }

  #report(code: SyntaxCode, node: Node, message: Phrase): void {
    const { span } = node;
    this.problems.push({ code, message, severity: 'error', span, path: formatPath(this.#path) });
  }
}

interface Measure {
  /** Resolving it changes nothing. */
  readonly plain: boolean;
  readonly size: number;
  readonly height: number;
}

const measure: Fact<Measure> = {
  find({ value }) {
    const resolver = new Resolver(DEFAULT_LIMITS);
    const plain = resolver.resolve(value, 2) === value && resolver.problems.length === 0;
    return { plain, size: resolver.size, height: resolver.height };
  },
  move: unmoved,
};

function originsOf(node: Node): Node['origins'] {
  return node.origins.length === 0 ? [node.span] : node.origins;
}

function nothingFor(alias: AliasNode): ScalarNode {
  return {
    kind: 'scalar',
    span: alias.span,
    keySpan: alias.keySpan,
    broken: true,
    origins: [],
    type: 'null',
    value: null,
    source: '',
    style: 'plain',
  };
}

/** Docker Compose's YAML reader lets 99 % of a document come from aliases, and less from 400,000 values on. */
function isExcessive(aliased: number, visited: number): boolean {
  return aliased > 100 && visited > 1000 && aliased / visited > allowedRatio(visited);
}

function allowedRatio(visited: number): number {
  const low = 400_000;
  const high = 4_000_000;
  if (visited <= low) return 0.99;
  if (visited >= high) return 0.1;
  return 0.99 - 0.89 * ((visited - low) / (high - low));
}
