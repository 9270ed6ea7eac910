import type { Anchor } from './build/context.ts';
import type { Node } from './node.ts';
import type { Problem } from '../problem/problem.ts';
import type { Span } from '../problem/span.ts';
/** A text as a syntax tree. */
export interface ParsedFile {
  readonly uri: string;
  readonly text: string;
  /** None for a text without content; one for most; more where `---` separates them. */
  readonly documents: readonly ParsedDocument[];
  /** Everything wrong with the YAML itself, in order of position. */
  readonly problems: readonly Problem[];
  /** No mistake reaches beyond its own line: parts of the text mean the same when they are read by themselves. */
  readonly separable: boolean;
  /** What `announcedIn` counts, where it was counted: the next version counts what differs. */
  readonly announced?: number;
}

export interface ParsedDocument {
  /** `undefined` when there is nothing between two `---`. */
  readonly root: Node | undefined;
  readonly span: Span;
  /** In order of definition. */
  readonly anchors: readonly Anchor[];
}
