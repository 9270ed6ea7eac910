import type { CST } from 'yaml';
import type { MapNode, Node, ScalarNode, SeqNode } from '../node.ts';
import type { Span } from '../../problem/span.ts';
import { anchorName, type BuildContext, NO_ORIGINS, type Properties, spanOf } from './context.ts';
import { Entries } from './entries.ts';
import { buildKey } from './key.ts';
import { checkEnd, NO_PROPERTIES, readProperties } from './properties.ts';
import { phrase } from '../../problem/phrase.ts';

export function buildFlow(
  context: BuildContext,
  token: CST.FlowCollection,
  props: Properties,
  keySpan: Span | undefined,
): MapNode | SeqNode {
  const isMap = token.start.source === '{';
  const entries = new Entries(context);
  const items: Node[] = [];
  let end = token.offset + 1;
  for (const [index, item] of token.items.entries()) {
    const before = readProperties(context, item.start, {
      indicator: 'explicit-key-ind',
      flow: true,
      atLineStart: false,
    });
    end = Math.max(end, before.end ?? end);
    if (isEmptyItem(item, before)) {
      if (before.comma !== undefined) checkComma(context, before.comma, index, token.items.length);
      continue;
    }
    if (index > 0 && before.comma === undefined) reportMissingComma(context, item, end);
    if (index === 0 && before.comma !== undefined) checkComma(context, before.comma, 0, 2);
    if (!isMap && lacksComma(item, before)) {
      for (const token of [item.key, item.value]) {
        if (token === item.value) reportMissingComma(context, { start: [], value: item.value }, end);
        const node = context.nested.value(context, token, token === item.key ? before : NO_PROPERTIES, end);
        items.push(node);
        end = Math.max(end, node.span.end);
      }
    } else if (isMap || item.sep !== undefined || before.indicator !== undefined) {
      const target = isMap ? entries : new Entries(context);
      if (!isMap) context.path.push(items.length);
      end = Math.max(end, readPair(context, item, before, target, end));
      if (!isMap) {
        context.path.pop();
        const pair = pairNode(context, target);
        if (pair !== undefined) items.push(pair);
      }
    } else {
      context.path.push(items.length);
      const node = context.nested.value(context, item.value ?? item.key, before, before.end ?? end);
      context.path.pop();
      items.push(node);
      end = Math.max(end, node.span.end);
    }
  }
  const closed = closingEnd(context, token, isMap);
  const shared = {
    span: spanOf(context, token.offset, closed ?? end),
    keySpan,
    tag: props.tag?.source,
    anchor: anchorName(props),
    broken: closed === undefined ? (true as const) : undefined,
    origins: NO_ORIGINS,
    flow: true,
  };
  return isMap ? { kind: 'map', ...shared, entries: entries.list } : { kind: 'seq', ...shared, items };
}

function isEmptyItem(item: CST.CollectionItem, props: Properties): boolean {
  return (
    (item.key === undefined || item.key === null) &&
    item.sep === undefined &&
    item.value === undefined &&
    props.tag === undefined &&
    props.anchor === undefined &&
    props.indicator === undefined
  );
}

/** Two items of a list that the reader takes for a key and its value. */
function lacksComma(
  item: CST.CollectionItem,
  props: Properties,
): item is CST.CollectionItem & { readonly value: CST.Token } {
  const { key, sep, value } = item;
  return (
    props.indicator === undefined &&
    key !== undefined &&
    key !== null &&
    value !== undefined &&
    sep?.some((token) => token.type === 'map-value-ind') === false
  );
}

/** A comma may end a collection, not begin it or follow another. */
function checkComma(context: BuildContext, comma: CST.SourceToken, index: number, count: number): void {
  if (index > 0 && index === count - 1) return;
  context.problems.add(
    'yaml-unexpected',
    comma.offset,
    comma.offset + 1,
    phrase('yaml-unexpected.lone-comma'),
    context.path,
  );
}

function reportMissingComma(context: BuildContext, item: CST.CollectionItem, fallback: number): void {
  const offset = (item.key ?? item.value)?.offset ?? fallback;
  context.problems.add(
    'yaml-missing-comma',
    offset,
    offset + 1,
    phrase('yaml-missing-comma.items'),
    context.path,
  );
}

function readPair(
  context: BuildContext,
  item: CST.CollectionItem,
  before: Properties,
  entries: Entries,
  fallback: number,
): number {
  const key = buildKey(context, item.key, before, before.end ?? fallback);
  const props = readProperties(context, item.sep ?? [], {
    indicator: 'map-value-ind',
    flow: true,
    atLineStart: false,
  });
  const emptyAt = props.end ?? key?.span.end ?? fallback;
  if (key !== undefined) entries.checkKey(key);
  if (props.indicator === undefined && item.value !== undefined) reportMissingColon(context, item.value);
  context.path.push(key?.source ?? '');
  const value = context.nested.value(context, item.value, props, emptyAt, key?.span);
  context.path.pop();
  if (key !== undefined) entries.add(key, value);
  return Math.max(value.span.end, emptyAt);
}

function reportMissingColon(context: BuildContext, value: CST.Token): void {
  const unspaced = 'source' in value && value.source.startsWith(':');
  context.problems.add(
    unspaced ? 'yaml-missing-space' : 'yaml-missing-comma',
    value.offset,
    value.offset + 1,
    unspaced ? phrase('yaml-missing-space.flow') : phrase('yaml-missing-comma.or-colon'),
    context.path,
  );
}

/** `[a: b]` is a list of one mapping. */
function pairNode(context: BuildContext, entries: Entries): MapNode | undefined {
  const entry = entries.list[0];
  if (entry === undefined) return undefined;
  const start: ScalarNode = entry.key;
  return {
    kind: 'map',
    span: spanOf(context, start.span.start, Math.max(entry.value.span.end, start.span.end)),
    origins: NO_ORIGINS,
    entries: entries.list,
    flow: true,
  };
}

/** After the closing bracket; `undefined`, and a problem, when there is none. */
function closingEnd(context: BuildContext, token: CST.FlowCollection, isMap: boolean): number | undefined {
  const [bracket, ...after] = token.end;
  const expected = isMap ? '}' : ']';
  if (bracket?.source === expected) {
    checkEnd(context, after);
    return bracket.offset + 1;
  }
  const other = bracket?.source === (isMap ? ']' : '}') ? bracket : undefined;
  context.problems.add(
    'yaml-unclosed-bracket',
    other?.offset ?? token.offset,
    (other?.offset ?? token.offset) + 1,
    other === undefined
      ? phrase('yaml-unclosed-bracket', { bracket: token.start.source, expected })
      : phrase('yaml-unclosed-bracket.other', { expected, bracket: token.start.source }),
    context.path,
  );
  return undefined;
}
