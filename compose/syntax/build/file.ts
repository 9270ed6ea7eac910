import type { CST } from 'yaml';
import type { Path } from '../../values/path.ts';
import { type FlowLayout, type LimitCode, readTokens } from '../cst.ts';
import type { ParseLimits } from '../nesting-limits.ts';
import type { ParsedDocument } from '../parsed-file.ts';
import { SyntaxProblems } from '../syntax-problem.ts';
import { type Anchor, type BuildContext, spanOf } from './context.ts';
import { checkEnd, checkTabs, readProperties } from './properties.ts';
import { buildValue } from './value.ts';
import { countOf, phrase } from '../../problem/phrase.ts';

/** A text, and how to read it. */
export interface Reading {
  readonly uri: string;
  /** As written. */
  readonly text: string;
  /** What the tokens are read from: the same length, with repairs where the text is broken. */
  readonly readable: string;
  /** Quotes that the repairs closed: offset of the quote -> end of its line. */
  readonly unclosedQuotes: ReadonlyMap<number, number>;
  readonly layout: FlowLayout;
  readonly limits: ParseLimits;
  /** What encloses the text, when it is a part of a file. */
  readonly within?: { readonly path: Path; readonly anchors: readonly Anchor[] };
}

export interface FileTree {
  readonly reading: Reading;
  readonly documents: readonly ParsedDocument[];
  readonly problems: SyntaxProblems;
  /** Where the reader gave up, up to the next document. */
  readonly lostAt: readonly number[];
}

export function readFile(reading: Reading): FileTree {
  const { uri, text, limits } = reading;
  const tree = readTokens(reading.readable, limits, reading.layout);
  const problems = new SyntaxProblems(uri, text);
  const context: BuildContext = {
    uri,
    text,
    limits,
    unclosedQuotes: reading.unclosedQuotes,
    problems,
    anchors: new Map(),
    defined: [],
    path: [...(reading.within?.path ?? [])],
    nodes: 0,
    nested: { value: buildValue },
  };
  checkCharacters(context);
  const documents: ParsedDocument[] = [];
  const lostAt: number[] = [];
  let lost = false;
  for (const token of tree.tokens) {
    if (token.type === 'document') {
      lost = false;
      const document = buildDocument(context, token, reading.within?.anchors ?? []);
      if (document !== undefined) documents.push(document);
    } else if (token.type === 'error' && !lost) {
      // What follows makes no sense to the reader until the next document.
      lost = true;
      lostAt.push(token.offset);
      reportMisplaced(context, token);
    }
  }
  if (tree.stopped !== undefined) reportLimit(context, tree.stopped.code, tree.stopped.offset);
  return { reading, documents, problems, lostAt };
}

/** Characters that YAML forbids wherever they stand. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/g;

function checkCharacters({ text, problems, limits }: BuildContext): void {
  if (text.length > limits.maxLength) return;
  let count = 0;
  for (const { index, 0: character } of text.matchAll(FORBIDDEN)) {
    const name = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    problems.add('yaml-control-character', index, index + 1, phrase('yaml-control-character', { name }));
    count += 1;
    if (count === limits.maxProblems) return;
  }
}

function buildDocument(
  context: BuildContext,
  token: CST.Document,
  known: readonly Anchor[],
): ParsedDocument | undefined {
  context.anchors = new Map(known.map(({ name, span, node }) => [name, { span, node }]));
  context.defined = [];
  context.nodes = 0;
  const props = readProperties(context, token.start, {
    indicator: 'doc-start',
    flow: false,
    atLineStart: true,
  });
  const { value } = token;
  if (value === undefined && props.end === undefined) return undefined;
  const empty = value === undefined && props.tag === undefined && props.anchor === undefined;
  const root = empty ? undefined : buildValue(context, value, props, props.end ?? token.offset);
  checkTabs(context, token.end);
  checkEnd(context, token.end, phrase('yaml-unexpected.after-document'));
  const end = root?.span.end ?? props.end ?? token.offset;
  return { root, span: spanOf(context, token.offset, Math.max(end, token.offset)), anchors: context.defined };
}

function reportMisplaced(context: BuildContext, token: CST.ErrorToken): void {
  context.problems.add(
    'yaml-unexpected',
    token.offset,
    token.offset + Math.max(1, token.source.length),
    phrase('yaml-unexpected.misplaced'),
  );
}

function reportLimit(context: BuildContext, code: LimitCode, offset: number): void {
  const { maxDepth, maxLength, maxNodes } = context.limits;
  const message = {
    'yaml-too-large': phrase('yaml-too-large', { most: countOf(maxLength) }),
    'yaml-too-deep': phrase('yaml-too-deep', { most: countOf(maxDepth) }),
    'yaml-too-many-nodes': phrase('yaml-too-many-nodes.unread', { most: countOf(maxNodes) }),
  }[code];
  context.problems.add(code, offset, offset + 1, message);
}
