import type { Span } from '../problem/span.ts';

/**
 * The one tree of the domain, from parsed text to the merged model: immutable, and every node knows where it came from.
 *
 * `Alias` occurs only in syntax trees (language features need to see it); model trees have every alias and merge key resolved.
 */
export type Node = ScalarNode | MapNode | SeqNode | AliasNode;

interface NodeBase {
  /** Where the value stands, without its tag and anchor. */
  readonly span: Span;
  /** Where its key stands, when it is the value of a mapping entry. */
  readonly keySpan?: Span | undefined;
  /** As written: `!reset`, `!override`, `!!str`, … */
  readonly tag?: string | undefined;
  /** The anchor's name, without `&`. */
  readonly anchor?: string | undefined;
  /** The text here breaks YAML's rules, a problem says so, and this is only a guess at what was meant: no rule reports anything more about it. */
  readonly broken?: true | undefined;
  /** Nobody wrote this: it is Compose's own default or follows from other values. `span` is what it belongs to. */
  readonly implied?: true | undefined;
  /**
   * Every place this value came from, the winning one last: what it overrode, the alias that brought it in, the anchor it was copied from.
   * Empty for a node that was only ever written where `span` says.
   */
  readonly origins: readonly Span[];
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/** The YAML type of a scalar under Compose's rules (YAML 1.2 booleans; `0o10` and `010` are integers; dates are timestamps). */
export type ScalarType = 'string' | 'int' | 'float' | 'bool' | 'null' | 'timestamp';

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  readonly type: ScalarType;
  /** Integers beyond 2^53 are bigint. A timestamp's value is its text. */
  readonly value: string | number | bigint | boolean | null;
  /** The characters between the quotes, or the plain text, before any typing. Block scalars: the folded text. */
  readonly source: string;
  readonly style: ScalarStyle;
  /** Of a key that is an alias: the anchor's name. Value and source are what it stands for. */
  readonly alias?: string;
}

export interface MapEntry {
  /** Keys are always scalars; a key of another type is reported when the text is parsed. */
  readonly key: ScalarNode;
  readonly value: Node;
  /** What is known of it, held by an entry that edits have moved: thousands of those would be a burden to a weak map. */
  readonly facts?: Facts;
}

/** What is known of an entry, by the fact: what it is, and where the key began when that was found. */
export type Facts = Map<object, { at: number; value: unknown }>;

export interface MapNode extends NodeBase {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
  readonly flow: boolean;
}

export interface SeqNode extends NodeBase {
  readonly kind: 'seq';
  readonly items: readonly Node[];
  readonly flow: boolean;
}

export interface AliasNode extends NodeBase {
  readonly kind: 'alias';
  /** Without `*`. */
  readonly name: string;
}
