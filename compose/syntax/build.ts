import type { MapEntry, MapNode, Node, ScalarNode, ScalarType, SeqNode } from './node.ts';
import type { Span } from '../problem/span.ts';
import type { Plain } from './to-plain.ts';

const nowhere: Span = { uri: 'memory:', start: 0, end: 0 };

/** A tree for plain data. Every node stands at `span`. */
export function nodeOf(value: Plain, span: Span = nowhere): Node {
  if (Array.isArray(value)) {
    return { kind: 'seq', span, origins: [], flow: false, items: value.map((item) => nodeOf(item, span)) };
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, child]): MapEntry => {
      return { key: scalarOf(key, span), value: { ...nodeOf(child as Plain, span), keySpan: span } };
    });
    return { kind: 'map', span, origins: [], flow: false, entries };
  }
  return scalarOf(value as string | number | bigint | boolean | null, span);
}

/** A scalar that no text contains, standing where `span` says. */
export function scalarOf(
  value: string | number | bigint | boolean | null,
  span: Span,
  origins: readonly Span[] = [],
): ScalarNode {
  return {
    kind: 'scalar',
    span,
    origins,
    type: typeOf(value),
    value,
    source: value === null ? '' : String(value),
    style: 'plain',
  };
}

function typeOf(value: string | number | bigint | boolean | null): ScalarType {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float';
    case 'bigint':
      return 'int';
    default:
      return 'null';
  }
}

/** A mapping that stands for `at`, such as the long form of a short one: same place, same origins. */
export function mapAt(
  at: Node,
  values: Readonly<Record<string, Node | string | number | boolean | null>>,
): MapNode {
  return mapOf(
    at,
    Object.entries(values).map(([key, value]) => {
      const node = typeof value === 'object' && value !== null ? value : scalarOf(value, at.span, at.origins);
      return { key: scalarOf(key, at.span), value: node };
    }),
  );
}

/** A mapping with the given entries, standing where `at` stands. */
export function mapOf(at: Node, entries: readonly MapEntry[]): MapNode {
  return { kind: 'map', ...placeOf(at), entries, flow: false };
}

/** A sequence with the given items, standing where `at` stands. */
export function seqOf(at: Node, items: readonly Node[]): SeqNode {
  return { kind: 'seq', ...placeOf(at), items, flow: false };
}

function placeOf(at: Node): { span: Span; origins: readonly Span[]; keySpan?: Span } {
  return at.keySpan === undefined
    ? { span: at.span, origins: at.origins }
    : { span: at.span, origins: at.origins, keySpan: at.keySpan };
}

/** A value that nobody wrote, belonging to `at`. */
export function impliedAt(at: Node, value: string | number | boolean | null): ScalarNode {
  return { ...scalarOf(value, at.span), implied: true };
}
