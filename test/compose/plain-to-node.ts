import type { Node, ScalarNode } from '#compose/syntax/node.ts';

const NOWHERE = { uri: 'test:', start: 0, end: 0 };

/** A tree of plain data, for rules that are about values. */
export function nodeOf(value: unknown): Node {
  if (Array.isArray(value)) {
    return { kind: 'seq', span: NOWHERE, origins: [], items: value.map(nodeOf), flow: false };
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, each]) => ({ key: scalarOf(key), value: nodeOf(each) }));
    return { kind: 'map', span: NOWHERE, origins: [], entries, flow: false };
  }
  return scalarOf(value);
}

function scalarOf(value: unknown): ScalarNode {
  const base = { kind: 'scalar', span: NOWHERE, origins: [], source: String(value), style: 'plain' } as const;
  switch (typeof value) {
    case 'string':
      return { ...base, type: 'string', value };
    case 'number':
      return { ...base, type: Number.isInteger(value) ? 'int' : 'float', value };
    case 'boolean':
      return { ...base, type: 'bool', value };
    default:
      return { ...base, type: 'null', value: null, source: '' };
  }
}
