import type { Service, StringMap } from '../../model/project.ts';
import { parseSize } from '../../values/size.ts';
import { memoryQuantity } from './quantities.ts';
import { listOf, phrase, type Phrase } from '../../problem/phrase.ts';

/** Every label that kompose 1.x documents, without `kompose.`, and what may stand there. */
export const komposeLabels = {
  // The same twice: their page spells it both ways.
  'controller.expose.port': 'boolean',
  'controller.port.expose': 'boolean',
  'controller.type': ['deployment', 'daemonset', 'statefulset', 'job', 'cronjob'],
  'cronjob.backoff_limit': 'number',
  'cronjob.concurrency_policy': ['allow', 'forbid', 'replace'],
  'cronjob.schedule': 'text',
  'ephemeral-storage.limit': 'size',
  'ephemeral-storage.request': 'size',
  'hpa.cpu': 'number',
  'hpa.memory': 'number',
  'hpa.replicas.max': 'number',
  'hpa.replicas.min': 'number',
  'image-pull-policy': ['always', 'never', 'ifnotpresent'],
  'image-pull-secret': 'text',
  'init.containers.command': 'text',
  'init.containers.image': 'text',
  'init.containers.name': 'text',
  'security-context.fsgroup': 'number',
  'service.expose': 'text',
  'service.expose.ingress-class-name': 'text',
  'service.expose.tls-secret': 'text',
  'service.external-traffic-policy': ['cluster', 'local'],
  'service.group': 'text',
  'service.healthcheck.liveness.http_get_path': 'text',
  'service.healthcheck.liveness.http_get_port': 'number',
  'service.healthcheck.liveness.tcp_port': 'number',
  'service.healthcheck.readiness.disable': 'boolean',
  'service.healthcheck.readiness.http_get_path': 'text',
  'service.healthcheck.readiness.http_get_port': 'number',
  'service.healthcheck.readiness.interval': 'text',
  'service.healthcheck.readiness.retries': 'number',
  'service.healthcheck.readiness.start_period': 'text',
  'service.healthcheck.readiness.tcp_port': 'number',
  'service.healthcheck.readiness.test': 'text',
  'service.healthcheck.readiness.timeout': 'text',
  'service.name_override': 'text',
  'service.nodeport.port': 'number',
  'service.type': ['clusterip', 'nodeport', 'loadbalancer', 'headless'],
  'serviceaccount-name': 'text',
  'volume.selector': 'text',
  'volume.size': 'size',
  'volume.storage-class-name': 'text',
  'volume.subpath': 'text',
  'volume.type': ['persistentvolumeclaim', 'emptydir', 'hostpath', 'configmap'],
} as const satisfies Readonly<Record<string, LabelKind>>;

/** A list: one of these, in whatever case. */
type LabelKind = 'text' | 'number' | 'boolean' | 'size' | readonly string[];

export type KomposeLabel = keyof typeof komposeLabels;

/** The label's value; one that cannot be counts as absent. */
export function labelText(labels: StringMap | undefined, label: KomposeLabel): string | undefined {
  const text = labels?.[`kompose.${label}`]?.trim();
  return text === undefined || text === '' || !isOfKind(text, komposeLabels[label]) ? undefined : text;
}

/** In lower case, for the labels that are one of a few. */
export function labelChoice(labels: StringMap | undefined, label: KomposeLabel): string | undefined {
  return labelText(labels, label)?.toLowerCase();
}

/** As a quantity of Kubernetes; sizes may be written as in a compose file, too (`10gb`). */
export function labelSize(labels: StringMap | undefined, label: KomposeLabel): string | undefined {
  const text = labelText(labels, label);
  return text === undefined || quantity.test(text) ? text : memoryQuantity(text);
}

export function labelNumber(labels: StringMap | undefined, label: KomposeLabel): number | undefined {
  const text = labelText(labels, label);
  return text === undefined ? undefined : Number(text);
}

export function labelFlag(labels: StringMap | undefined, label: KomposeLabel): boolean {
  return /^(?:1|t|true)$/i.test(labelText(labels, label) ?? '');
}

/** Those of the container, and those of `deploy` over them. */
export function allLabels({ labels, deploy }: Service): StringMap {
  return { ...labels, ...deploy?.labels };
}

/** What is wrong with the kompose labels among these; by their full names. */
export function labelMistakes(labels: StringMap): ReadonlyMap<string, Phrase> {
  const mistakes = new Map<string, Phrase>();
  for (const [key, value] of Object.entries(labels)) {
    if (!key.startsWith('kompose.')) continue;
    const kind = kindOf(key.slice('kompose.'.length));
    if (kind === undefined) mistakes.set(key, phrase('kubernetes.unknown-label'));
    else if (kind !== 'text' && !isOfKind(value.trim(), kind)) {
      mistakes.set(
        key,
        typeof kind === 'string'
          ? phrase(`kubernetes.not-a-${kind}`, { value })
          : phrase('kubernetes.none-of', { value, values: listOf(kind) }),
      );
    }
  }
  return mistakes;
}

function kindOf(label: string): LabelKind | undefined {
  return (komposeLabels as Readonly<Record<string, LabelKind>>)[label];
}

/** What the API takes for an amount of bytes. */
const quantity = /^\d+(?:\.\d+)?(?:[KMGTPE]i|[kMGTPE])?$/;

function isOfKind(text: string, kind: LabelKind): boolean {
  switch (kind) {
    case 'text':
      return true;
    case 'number':
      return /^\d{1,9}$/.test(text);
    case 'boolean':
      return /^(?:1|0|t|f|true|false)$/i.test(text);
    case 'size':
      return quantity.test(text) || parseSize(text) !== undefined;
    default:
      return kind.includes(text.toLowerCase());
  }
}
