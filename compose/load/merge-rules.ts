import { compareText } from '../syntax/compare-text.ts';
import { mapOf, scalarOf } from '../syntax/build.ts';
import { isNull, keyText, overriding, stringOf, textAt, valueIn } from '../syntax/edit.ts';
import { goFormat } from '../syntax/go-format.ts';
import type { MapEntry, MapNode, Node } from '../syntax/node.ts';
import type { MergeContext } from './merge-rule.ts';
import { reportAt } from '../syntax/report.ts';
import { phrase } from '../problem/phrase.ts';

/** The later value, whatever it is, even null. */
export function replace(base: Node, over: Node): Node {
  return overriding(base, over);
}

/** Both as lists, one after the other. Which of two entries for the same key counts is decided later, by unicity. */
export function appendAsSequences(base: Node, over: Node): Node {
  return joined(base, over, [...asItems(base), ...asItems(over)]);
}

/** As lists; a host that is there already is not added again. */
export function appendNewHosts(base: Node, over: Node): Node {
  const first = asItems(base);
  const known = new Set(first.map(stringOf));
  return joined(base, over, [...first, ...asItems(over).filter((item) => !known.has(stringOf(item)))]);
}

export function mergeBuild(base: Node, over: Node, context: MergeContext): Node {
  return context.mergeMaps(asBuild(base), asBuild(over));
}

/** Lists become mappings of service to condition. */
export function mergeDependencies(base: Node, over: Node, context: MergeContext): Node {
  return context.mergeMaps(asMapping(base, startedDependency), asMapping(over, startedDependency));
}

/** Lists of names become mappings of name to nothing. */
export function mergeNamed(base: Node, over: Node, context: MergeContext): Node {
  return context.mergeMaps(asMapping(base, nothing), asMapping(over, nothing));
}

/** Options merge only for the same driver; another driver replaces all of it. */
export function mergeLogging(base: Node, over: Node, context: MergeContext): Node {
  if (base.kind !== 'map' || over.kind !== 'map')
    return base.kind === 'map' && isNull(over) ? base : overriding(base, over);
  const before = stringOf(valueIn(base, 'driver'));
  const after = stringOf(valueIn(over, 'driver'));
  if (before === undefined || after === undefined || before === after) return context.mergeMaps(base, over);
  return overriding(base, over);
}

/** Address pools merge by subnet. */
export function mergeIpamConfig(base: Node, over: Node, context: MergeContext): Node {
  if (base.kind !== 'seq' || over.kind !== 'seq') {
    const wrong = base.kind === 'seq' ? over : base;
    reportAt(context.report, 'invalid-type', wrong, context.path, phrase('invalid-type.address-pools'));
    return base;
  }
  const pools: MapNode[] = [];
  const place = (pool: MapNode) => pools.findIndex((other) => subnet(other) === subnet(pool));
  for (const original of base.items) {
    let merged = asMapping(original, nothing);
    for (const item of over.items) {
      const pool = asMapping(item, nothing);
      if (subnet(pool) !== subnet(merged) && place(pool) === -1) {
        pools.push(pool);
        continue;
      }
      merged = context.mergeMaps(merged, pool);
      const index = place(merged);
      if (index === -1) pools.push(merged);
      else pools[index] = merged;
    }
  }
  return overriding(base, { ...over, items: pools });
}

function subnet(pool: MapNode): string | undefined {
  return stringOf(valueIn(pool, 'subnet'));
}

function joined(base: Node, over: Node, items: readonly Node[]): Node {
  if (items.length === 0) return overriding(base, { ...mapAsSeq(over), items });
  return overriding(base, { ...mapAsSeq(over), items });
}

function mapAsSeq(node: Node) {
  return {
    kind: 'seq' as const,
    span: node.span,
    keySpan: node.keySpan,
    origins: node.origins,
    flow: node.kind === 'seq' && node.flow,
  };
}

/** `KEY=VALUE` items; a mapping's in the order of their text. */
function asItems(node: Node): readonly Node[] {
  if (node.kind === 'seq') return node.items;
  if (node.kind === 'scalar') return typeof node.value === 'string' ? [node] : [];
  if (node.kind !== 'map') return [];
  return node.entries
    .flatMap(asAssignments)
    .sort((a, b) => compareText(stringOf(a) ?? '', stringOf(b) ?? ''));
}

function asAssignments(entry: MapEntry): readonly Node[] {
  const key = keyText(entry);
  const { value } = entry;
  const at = { ...value, keySpan: value.keySpan ?? entry.key.span };
  if (isNull(value)) return [textAt(at, key)];
  if (value.kind === 'seq') {
    return value.items.map((item) => textAt(item, `${key}=${item.kind === 'scalar' ? goFormat(item) : ''}`));
  }
  return [textAt(at, `${key}=${value.kind === 'scalar' ? goFormat(value) : ''}`)];
}

function asBuild(node: Node): MapNode {
  if (node.kind === 'map') return node;
  if (node.kind === 'scalar' && typeof node.value === 'string') {
    return mapOf(node, [{ key: scalarOf('context', node.span), value: node }]);
  }
  return mapOf(node, []);
}

function startedDependency(item: Node): Node {
  return mapOf(item, [
    { key: scalarOf('condition', item.span), value: scalarOf('service_started', item.span) },
    { key: scalarOf('required', item.span), value: scalarOf(true, item.span) },
  ]);
}

function nothing(item: Node): Node {
  return scalarOf(null, item.span);
}

/** A list of names as a mapping of names; a name given twice counts once. */
export function asMapping(node: Node, valueFor: (item: Node) => Node): MapNode {
  if (node.kind === 'map') return node;
  if (node.kind !== 'seq') return mapOf(node, []);
  const entries = new Map<string, MapEntry>();
  for (const item of node.items) {
    const name = stringOf(item);
    if (name === undefined || entries.has(name)) continue;
    const value = { ...valueFor(item), keySpan: item.span };
    entries.set(name, { key: scalarOf(name, item.span), value });
  }
  return mapOf(node, [...entries.values()]);
}
