import type { Service, StringMap } from '../../model/project.ts';

/** Every label that kompose 1.x documents, without `kompose.`, and what may stand there. */
export const komposeLabels = {
  // The same twice: their page spells it both ways.
  'controller.expose.port': 'boolean',
  'controller.port.expose': 'boolean',
  'controller.type': 'text',
  'cronjob.backoff_limit': 'number',
  'cronjob.concurrency_policy': 'text',
  'cronjob.schedule': 'text',
  'ephemeral-storage.limit': 'text',
  'ephemeral-storage.request': 'text',
  'hpa.cpu': 'number',
  'hpa.memory': 'number',
  'hpa.replicas.max': 'number',
  'hpa.replicas.min': 'number',
  'image-pull-policy': 'text',
  'image-pull-secret': 'text',
  'init.containers.command': 'text',
  'init.containers.image': 'text',
  'init.containers.name': 'text',
  'security-context.fsgroup': 'number',
  'service.expose': 'text',
  'service.expose.ingress-class-name': 'text',
  'service.expose.tls-secret': 'text',
  'service.external-traffic-policy': 'text',
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
  'service.type': 'text',
  'serviceaccount-name': 'text',
  'volume.selector': 'text',
  'volume.size': 'text',
  'volume.storage-class-name': 'text',
  'volume.subpath': 'text',
  'volume.type': 'text',
} as const satisfies Readonly<Record<string, 'text' | 'number' | 'boolean'>>;

export type KomposeLabel = keyof typeof komposeLabels;

/** The label's value; a number or a boolean that is none counts as absent. */
export function labelText(labels: StringMap | undefined, label: KomposeLabel): string | undefined {
  const text = labels?.[`kompose.${label}`]?.trim();
  return text === undefined || text === '' || !isOfKind(text, komposeLabels[label]) ? undefined : text;
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
export function labelMistakes(labels: StringMap): ReadonlyMap<string, string> {
  const mistakes = new Map<string, string>();
  for (const [key, value] of Object.entries(labels)) {
    if (!key.startsWith('kompose.')) continue;
    const kind = kindOf(key.slice('kompose.'.length));
    if (kind === undefined) mistakes.set(key, 'kompose knows no such label.');
    else if (!isOfKind(value.trim(), kind)) mistakes.set(key, `"${value}" is not a ${kind}.`);
  }
  return mistakes;
}

function kindOf(label: string): string | undefined {
  return (komposeLabels as Readonly<Record<string, string>>)[label];
}

function isOfKind(text: string, kind: string): boolean {
  if (kind === 'number') return /^\d{1,9}$/.test(text);
  return kind !== 'boolean' || /^(?:1|0|t|f|true|false)$/i.test(text);
}
