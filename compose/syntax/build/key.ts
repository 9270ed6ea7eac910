import type { CST } from 'yaml';
import type { ScalarNode } from '../node.ts';
import { type BuildContext, emptyNode, type Properties } from './context.ts';
import { aliasKey } from './entries.ts';
import { phrase } from '../../problem/phrase.ts';

/** The node of a key; `undefined`, and a problem, when it is no scalar. */
export function buildKey(
  context: BuildContext,
  token: CST.Token | null | undefined,
  props: Properties,
  emptyAt: number,
): ScalarNode | undefined {
  if (token === null || token === undefined) return emptyNode(context, props, emptyAt, undefined);
  const node = context.nested.value(context, token, props, emptyAt);
  context.nodes -= 1;
  if (node.kind === 'scalar') return node;
  const named = aliasKey(node, context.anchors);
  if (named !== undefined || node.broken) return named;
  context.problems.add(
    'yaml-collection-key',
    node.span.start,
    Math.max(node.span.end, node.span.start + 1),
    phrase('yaml-collection-key'),
    context.path,
  );
  return undefined;
}
