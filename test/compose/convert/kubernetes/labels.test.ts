import { describe, expect, it } from 'vitest';
import { type KomposeLabel, komposeLabels } from '#compose/convert/kubernetes/labels.ts';
import { manifestYaml } from '#compose/convert/kubernetes/manifest.ts';
import { convertText } from './project-of.ts';

/** Each label that kompose documents, a value, and a line that it puts into the manifests. Some need a second label to take effect. */
const effects: Readonly<Record<KomposeLabel, readonly [value: string, line: string, others?: string]>> = {
  'controller.expose.port': ['true', 'hostPort: 8080'],
  'controller.port.expose': ['true', 'hostPort: 8080'],
  'controller.type': ['daemonset', 'kind: DaemonSet'],
  'cronjob.backoff_limit': ['4', 'backoffLimit: 4', 'kompose.cronjob.schedule: "1 2 3 4 5"'],
  'cronjob.concurrency_policy': [
    'Forbid',
    'concurrencyPolicy: Forbid',
    'kompose.cronjob.schedule: "1 2 3 4 5"',
  ],
  'cronjob.schedule': ['1 2 3 4 5', 'schedule: 1 2 3 4 5'],
  'ephemeral-storage.limit': ['1Gi', 'ephemeral-storage: 1Gi'],
  'ephemeral-storage.request': ['2Gi', 'ephemeral-storage: 2Gi'],
  'hpa.cpu': ['61', 'averageUtilization: 61'],
  'hpa.memory': ['62', 'averageUtilization: 62'],
  'hpa.replicas.max': ['7', 'maxReplicas: 7'],
  'hpa.replicas.min': ['2', 'minReplicas: 2'],
  'image-pull-policy': ['Never', 'imagePullPolicy: Never'],
  'image-pull-secret': ['registry', '- name: registry'],
  'init.containers.command': ['["a", "b c"]', '- b c', 'kompose.init.containers.image: busybox'],
  'init.containers.image': ['busybox', 'image: busybox'],
  'init.containers.name': ['first', '- name: first', 'kompose.init.containers.image: busybox'],
  'security-context.fsgroup': ['1001', 'fsGroup: 1001'],
  'service.expose': ['example.com/app', 'host: example.com'],
  'service.expose.ingress-class-name': ['nginx', 'ingressClassName: nginx', 'kompose.service.expose: "true"'],
  'service.expose.tls-secret': ['tls', 'secretName: tls', 'kompose.service.expose: "true"'],
  'service.external-traffic-policy': [
    'local',
    'externalTrafficPolicy: Local',
    'kompose.service.type: loadbalancer',
  ],
  'service.group': ['pair', 'name: pair'],
  'service.healthcheck.liveness.http_get_path': [
    '/live',
    'path: /live',
    'kompose.service.healthcheck.liveness.http_get_port: "80"',
  ],
  'service.healthcheck.liveness.http_get_port': [
    '81',
    'port: 81',
    'kompose.service.healthcheck.liveness.http_get_path: /',
  ],
  'service.healthcheck.liveness.tcp_port': ['82', 'port: 82'],
  'service.healthcheck.readiness.disable': ['true', '!readinessProbe'],
  'service.healthcheck.readiness.http_get_path': [
    '/ready',
    'path: /ready',
    'kompose.service.healthcheck.readiness.http_get_port: "80"',
  ],
  'service.healthcheck.readiness.http_get_port': [
    '83',
    'port: 83',
    'kompose.service.healthcheck.readiness.http_get_path: /',
  ],
  'service.healthcheck.readiness.interval': ['11s', 'periodSeconds: 11'],
  'service.healthcheck.readiness.retries': ['12', 'failureThreshold: 12'],
  'service.healthcheck.readiness.start_period': ['13s', 'initialDelaySeconds: 13'],
  'service.healthcheck.readiness.tcp_port': ['84', 'port: 84'],
  'service.healthcheck.readiness.test': ['["CMD", "is", "ready now"]', '- ready now'],
  'service.healthcheck.readiness.timeout': ['14s', 'timeoutSeconds: 14'],
  'service.name_override': ['other', 'io.kompose.service: other'],
  'service.nodeport.port': ['31000', 'nodePort: 31000', 'kompose.service.type: nodeport'],
  'service.type': ['loadbalancer', 'type: LoadBalancer'],
  'serviceaccount-name': ['robot', 'serviceAccountName: robot'],
  'volume.selector': ['fast', 'io.kompose.service: fast'],
  'volume.size': ['5Gi', 'storage: 5Gi'],
  'volume.storage-class-name': ['ssd', 'storageClassName: ssd'],
  'volume.subpath': ['sub', 'subPath: sub'],
  'volume.type': ['emptyDir', 'emptyDir: {}'],
};

describe.each(Object.keys(komposeLabels) as KomposeLabel[])('kompose.%s', (label) => {
  const [value, line, others] = effects[label];

  it(`puts "${line}" there, which is not there without it`, async () => {
    const wanted = line.replace(/^!/, '');
    const isThere = async (labels: string) => (await manifestsWith(labels)).includes(wanted);
    const common = others === undefined ? '' : `, ${others}`;
    const own = `kompose.${label}: ${JSON.stringify(value)}`;
    expect(await isThere(`${own}${common}`)).toBe(!line.startsWith('!'));
    expect(await isThere(`x: y${common}`)).toBe(line.startsWith('!'));
  });
});

async function manifestsWith(labels: string): Promise<string> {
  const { manifests } = await convertText(`
services:
  a:
    image: i
    ports: ["8080:80"]
    volumes: ["data:/data"]
    healthcheck: { test: ["CMD", "true"] }
    labels: { ${labels} }
  b:
    image: j
    labels: { ${labels.includes('service.group') ? labels : 'x: y'} }
volumes: { data: {} }`);
  return manifests.map(manifestYaml).join('---\n');
}
