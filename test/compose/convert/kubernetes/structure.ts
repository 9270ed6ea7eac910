import { isObject } from '#compose/convert/kubernetes/claim-templates.ts';
import type { Json, Manifest } from '#compose/convert/kubernetes/manifest.ts';

/** What a value has to be: text by a pattern, a kind of value, a list of one shape, or a mapping with these keys (`!`: it has to be there). */
type Shape =
  | RegExp
  | 'text'
  | 'number'
  | 'boolean'
  | 'map'
  | readonly [Shape]
  | { readonly [key: string]: Shape };

const label = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const quantity = /^\d+(\.\d+)?(m|Ki|Mi|Gi|Ti)?$/;
const port = {
  'name!': /^[a-z0-9-]{1,15}$/,
  'port!': 'number',
  targetPort: 'number',
  protocol: /^(UDP|SCTP)$/,
  nodePort: 'number',
  appProtocol: 'text',
} as const;
const keyRef = { 'name!': label, 'key!': /^[-._a-zA-Z0-9]+$/ } as const;
const selector = { 'matchLabels!': 'map' } as const;
const probe: Shape = {
  exec: { 'command!': ['text'] },
  httpGet: { 'path!': 'text', 'port!': 'number' },
  tcpSocket: { 'port!': 'number' },
  initialDelaySeconds: 'number',
  periodSeconds: 'number',
  timeoutSeconds: 'number',
  failureThreshold: 'number',
};
const quantities: Shape = {
  cpu: quantity,
  memory: quantity,
  'ephemeral-storage': quantity,
  'nvidia.com/gpu': quantity,
  'amd.com/gpu': quantity,
};
const container: Shape = {
  'name!': label,
  'image!': /\S/,
  imagePullPolicy: /^(Always|Never|IfNotPresent)$/,
  command: ['text'],
  args: ['text'],
  workingDir: 'text',
  env: [{ 'name!': /^[^=\s]+$/, value: 'text', valueFrom: { 'secretKeyRef!': keyRef } }],
  ports: [{ 'containerPort!': 'number', hostPort: 'number', protocol: /^(TCP|UDP|SCTP)$/ }],
  resources: { limits: quantities, requests: quantities },
  livenessProbe: probe,
  readinessProbe: probe,
  lifecycle: {
    postStart: { 'exec!': { 'command!': ['text'] } },
    preStop: { 'exec!': { 'command!': ['text'] } },
  },
  securityContext: {
    runAsUser: 'number',
    runAsGroup: 'number',
    privileged: 'boolean',
    readOnlyRootFilesystem: 'boolean',
    allowPrivilegeEscalation: 'boolean',
    capabilities: { add: ['text'], drop: ['text'] },
    seccompProfile: { 'type!': 'text' },
    appArmorProfile: { 'type!': 'text', localhostProfile: 'text' },
  },
  volumeMounts: [{ 'name!': label, 'mountPath!': /^[^:]+$/, subPath: /^[^/]/, readOnly: 'boolean' }],
  tty: 'boolean',
  stdin: 'boolean',
};
const fileSource = { defaultMode: 'number' } as const;
const pod: Shape = {
  initContainers: [container],
  'containers!': [container],
  restartPolicy: /^(OnFailure|Never)$/,
  enableServiceLinks: 'boolean',
  serviceAccountName: 'text',
  imagePullSecrets: [{ 'name!': 'text' }],
  hostname: label,
  subdomain: label,
  hostNetwork: 'boolean',
  hostPID: 'boolean',
  hostIPC: 'boolean',
  dnsPolicy: 'text',
  dnsConfig: { nameservers: ['text'], searches: ['text'], options: [{ 'name!': 'text', value: 'text' }] },
  hostAliases: [{ 'ip!': 'text', 'hostnames!': ['text'] }],
  terminationGracePeriodSeconds: 'number',
  securityContext: {
    supplementalGroups: ['number'],
    sysctls: [{ 'name!': 'text', 'value!': 'text' }],
    fsGroup: 'number',
  },
  nodeSelector: 'map',
  affinity: 'map',
  topologySpreadConstraints: ['map'],
  volumes: [
    {
      'name!': label,
      emptyDir: { medium: /^Memory$/, sizeLimit: quantity },
      persistentVolumeClaim: { 'claimName!': label },
      hostPath: { 'path!': /^\// },
      configMap: { 'name!': label, ...fileSource },
      secret: { 'secretName!': label, ...fileSource },
      image: { 'reference!': 'text' },
    },
  ],
};
const template = { 'metadata!': { 'labels!': 'map', annotations: 'map' }, 'spec!': pod } as const;
const job = {
  completions: 'number',
  parallelism: 'number',
  backoffLimit: 'number',
  'template!': template,
} as const;
const claim = {
  'accessModes!': [/^Read(WriteOnce|OnlyMany)$/],
  'resources!': { 'requests!': { 'storage!': quantity } },
  storageClassName: 'text',
  selector,
} as const;

/** Every object and field that is written, as the API of Kubernetes 1.31 has them: a field that is misspelt or in the wrong place is not among them. */
const kinds: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  'apps/v1 Deployment': {
    'spec!': {
      replicas: 'number',
      'selector!': selector,
      strategy: { 'type!': /^(Recreate|RollingUpdate)$/, rollingUpdate: 'map' },
      minReadySeconds: 'number',
      'template!': template,
    },
  },
  'apps/v1 StatefulSet': {
    'spec!': {
      replicas: 'number',
      'serviceName!': label,
      'selector!': selector,
      'template!': template,
      volumeClaimTemplates: [{ 'metadata!': { 'name!': label }, 'spec!': claim }],
    },
  },
  'apps/v1 DaemonSet': { 'spec!': { 'selector!': selector, 'template!': template } },
  'batch/v1 Job': { 'spec!': job },
  'batch/v1 CronJob': {
    'spec!': {
      'schedule!': /^(\S+ ){4}\S+$/,
      concurrencyPolicy: /^(Allow|Forbid|Replace)$/,
      'jobTemplate!': { 'spec!': job },
    },
  },
  'v1 Service': {
    'spec!': {
      type: /^(NodePort|LoadBalancer)$/,
      clusterIP: /^None$/,
      externalTrafficPolicy: /^(Local|Cluster)$/,
      'selector!': 'map',
      ports: [port],
    },
  },
  'v1 ConfigMap': { 'data!': 'map' },
  'v1 Secret': { 'type!': /^Opaque$/, 'stringData!': 'map' },
  'v1 PersistentVolumeClaim': { 'spec!': claim },
  'networking.k8s.io/v1 Ingress': {
    'spec!': {
      ingressClassName: 'text',
      tls: [{ hosts: ['text'], 'secretName!': 'text' }],
      'rules!': ['map'],
    },
  },
  'networking.k8s.io/v1 NetworkPolicy': {
    'spec!': { 'podSelector!': selector, 'policyTypes!': ['text'], ingress: ['map'], egress: ['map'] },
  },
  'autoscaling/v2 HorizontalPodAutoscaler': {
    'spec!': {
      'scaleTargetRef!': 'map',
      'minReplicas!': 'number',
      'maxReplicas!': 'number',
      'metrics!': ['map'],
    },
  },
};

