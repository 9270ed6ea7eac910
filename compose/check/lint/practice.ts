import { stringOf, valueIn } from '../../syntax/edit.ts';
import type { Node } from '../../syntax/node.ts';
import { about, aboutName, type LintRule } from './rule.ts';

const service = ['services.*'] as const;

/** Habits of stacks in production. */
export const practiceRules: readonly LintRule[] = [
  missing(
    'no-healthcheck',
    ['healthcheck'],
    'Nothing tells when it is healthy: add a “healthcheck”, which others can wait for.',
  ),
  missing(
    'no-restart-policy',
    ['restart', 'deploy.restart_policy'],
    'It stays down after a crash or a reboot: add “restart: unless-stopped”.',
  ),
  missing(
    'no-resource-limits',
    ['deploy.resources.limits', 'mem_limit', 'cpus'],
    'It may take all memory and CPU of the machine: set “deploy.resources.limits”.',
  ),
  missing(
    'no-user',
    ['user'],
    'It runs as whom the image says, which is root more often than not: set “user”.',
  ),
  missing(
    'writable-root',
    ['read_only'],
    'Its files can be changed from inside: set “read_only: true”, and “tmpfs” for what it must write.',
  ),
  missing(
    'all-capabilities',
    ['cap_drop'],
    'It keeps capabilities that it does not need: set “cap_drop: [ALL]”, and add back what it does.',
  ),
  missing('unbounded-logs', ['logging'], 'Its logs grow without end: set “logging.options.max-size”.'),
  {
    code: 'port-on-all-interfaces',
    severity: 'hint',
    group: 'practice',
    patterns: ['services.*.ports[]'],
    check({ node }) {
      if (node.kind === 'map') {
        if (valueIn(node, 'host_ip') !== undefined || valueIn(node, 'published') === undefined) return [];
      } else if (!/^\d[\d-]*:\d[\d-]*(?:\/\w+)?$/.test(stringOf(node) ?? '')) return [];
      return [
        about(
          node,
          'The port is open on every interface, past most firewalls. Bind it to one, such as 127.0.0.1.',
        ),
      ];
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
      return [
        about(
          node,
          'Who reaches the engine’s socket is root on the machine. Give it only to what you trust.',
        ),
      ];
    },
  },
  {
    code: 'privileged',
    severity: 'hint',
    group: 'practice',
    patterns: ['services.*.privileged'],
    check({ node }) {
      if (node.kind !== 'scalar' || node.value !== true) return [];
      return [
        about(
          node,
          'A privileged container can do what root can on the machine. Give it the capabilities or devices it needs instead.',
        ),
      ];
    },
  },
  {
    code: 'host-network',
    severity: 'hint',
    group: 'practice',
    patterns: ['services.*.network_mode'],
    check({ node }) {
      if (stringOf(node) !== 'host') return [];
      return [
        about(
          node,
          'The container shares the machine’s network: nothing separates it from the services there.',
        ),
      ];
    },
  },
];

/** A remark at a service's name when it has none of some attributes. */
function missing(code: string, attributes: readonly string[], message: string): LintRule {
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
      return [aboutName(node, message)];
    },
  };
}

function reach(node: Node, keys: readonly string[]): Node | undefined {
  let found: Node | undefined = node;
  for (const key of keys) found = valueIn(found, key);
  return found;
}
