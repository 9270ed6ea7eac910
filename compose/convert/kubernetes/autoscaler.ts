import type { Service } from '../../model/project.ts';
import { allLabels, labelNumber } from './labels.ts';
import type { JsonObject, Manifest } from './manifest.ts';
import type { Scope } from './scope.ts';
import { isAutoscaled } from './autoscaled.ts';
import { phrase } from '../../problem/phrase.ts';

/** kompose's: from one pod to three, at half of the CPU that was asked for. */
const standard = { least: 1, most: 3, cpu: 50 };

/** The autoscaler that labels kompose.hpa.* ask for. */
export function autoscalers(
  scope: Scope,
  name: string,
  [path, service]: readonly [string, Service],
): readonly Manifest[] {
  if (!isAutoscaled(service)) return [];
  const kind = scope.kindOf(path);
  if (kind !== 'Deployment' && kind !== 'StatefulSet') {
    scope.remark(`services.${path}.labels.kompose.hpa`, phrase('kubernetes.not-scaled', { kind }));
    return [];
  }
  const labels = allLabels(service);
  const cpu = labelNumber(labels, 'hpa.cpu');
  const memory = labelNumber(labels, 'hpa.memory');
  const { limits, reservations } = service.deploy?.resources ?? {};
  if (
    memory === undefined &&
    limits?.cpus === undefined &&
    reservations?.cpus === undefined &&
    service.cpus === undefined
  ) {
    scope.remark(`services.${path}.labels.kompose.hpa`, phrase('kubernetes.no-requests'));
  }
  const least = labelNumber(labels, 'hpa.replicas.min') ?? standard.least;
  const metrics = [
    ...(cpu !== undefined || memory === undefined ? [metric('cpu', cpu ?? standard.cpu)] : []),
    ...(memory === undefined ? [] : [metric('memory', memory)]),
  ];
  return [
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name, labels: { 'io.kompose.service': name } },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind, name },
        minReplicas: least,
        maxReplicas: Math.max(least, labelNumber(labels, 'hpa.replicas.max') ?? standard.most),
        metrics,
      },
    },
  ];
}

function metric(name: 'cpu' | 'memory', percent: number): JsonObject {
  return {
    type: 'Resource',
    resource: { name, target: { type: 'Utilization', averageUtilization: percent } },
  };
}
