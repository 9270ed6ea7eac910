import type { MergeRule } from './merge-rule.ts';
import { type Path, type PatternCursor, PatternTable } from '../values/path.ts';
import { isNull, keyText, overriding } from '../syntax/edit.ts';
import type { MapEntry, MapNode, Node, SeqNode } from '../syntax/node.ts';
import {
  appendAsSequences,
  appendNewHosts,
  mergeBuild,
  mergeDependencies,
  mergeIpamConfig,
  mergeLogging,
  mergeNamed,
  replace,
} from './merge-rules.ts';
import { type Report, reportAt } from '../syntax/report.ts';
import { phrase } from '../problem/phrase.ts';

/**
 * One Compose model laid over another (specification: "Merge Compose files"). Mappings merge, sequences append, scalars and null
 * follow the later file except that a null leaves the earlier value; attributes with a rule of their own are in the table below.
 * `at` is where both stand in the model. Values remember what they overrode.
 */
export function mergeModels(base: Node, over: Node, report: Report, at: Path = []): Node {
  let cursor: PatternCursor<MergeRule> | undefined = rules.root;
  for (const part of at) cursor = cursor?.child(part);
  return mergeNodes(base, over, at, cursor, report);
}

/** `over` laid over the service it extends. */
export function extendService(base: Node, over: Node, report: Report, name = 'x'): Node {
  return mergeModels(base, over, report, ['services', name]);
}

const rules = new PatternTable<MergeRule>([
  ['networks.*.ipam.config', mergeIpamConfig],
  ['networks.*.labels', appendAsSequences],
  ['volumes.*.labels', appendAsSequences],
  ['services.*.annotations', appendAsSequences],
  ['services.*.build', mergeBuild],
  ['services.*.build.args', appendAsSequences],
  ['services.*.build.additional_contexts', appendAsSequences],
  ['services.*.build.extra_hosts', appendNewHosts],
  ['services.*.build.labels', appendAsSequences],
  ['services.*.command', replace],
  ['services.*.depends_on', mergeDependencies],
  ['services.*.deploy.labels', appendAsSequences],
  ['services.*.dns', appendAsSequences],
  ['services.*.dns_opt', appendAsSequences],
  ['services.*.dns_search', appendAsSequences],
  ['services.*.entrypoint', replace],
  ['services.*.env_file', appendAsSequences],
  ['services.*.label_file', appendAsSequences],
  ['services.*.environment', appendAsSequences],
  ['services.*.extra_hosts', appendNewHosts],
  ['services.*.healthcheck.test', replace],
  ['services.*.labels', appendAsSequences],
  ['services.*.logging', mergeLogging],
  ['services.*.models', mergeNamed],
  ['services.*.networks', mergeNamed],
  ['services.*.sysctls', appendAsSequences],
  ['services.*.tmpfs', appendAsSequences],
  ['services.*.ulimits.*', replace],
]);

function mergeNodes(
  base: Node,
  over: Node,
  path: Path,
  cursor: PatternCursor<MergeRule> | undefined,
  report: Report,
): Node {
  const rule = cursor?.value;
  if (rule !== undefined) {
    return rule(base, over, {
      path,
      report,
      mergeMaps: (left, right) => mergeMaps(left, right, path, cursor, report),
    });
  }
  if (isNull(over)) return base;
  if (base.kind === 'map') {
    if (over.kind === 'map') return mergeMaps(base, over, path, cursor, report);
    return cannotOverride(base, over, path, report);
  }
  if (base.kind === 'seq') {
    if (over.kind === 'seq') return joinLists(base, over, path, report);
    return cannotOverride(base, over, path, report);
  }
  return overriding(base, over);
}

function mergeMaps(
  base: MapNode,
  over: MapNode,
  path: Path,
  cursor: PatternCursor<MergeRule> | undefined,
  report: Report,
): MapNode {
  const entries: MapEntry[] = [...base.entries];
  const places = new Map(entries.map((entry, index) => [keyText(entry), index]));
  for (const entry of over.entries) {
    const key = keyText(entry);
    const index = places.get(key);
    const old = index === undefined ? undefined : entries[index];
    if (index === undefined || old === undefined) {
      places.set(key, entries.length);
      entries.push(entry);
      continue;
    }
    const value = mergeNodes(old.value, entry.value, [...path, key], cursor?.child(key), report);
    entries[index] = value === old.value ? old : { key: entry.key, value };
  }
  return overriding(base, { ...over, entries });
}

/** A longer list is a mistake, or an attack: a chain of services that extend each other would copy it again and again. */
const mostItems = 10_000;

function joinLists(base: SeqNode, over: SeqNode, path: Path, report: Report): Node {
  if (base.items.length + over.items.length <= mostItems) {
    return overriding(base, { ...over, items: [...base.items, ...over.items] });
  }
  const message = phrase('too-many-items', { most: mostItems });
  reportAt(report, 'too-many-items', over, path, message);
  return base;
}

function cannotOverride(base: Node, over: Node, path: Path, report: Report): Node {
  const kinds = {
    map: phrase('type.mapping'),
    seq: phrase('type.list'),
    scalar: phrase('type.scalar'),
    alias: phrase('type.alias'),
  };
  reportAt(
    report,
    'cannot-override',
    over,
    path,
    phrase('cannot-override', { value: kinds[over.kind], earlier: kinds[base.kind] }),
    { related: [{ span: base.span, message: phrase('cannot-override.earlier') }] },
  );
  return base;
}
