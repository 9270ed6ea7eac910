import { CST } from 'yaml';
import type { ScalarNode, ScalarStyle } from '../node.ts';
import { resolvePlain, resolveTagged } from '../scalar.ts';
import type { Span } from '../../problem/span.ts';
import type { BuildContext, Properties } from './context.ts';
import { anchorName, NO_ORIGINS, spanOf } from './context.ts';
import { checkEnd } from './properties.ts';
import { phrase } from '../../problem/phrase.ts';

/** The node of a scalar token, typed as Compose types it. */
export function buildScalar(
  context: BuildContext,
  token: CST.FlowScalar | CST.BlockScalar,
  props: Properties,
  keySpan: Span | undefined,
): ScalarNode {
  if (token.type === 'block-scalar') return buildBlockScalar(context, token, props, keySpan);
  checkEnd(context, token.end);
  const end = token.offset + token.source.length;
  const unclosedEnd = context.unclosedQuotes.get(token.offset);
  if (unclosedEnd !== undefined) return buildUnclosed(context, token.offset, unclosedEnd, props, keySpan);
  const { source, broken, style } = readFlowScalar(context, token);
  return typed(context, { start: token.offset, end, source, broken, style }, props, keySpan);
}

interface Raw {
  readonly start: number;
  readonly end: number;
  readonly source: string;
  readonly style: ScalarStyle;
  readonly broken: true | undefined;
}

/** A scalar node made of a stretch of text that the reader took for something else. */
export function buildPlainText(
  context: BuildContext,
  start: number,
  end: number,
  keySpan: Span | undefined,
  props: Properties,
): ScalarNode {
  const source = context.text.slice(start, end);
  return typed(context, { start, end, source, style: 'plain', broken: true }, props, keySpan);
}

function typed(context: BuildContext, raw: Raw, props: Properties, keySpan: Span | undefined): ScalarNode {
  const tag = props.tag?.source;
  const plain = raw.style === 'plain';
  let resolved = plain ? resolvePlain(raw.source) : undefined;
  if (tag !== undefined) {
    resolved = resolveTagged(tag, raw.source, !plain);
    if (resolved === undefined) {
      context.problems.add(
        'yaml-bad-tag',
        raw.start,
        raw.end,
        phrase('yaml-bad-tag', { value: raw.source, tag }),
        context.path,
      );
    }
  }
  return {
    kind: 'scalar',
    span: spanOf(context, raw.start, raw.end),
    keySpan,
    tag,
    anchor: anchorName(props),
    broken: raw.broken,
    origins: NO_ORIGINS,
    type: resolved?.type ?? 'string',
    value: resolved === undefined ? raw.source : resolved.value,
    source: raw.source,
    style: raw.style,
  };
}

function readFlowScalar(
  context: BuildContext,
  token: CST.FlowScalar,
): { readonly source: string; readonly style: ScalarStyle; readonly broken: true | undefined } {
  const { source, offset } = token;
  if (token.type === 'scalar') {
    // What a repair took out of the middle leaves a guess.
    const isRepaired = context.text.slice(offset, offset + source.length) !== source;
    const broken = checkPlainStart(context, token) ?? (isRepaired ? true : undefined);
    const folded = source.includes('\n') ? decode(context, token) : source;
    return { source: folded, style: 'plain', broken };
  }
  const quote = token.type === 'single-quoted-scalar' ? "'" : '"';
  const style = quote === "'" ? 'single' : 'double';
  if (!isClosed(source, quote)) {
    const line = firstLine(source);
    reportUnclosed(context, offset, offset + line.length, quote);
    return { source: line.slice(1), style, broken: true };
  }
  const simple =
    !source.includes('\n') && !(quote === "'" ? source.includes("''", 1) : source.includes('\\'));
  return { source: simple ? source.slice(1, -1) : decode(context, token), style, broken: undefined };
}

function buildUnclosed(
  context: BuildContext,
  start: number,
  end: number,
  props: Properties,
  keySpan: Span | undefined,
): ScalarNode {
  const quote = context.text[start] ?? '"';
  reportUnclosed(context, start, end, quote);
  const source = context.text.slice(start + 1, end);
  const style = quote === "'" ? 'single' : 'double';
  return typed(context, { start, end, source, style, broken: true }, props, keySpan);
}

function reportUnclosed(context: BuildContext, start: number, end: number, quote: string): void {
  context.problems.add(
    'yaml-unclosed-quote',
    start,
    end,
    phrase('yaml-unclosed-quote', { quote }),
    context.path,
  );
}

function isClosed(source: string, quote: string): boolean {
  if (source.length < 2 || !source.endsWith(quote)) return false;
  // A doubled single quote, or one after an odd number of backslashes, does not close.
  const escaper = quote === "'" ? quote : '\\';
  let escapes = 0;
  while (escapes < source.length - 2 && source[source.length - 2 - escapes] === escaper) escapes += 1;
  return escapes % 2 === 0;
}

export function firstLine(source: string): string {
  const newline = source.search(/\r?\n/);
  return newline === -1 ? source : source.slice(0, newline);
}

function checkPlainStart(context: BuildContext, token: CST.FlowScalar): true | undefined {
  const first = token.source[0];
  if (first === undefined || !',%|>@`'.includes(first)) return undefined;
  context.problems.add(
    'yaml-bad-character',
    token.offset,
    token.offset + firstLine(token.source).length,
    phrase('yaml-bad-character', { character: first }),
    context.path,
  );
  return true;
}

/** Escapes, doubled quotes and folded lines, by the library. */
function decode(context: BuildContext, token: CST.FlowScalar | CST.BlockScalar): string {
  const resolved = CST.resolveAsScalar(token, true, (offset, code) => {
    if (code === 'BAD_DQ_ESCAPE') {
      const written =
        /^\\(?:x.{0,2}|u.{0,4}|U.{0,8}|.?)/u.exec(context.text.slice(offset, offset + 12))?.[0] ?? '\\';
      context.problems.add(
        'yaml-bad-escape',
        offset,
        offset + written.length,
        phrase('yaml-bad-escape', { escape: written }),
        context.path,
      );
    } else if (token.type === 'block-scalar') {
      context.problems.add(
        code === 'BAD_INDENT' ? 'yaml-bad-indent' : 'yaml-block-scalar',
        offset,
        offset + 1,
        code === 'BAD_INDENT' ? phrase('yaml-bad-indent.text') : phrase('yaml-block-scalar'),
        context.path,
      );
    }
  });
  return resolved.value;
}

function buildBlockScalar(
  context: BuildContext,
  token: CST.BlockScalar,
  props: Properties,
  keySpan: Span | undefined,
): ScalarNode {
  const header = token.props[0];
  const style =
    header !== undefined && 'source' in header && header.source.startsWith('>') ? 'folded' : 'literal';
  let end = token.offset;
  for (const part of token.props) {
    if ('source' in part) end = part.offset + part.source.length;
  }
  if (token.source !== '') end += token.source.length;
  while (end > token.offset && /\s/.test(context.text[end - 1] ?? '')) end -= 1;
  const source = decode(context, token);
  return typed(context, { start: token.offset, end, source, style, broken: undefined }, props, keySpan);
}