/** What is wrong with these objects: in themselves, names that are taken twice, and names that lead to nothing. */
export function structureMistakes(manifests: readonly Manifest[]): readonly string[] {
  const names = manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  return [
    ...names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name}: twice`),
    ...manifests.flatMap((manifest) => {
      const own = kinds[`${manifest.apiVersion} ${manifest.kind}`];
      const where = `${manifest.kind}/${manifest.metadata.name}`;
      if (own === undefined) return [`${where}: no such kind`];
      const shape = {
        'apiVersion!': 'text',
        'kind!': 'text',
        'metadata!': { 'name!': label, labels: 'map' },
        ...own,
      } as const;
      return [...mistakesIn(manifest, shape, where), ...mountMistakes(manifest, where)];
    }),
  ];
}

function mistakesIn(value: Json | undefined, shape: Shape, path: string): readonly string[] {
  if (shape instanceof RegExp) {
    return typeof value === 'string' && shape.test(value) ? [] : [`${path}: ${JSON.stringify(value)}`];
  }
  if (shape === 'text') return typeof value === 'string' ? [] : [`${path}: not text`];
  if (shape === 'number') return Number.isSafeInteger(value) ? [] : [`${path}: no whole number`];
  if (shape === 'boolean') return typeof value === 'boolean' ? [] : [`${path}: no boolean`];
  if (shape === 'map') return isObject(value) ? [] : [`${path}: no mapping`];
  if (isList(shape)) {
    if (!Array.isArray(value)) return [`${path}: no list`];
    return value.flatMap((each: Json, at) => mistakesIn(each, shape[0], `${path}[${at}]`));
  }
  if (!isObject(value)) return [`${path}: no mapping`];
  const missing = Object.keys(shape).filter(
    (key) => key.endsWith('!') && value[key.slice(0, -1)] === undefined,
  );
  return [
    ...missing.map((key) => `${path}: no ${key.slice(0, -1)}`),
    ...Object.entries(value).flatMap(([key, child]) => {
      if (child === undefined) return [];
      const own = shape[`${key}!`] ?? shape[key];
      return own === undefined ? [`${path}: unknown ${key}`] : mistakesIn(child, own, `${path}.${key}`);
    }),
  ];
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

/** Mounts name a volume of the pod or of the templates, and no two are at one place. */
function mountMistakes(manifest: Manifest, where: string): readonly string[] {
  const text = JSON.stringify(manifest);
  const containers = [...text.matchAll(/"volumeMounts":(\[.*?\])/g)].map(
    ([, list = '[]']) => JSON.parse(list) as { name: string; mountPath: string }[],
  );
  return containers.flatMap((mounts) => [
    ...mounts
      .filter(({ name }) => text.split(`"name":"${name}"`).length < 3)
      .map(({ name }) => `${where}: no volume ${name}`),
    ...mounts
      .filter(({ mountPath }, at) => mounts.findIndex((other) => other.mountPath === mountPath) !== at)
      .map(({ mountPath }) => `${where}: ${mountPath} twice`),
  ]);
}
