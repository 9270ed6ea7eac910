import { PatternTable } from '../values/path.ts';
import { impliedAt } from '../syntax/build.ts';
import { entryOf, stringOf, valueIn, withValue } from '../syntax/edit.ts';
import type { MapNode, Node } from '../syntax/node.ts';
import { type Rewrite, rewrite } from './rewrite.ts';

/** A canonical model with the values that the specification gives to attributes left out. They stand where their parent stands. */
export function withDefaults(model: Node): Node {
  return rewrite(model, rules, {});
}

const rules = new PatternTable<Rewrite<object>>([
  ['services.*.build', (node) => withDefault(node, 'context', '.')],
  ['services.*.secrets[]', secretTarget],
  ['services.*.ports[]', (node) => withDefault(withDefault(node, 'protocol', 'tcp'), 'mode', 'ingress')],
  ['services.*.deploy.resources.reservations.devices[]', allDevices],
  ['services.*.gpus[]', allDevices],
  ['services.*.volumes[].bind', (node) => withDefault(node, 'create_host_path', true)],
]);

function withDefault(node: Node, key: string, value: string | boolean): Node {
  if (node.kind !== 'map' || entryOf(node, key) !== undefined) return node;
  return withValue(node, key, impliedAt(node, value));
}

function secretTarget(node: Node): Node {
  if (node.kind !== 'map' || entryOf(node, 'target') !== undefined) return node;
  const source = valueIn(node, 'source');
  return withValue(node, 'target', impliedAt(source ?? node, `/run/secrets/${stringOf(source) ?? ''}`));
}

function allDevices(node: Node): Node {
  if (
    node.kind !== 'map' ||
    entryOf(node, 'count') !== undefined ||
    entryOf(node, 'device_ids') !== undefined
  ) {
    return node;
  }
  return withValue(node as MapNode, 'count', impliedAt(node, 'all'));
}
