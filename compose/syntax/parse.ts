import type { Problem } from '../problem/problem.ts';
import type { Anchor } from './build/context.ts';
import { readFile } from './build/file.ts';
import { DEFAULT_LIMITS, type ParseLimits } from './nesting-limits.ts';
import type { Node } from './node.ts';
import { repair } from './repair.ts';
import type { Span } from '../problem/span.ts';
import { isLocal } from './syntax-problem.ts';

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
}

export interface ParsedDocument {
  /** `undefined` when there is nothing between two `---`. */
  readonly root: Node | undefined;
  readonly span: Span;
  /** In order of definition. */
  readonly anchors: readonly Anchor[];
}

/**
 * Parses YAML as Docker Compose reads it. Never throws: whatever is wrong is a problem, and the rest of the tree is there all the same.
 * Offsets are UTF-16 code units of `text`.
 */
export function parse(uri: string, text: string, limits: ParseLimits = DEFAULT_LIMITS): ParsedFile {
  const first = readFile({
    uri,
    text,
    limits,
    readable: text,
    unclosedQuotes: new Map(),
    layout: 'indented',
  });
  const { documents, problems } = repair(first);
  return {
    uri,
    text,
    documents,
    problems: problems.list(limits.maxProblems),
    separable: problems.found.every(isLocal),
  };
}
