import type { Service } from '../../model/project.ts';
import { type JsonObject, unlessEmpty } from './manifest.ts';
import type { Scope } from './scope.ts';
import { phrase } from '../../problem/phrase.ts';

/** What a node is asked by, by the name that Swarm gives it. */
const nodeKeys: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/^node\.labels\.(.+)$/, ([, label = '']) => label],
  [/^node\.hostname$/, () => 'kubernetes.io/hostname'],
  [/^node\.platform\.os$/, () => 'kubernetes.io/os'],
  [/^node\.platform\.arch$/, () => 'kubernetes.io/arch'],
];

const architectures: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64' };

/** Which nodes a pod may run on: `deploy.placement` and `platform`. `podName`: what the pods are labelled with. */
export function placement(scope: Scope, podName: string, name: string, service: Service): JsonObject {
  const path = `services.${name}.deploy.placement`;
  const { constraints = [], preferences = [], max_replicas_per_node } = service.deploy?.placement ?? {};
  const expressions: JsonObject[] = [];
  for (const [at, constraint] of constraints.entries()) {
    const [, left = '', operator, right = ''] = /^\s*(\S+?)\s*(==|!=)\s*(.+?)\s*$/.exec(constraint) ?? [];
    if (left === 'node.role' && (right === 'worker') === (operator === '==')) {
      expressions.push({ key: 'node-role.kubernetes.io/control-plane', operator: 'DoesNotExist' });
      continue;
    }
    const key = nodeKey(left);
    if (key === undefined) {
      scope.remark(
        `${path}.constraints[${at}]`,
        phrase('kubernetes.node-property', { property: left || constraint }),
      );
      continue;
    }
    const value = key === 'kubernetes.io/arch' ? (architectures[right] ?? right) : right;
    expressions.push({ key, operator: operator === '==' ? 'In' : 'NotIn', values: [value] });
  }
  if (max_replicas_per_node !== undefined && max_replicas_per_node > 1) {
    scope.remark(`${path}.max_replicas_per_node`, phrase('kubernetes.max-replicas-per-node'));
  }
  const spreads = preferences.flatMap(({ spread = '' }, at) => {
    const key = nodeKey(spread);
    if (key !== undefined) return [key];
    scope.remark(`${path}.preferences[${at}]`, phrase('kubernetes.node-property', { property: spread }));
    return [];
  });
  const [os, arch] = (service.platform ?? '').split('/');
  return {
    nodeSelector:
      os === undefined || os === ''
        ? undefined
        : { 'kubernetes.io/os': os, 'kubernetes.io/arch': arch && (architectures[arch] ?? arch) },
    affinity: unlessEmpty({
      ...(expressions.length > 0 && {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: expressions }],
          },
        },
      }),
      ...(max_replicas_per_node === 1 && {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            {
              labelSelector: { matchLabels: { 'io.kompose.service': podName } },
              topologyKey: 'kubernetes.io/hostname',
            },
          ],
        },
      }),
    }),
    topologySpreadConstraints:
      spreads.length === 0
        ? undefined
        : spreads.map((topologyKey) => ({
            maxSkew: 1,
            topologyKey,
            whenUnsatisfiable: 'ScheduleAnyway',
            labelSelector: { matchLabels: { 'io.kompose.service': podName } },
          })),
  };
}

function nodeKey(name: string): string | undefined {
  for (const [pattern, key] of nodeKeys) {
    const match = pattern.exec(name);
    if (match !== null) return key(match);
  }
  return undefined;
}
