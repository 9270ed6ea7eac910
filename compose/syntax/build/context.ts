import type { CST } from 'yaml';
import type { Path } from '../../values/path.ts';
import type { ParseLimits } from '../nesting-limits.ts';
import type { Node, ScalarNode } from '../node.ts';
import type { Span } from '../../problem/span.ts';
import type { SyntaxProblems } from '../syntax-problem.ts';

/** An anchor as the text defines it. A later anchor of the same name hides it from the aliases that follow. */
export interface Anchor {
  readonly name: string;
  /** Of `&name`. */
  readonly span: Span;
  readonly node: Node;
}

/** An anchor whose node may not be complete yet. */
export interface OpenAnchor {
  readonly span: Span;
  node: Node | undefined;
}

/** What building one file's tree needs to know and remember. */
export interface BuildContext {
  readonly uri: string;
  /** As written. */
  readonly text: string;
  /** Quotes that the tokens were read without: offset of the quote -> end of its line. */
  readonly unclosedQuotes: ReadonlyMap<number, number>;
  readonly limits: ParseLimits;
  readonly problems: SyntaxProblems;
  /** Of the current document, latest definition of each name. */
  anchors: Map<string, OpenAnchor>;
  /** Of the current document, in order. */
  defined: Anchor[];
  /** Keys and indices down to the node being built. */
  readonly path: (string | number)[];
  /** Values so far. */
  nodes: number;
  readonly nested: Nested;
}

/** The builders of collections, which need each other. */
export interface Nested {
  value(
    context: BuildContext,
    token: CST.Token | null | undefined,
    props: Properties,
    emptyAt: number,
    keySpan?: Span,
  ): Node;
}

/** What stands before a value: its tag and anchor, the indicator that announces it. */
export interface Properties {
  readonly tag: CST.SourceToken | undefined;
  readonly anchor: CST.SourceToken | undefined;
  readonly indicator: CST.SourceToken | undefined;
  readonly comma: CST.SourceToken | undefined;
  /** A line ends after the indicator. */
  readonly newline: boolean;
  /** A line ends after the tag or anchor. */
  readonly newlineAfterProperty: boolean;
  /** After the last token that is not space or comment; `undefined` when there is none. */
  readonly end: number | undefined;
}

export const NO_ORIGINS: readonly Span[] = [];

export function spanOf(context: BuildContext, start: number, end: number): Span {
  return { uri: context.uri, start, end };
}

export function currentPath(context: BuildContext): Path {
  return [...context.path];
}

/** A value that is not written: null, with no width, where it would stand. */
export function emptyNode(
  context: BuildContext,
  props: Properties,
  offset: number,
  keySpan: Span | undefined,
  broken?: true,
): ScalarNode {
  const at = props.end ?? offset;
  const span = spanOf(context, at, at);
  const tag = props.tag?.source;
  const type = tag === '!!str' ? 'string' : 'null';
  return {
    kind: 'scalar',
    span,
    keySpan,
    tag,
    anchor: anchorName(props),
    broken,
    origins: NO_ORIGINS,
    type,
    value: type === 'string' ? '' : null,
    source: '',
    style: 'plain',
  };
}

export function anchorName(props: Properties): string | undefined {
  return props.anchor?.source.slice(1);
}
