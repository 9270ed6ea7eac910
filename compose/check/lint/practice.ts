import { stringOf, valueIn } from '../../syntax/edit.ts';
import type { Node } from '../../syntax/node.ts';
import { about, aboutName, type LintRule } from './rule.ts';
import { phrase } from '../../problem/phrase.ts';

const service = ['services.*'] as const;

/** Habits of stacks in production. */
export const practiceRules: readonly LintRule[] = [
  missing('no-healthcheck', ['healthcheck']),
  missing('no-restart-policy', ['restart', 'deploy.restart_policy']),
  missing('no-resource-limits', ['deploy.resources.limits', 'mem_limit', 'cpus']),
  missing('no-user', ['user']),
  missing('writable-root', ['read_only']),
  missing('all-capabilities', ['cap_drop']),
  missing('unbounded-logs', ['logging']),
  {
    code: 'port-on-all-interfaces',
    severity: 'hint',
    group: 'practice',
    patterns: ['services.*.ports[]'],
    check({ node }) {
      if (node.kind === 'map') {
        if (valueIn(node, 'host_ip') !== undefined || valueIn(node, 'published') === undefined) return [];
      } else if (!/^\d[\d-]*:\d[\d-]*(?:\/\w+)?$/.test(stringOf(node) ?? '')) return [];
      return [about(node, phrase('port-on-all-interfaces'))];
    },
  },
  {
    code: 'docker-socket',
    severity: 'hint',
    group: 'practice',
    patterns: ['services.*.volumes[]'],
    check({ node }) {
      const source = stringOf(node) ?? stringOf(valueIn(node, 'source')) ?? '';
      if (!/^\/(?:var\/)?run\/docker\.sock/.test(source)) return [];
      return [about(node, phrase('docker-socket'))];
    },
  },
  {
    code: 'privileged',
    severity: 'hint',
    group: 'practice',
    patterns: ['services.*.privileged'],
    check({ node }) {
      if (node.kind !== 'scalar' || node.value !== true) return [];
      return [about(node, phrase('privileged'))];
    },
  },
  {
    code: 'host-network',
    severity: 'hint',
    group: 'practice',
    patterns: ['services.*.network_mode'],
    check({ node }) {
      if (stringOf(node) !== 'host') return [];
      return [about(node, phrase('host-network'))];
    },
  },
];

/** Codes of what is missing; the phrase of each goes by the same name. */
type MissingCode =
  | 'no-healthcheck'
  | 'no-restart-policy'
  | 'no-resource-limits'
  | 'no-user'
  | 'writable-root'
  | 'all-capabilities'
  | 'unbounded-logs';

/** A remark at a service's name when it has none of some attributes. */
function missing(code: MissingCode, attributes: readonly string[]): LintRule {
  return {
    code,
    severity: 'hint',
    group: 'practice',
    patterns: service,
    check({ node, path }) {
      if (node.kind !== 'map' || String(path[1]).startsWith('x-')) return [];
      // What is merged or extended may bring it.
      if (valueIn(node, 'extends') !== undefined || valueIn(node, '<<') !== undefined) return [];
      if (attributes.some((attribute) => reach(node, attribute.split('.')) !== undefined)) return [];
      return [aboutName(node, phrase(code))];
    },
  };
}

function reach(node: Node, keys: readonly string[]): Node | undefined {
  let found: Node | undefined = node;
  for (const key of keys) found = valueIn(found, key);
  return found;
}
