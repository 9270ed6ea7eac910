import type { CST } from 'yaml';
import type { AliasNode, Node } from '../node.ts';
import type { Span } from '../../problem/span.ts';
import { buildMap } from './block-map.ts';
import { buildSeq } from './block-seq.ts';
import {
  type BuildContext,
  emptyNode,
  NO_ORIGINS,
  type OpenAnchor,
  type Properties,
  spanOf,
} from './context.ts';
import { buildFlow } from './flow.ts';
import { checkEnd } from './properties.ts';
import { buildScalar } from './scalar.ts';
import { countOf, phrase } from '../../problem/phrase.ts';

/** The node of any value token, its anchor registered. An absent token is an empty value at `emptyAt`. */
export function buildValue(
  context: BuildContext,
  token: CST.Token | null | undefined,
  props: Properties,
  emptyAt: number,
  keySpan?: Span,
): Node {
  countNode(context, emptyAt);
  const open = openAnchor(context, props);
  const node = buildToken(context, token, props, emptyAt, keySpan);
  if (open !== undefined && node.anchor !== undefined) {
    open.node = node;
    context.defined.push({ name: node.anchor, span: open.span, node });
  }
  return node;
}

function countNode(context: BuildContext, offset: number): void {
  context.nodes += 1;
  if (context.nodes !== context.limits.maxNodes + 1) return;
  context.problems.add(
    'yaml-too-many-nodes',
    offset,
    offset + 1,
    phrase('yaml-too-many-nodes', { most: countOf(context.limits.maxNodes) }),
  );
}

function openAnchor(context: BuildContext, props: Properties): OpenAnchor | undefined {
  const { anchor } = props;
  if (anchor === undefined) return undefined;
  const open: OpenAnchor = {
    span: spanOf(context, anchor.offset, anchor.offset + anchor.source.length),
    node: undefined,
  };
  context.anchors.set(anchor.source.slice(1), open);
  return open;
}

function buildToken(
  context: BuildContext,
  token: CST.Token | null | undefined,
  props: Properties,
  emptyAt: number,
  keySpan: Span | undefined,
): Node {
  if (token === null || token === undefined) return emptyNode(context, props, emptyAt, keySpan);
  switch (token.type) {
    case 'scalar':
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
    case 'block-scalar':
      return buildScalar(context, token, props, keySpan);
    case 'alias':
      return buildAlias(context, token, props, keySpan);
    case 'block-map':
      return buildMap(context, token, props, keySpan);
    case 'block-seq':
      return buildSeq(context, token, props, keySpan);
    case 'flow-collection':
      return buildFlow(context, token, props, keySpan);
    default: {
      const length = 'source' in token && typeof token.source === 'string' ? token.source.length : 1;
      const message =
        token.type === 'error' && token.source === '-'
          ? phrase('yaml-unexpected.list-after-key')
          : phrase('yaml-unexpected.value');
      context.problems.add(
        'yaml-unexpected',
        token.offset,
        token.offset + Math.max(1, length),
        message,
        context.path,
      );
      return emptyNode(context, props, emptyAt, keySpan, true);
    }
  }
}

function buildAlias(
  context: BuildContext,
  token: CST.FlowScalar,
  props: Properties,
  keySpan: Span | undefined,
): AliasNode {
  checkEnd(context, token.end);
  const name = token.source.slice(1);
  const end = token.offset + token.source.length;
  const span = spanOf(context, token.offset, end);
  if (props.anchor !== undefined || props.tag !== undefined) {
    context.problems.add(
      'yaml-unexpected',
      token.offset,
      end,
      phrase('yaml-unexpected.alias-property'),
      context.path,
    );
  }
  const target = context.anchors.get(name);
  let broken: true | undefined;
  if (target === undefined) {
    broken = true;
    context.problems.add(
      'yaml-unknown-anchor',
      token.offset,
      end,
      name === '' ? phrase('yaml-unknown-anchor.empty') : phrase('yaml-unknown-anchor', { name }),
      context.path,
    );
  } else if (target.node === undefined) {
    broken = true;
    context.problems.add(
      'yaml-alias-cycle',
      token.offset,
      end,
      phrase('yaml-alias-cycle', { name }),
      context.path,
    );
  }
  return { kind: 'alias', span, keySpan, broken, origins: NO_ORIGINS, name };
}
