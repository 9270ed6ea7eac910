import type { CST } from 'yaml';
import type { Node, SeqNode } from '../node.ts';
import type { Span } from '../../problem/span.ts';
import { anchorName, type BuildContext, NO_ORIGINS, type Properties, spanOf } from './context.ts';
import { readProperties } from './properties.ts';
import { phrase } from '../../problem/phrase.ts';

export function buildSeq(
  context: BuildContext,
  token: CST.BlockSequence,
  props: Properties,
  keySpan: Span | undefined,
): SeqNode {
  const items: Node[] = [];
  let end = token.offset;
  for (const { start, value } of token.items) {
    const before = readProperties(context, start, {
      indicator: 'seq-item-ind',
      flow: false,
      atLineStart: true,
    });
    const hasProperties = before.tag !== undefined || before.anchor !== undefined;
    if (before.indicator === undefined && !hasProperties && value === undefined) continue;
    context.path.push(items.length);
    let node = context.nested.value(context, value, before, before.end ?? end);
    if (before.indicator === undefined) {
      context.problems.add(
        'yaml-missing-dash',
        node.span.start,
        Math.max(node.span.end, node.span.start + 1),
        phrase('yaml-missing-dash'),
        context.path,
      );
      node = { ...node, broken: true };
    }
    context.path.pop();
    items.push(node);
    end = Math.max(node.span.end, before.end ?? end);
  }
  return {
    kind: 'seq',
    span: spanOf(context, token.offset, end),
    keySpan,
    tag: props.tag?.source,
    anchor: anchorName(props),
    origins: NO_ORIGINS,
    items,
    flow: false,
  };
}
