import type { Problem } from '../problem/problem.ts';
import type { MapEntry, Node, ScalarNode } from './node.ts';
import type { Span } from '../problem/span.ts';

/** The span moved by so many code units. */
export function shiftSpan({ uri, start, end }: Span, by: number): Span {
  return { uri, start: start + by, end: end + by };
}

/** A syntax tree moved by so many code units; `anchored` is told of every node that has an anchor. */
export function shiftNode(
  node: Node,
  by: number,
  anchored: (from: Node, to: Node) => void,
  keySpan?: Span,
): Node {
  const span = shiftSpan(node.span, by);
  switch (node.kind) {
    case 'scalar':
      return told(node, shiftScalar(node, span, keySpan), anchored);
    case 'alias':
      return { kind: 'alias', span, keySpan, broken: node.broken, origins: node.origins, name: node.name };
    case 'seq': {
      const items = node.items.map((item) => shiftNode(item, by, anchored));
      const { tag, anchor, broken, origins, flow } = node;
      return told(node, { kind: 'seq', span, keySpan, tag, anchor, broken, origins, items, flow }, anchored);
    }
    case 'map': {
      const entries = node.entries.map((entry) => shiftEntry(entry, by, anchored));
      const { tag, anchor, broken, origins, flow } = node;
      return told(
        node,
        { kind: 'map', span, keySpan, tag, anchor, broken, origins, entries, flow },
        anchored,
      );
    }
  }
}

export function shiftEntry(
  { key, value }: MapEntry,
  by: number,
  anchored: (from: Node, to: Node) => void,
): MapEntry {
  const newKey = told(key, shiftKey(key, by), anchored);
  return { key: newKey, value: shiftNode(value, by, anchored, newKey.span) };
}

export function shiftKey(key: ScalarNode, by: number): ScalarNode {
  return shiftScalar(key, shiftSpan(key.span, by), undefined);
}

function shiftScalar(node: ScalarNode, span: Span, keySpan: Span | undefined): ScalarNode {
  const { tag, anchor, broken, origins, type, value, source, style } = node;
  return { kind: 'scalar', span, keySpan, tag, anchor, broken, origins, type, value, source, style };
}

function told<T extends Node>(from: Node, to: T, anchored: (from: Node, to: Node) => void): T {
  if (to.anchor !== undefined) anchored(from, to);
  return to;
}

/** A problem moved by so many code units; what it refers to moves only from `from` on. */
export function shiftProblem(problem: Problem, by: number, from = 0): Problem {
  const { related } = problem;
  const span = shiftSpan(problem.span, by);
  if (related === undefined) return { ...problem, span };
  const moved = related.map((each) =>
    each.span.start < from ? each : { span: shiftSpan(each.span, by), message: each.message },
  );
  return { ...problem, span, related: moved };
}
