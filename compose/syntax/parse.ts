import type { CST } from 'yaml';
import type { Problem } from '../problem.ts';
import { type Anchor, type BuildContext, spanOf } from './build/context.ts';
import { checkEnd, readProperties } from './build/properties.ts';
import { buildValue } from './build/value.ts';
import { type LimitCode, readTokens, type TokenTree } from './cst.ts';
import { DEFAULT_LIMITS, type ParseLimits } from './limits.ts';
import type { Node } from './node.ts';
import type { Span } from './span.ts';
import { SyntaxProblems } from './syntax-problem.ts';

/** A text as a syntax tree. */
export interface ParsedFile {
  readonly uri: string;
  readonly text: string;
  /** None for a text without content; one for most; more where `---` separates them. */
  readonly documents: readonly ParsedDocument[];
  /** Everything wrong with the YAML itself, in order of position. */
  readonly problems: readonly Problem[];
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
  const strict = parseWith(uri, text, readTokens(text, limits), limits);
  if (strict.problems.has('yaml-unclosed-bracket')) {
    // Compose's reader does not ask for indentation within brackets; a bracket that is still open then really is.
    const loose = parseWith(uri, text, readTokens(text, limits, 'anywhere'), limits);
    if (!loose.problems.malformed) return fileOf(loose, limits);
  }
  return fileOf(strict, limits);
}

interface Attempt {
  readonly uri: string;
  readonly text: string;
  readonly documents: readonly ParsedDocument[];
  readonly problems: SyntaxProblems;
}

function fileOf({ uri, text, documents, problems }: Attempt, limits: ParseLimits): ParsedFile {
  return { uri, text, documents, problems: problems.list(limits.maxProblems) };
}

function parseWith(uri: string, text: string, tree: TokenTree, limits: ParseLimits): Attempt {
  const problems = new SyntaxProblems(uri, text);
  const context: BuildContext = {
    uri,
    text,
    limits,
    problems,
    anchors: new Map(),
    defined: [],
    path: [],
    nodes: 0,
    nested: { value: buildValue },
  };
  const documents: ParsedDocument[] = [];
  let lost = false;
  for (const token of tree.tokens) {
    if (token.type === 'document') {
      lost = false;
      const document = buildDocument(context, token);
      if (document !== undefined) documents.push(document);
    } else if (token.type === 'error' && !lost) {
      // What follows makes no sense to the reader until the next document.
      lost = true;
      reportMisplaced(context, token);
    }
  }
  if (tree.stopped !== undefined) reportLimit(context, tree.stopped.code, tree.stopped.offset);
  return { uri, text, documents, problems };
}

function buildDocument(context: BuildContext, token: CST.Document): ParsedDocument | undefined {
  context.anchors = new Map();
  context.defined = [];
  context.nodes = 0;
  const props = readProperties(context, token.start, {
    indicator: 'doc-start',
    flow: false,
    atLineStart: true,
    next: token.value,
  });
  const { value } = token;
  if (value === undefined && props.end === undefined) return undefined;
  const empty = value === undefined && props.tag === undefined && props.anchor === undefined;
  const root = empty ? undefined : buildValue(context, value, props, props.end ?? token.offset);
  checkEnd(
    context,
    token.end,
    'This does not belong to what stands above. Line it up with the other keys, or begin a new document with “---”.',
  );
  const end = root?.span.end ?? props.end ?? token.offset;
  return { root, span: spanOf(context, token.offset, Math.max(end, token.offset)), anchors: context.defined };
}

function reportMisplaced(context: BuildContext, token: CST.ErrorToken): void {
  context.problems.add(
    'yaml-unexpected',
    token.offset,
    token.offset + Math.max(1, token.source.length),
    'This does not belong to what stands above. Check the indentation, and brackets and quotes before it.',
  );
}

function reportLimit(context: BuildContext, code: LimitCode, offset: number): void {
  const { maxDepth, maxLength, maxNodes } = context.limits;
  const number = (value: number): string => value.toLocaleString('en');
  const message = {
    'yaml-too-large': `This file is larger than ${number(maxLength)} characters. It is not read.`,
    'yaml-too-deep': `Values are nested more than ${number(maxDepth)} deep here. The rest is not read.`,
    'yaml-too-many-nodes': `This file has more than ${number(maxNodes)} values, more than Docker Compose reads. The rest is not read.`,
  }[code];
  context.problems.add(code, offset, offset + 1, message);
}
