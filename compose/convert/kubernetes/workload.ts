import type { Service } from '../../model/project.ts';
import { allLabels, labelNumber, labelText } from './labels.ts';
import { type JsonObject, type Manifest, unlessEmpty } from './manifest.ts';
import { isLabelValue, isMetadataKey } from './names.ts';
import { hasPolicies } from './network-policy.ts';
import { podOf } from './pod.ts';
import { portsOf } from './ports.ts';
import { seconds } from './quantities.ts';
import type { Scope } from './scope.ts';

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob';

const controllers: Readonly<Record<string, WorkloadKind>> = {
  deployment: 'Deployment',
  statefulset: 'StatefulSet',
  daemonset: 'DaemonSet',
  job: 'Job',
  cronjob: 'CronJob',
};

/** What runs a service: by label, by `deploy.mode`, by `restart`; a Deployment otherwise, or what `standard` says. */
export function workloadKind(service: Service, standard: WorkloadKind = 'Deployment'): WorkloadKind {
  const labels = allLabels(service);
  if (labelText(labels, 'cronjob.schedule') !== undefined) return 'CronJob';
  const labelled = controllers[labelText(labels, 'controller.type')?.toLowerCase() ?? ''];
  if (labelled !== undefined && labelled !== 'CronJob') return labelled;
  const mode = service.deploy?.mode;
  if (mode === 'global') return 'DaemonSet';
  if (mode === 'replicated-job' || mode === 'global-job') return 'Job';
  return restartOf(service) !== 'Always' && portsOf(service).length === 0 ? 'Job' : standard;
}

/** The workload of one pod, and what its containers need. The services of a group share the pod; the first of them counts. */
export function workload(
  scope: Scope,
  name: string,
  members: readonly (readonly [string, Service])[],
  kind: WorkloadKind,
): readonly Manifest[] {
  const service = members[0]?.[1];
  if (service === undefined) return [];
  const restart = restartOf(service);
  const isJob = kind === 'Job' || kind === 'CronJob';
  if (!isJob && restart !== 'Always') {
    scope.remark(`services.${members[0]?.[0]}.restart`, `Pods of a ${kind} are always started again.`);
  }
  const policy = isJob ? (restart === 'Always' ? 'OnFailure' : restart) : 'Always';
  const pod = podOf(scope, members, policy);
  const selector = { 'io.kompose.service': name };
  const template = {
    metadata: {
      labels: { ...selector, ...networkLabels(scope, members) },
      annotations: annotationsOf(scope, members),
    },
    spec: pod.spec,
  };
  return [
    {
      apiVersion: isJob ? 'batch/v1' : 'apps/v1',
      kind,
      metadata: { name, labels: { ...selector, ...deployLabels(scope, members) } },
      spec: specs[kind](scope, name, members[0]?.[0] ?? '', service, template),
    },
    ...pod.objects,
  ];
}

type Spec = (
  scope: Scope,
  name: string,
  path: string,
  service: Service,
  template: JsonObject & { readonly spec: JsonObject },
) => JsonObject;

const specs: Readonly<Record<WorkloadKind, Spec>> = {
  Deployment: (scope, name, path, service, template) => ({
    replicas: replicasOf(service),
    selector: { matchLabels: { 'io.kompose.service': name } },
    strategy: strategyOf(scope, path, service, template.spec),
    minReadySeconds: seconds(service.deploy?.update_config?.monitor) || undefined,
    template,
  }),
  StatefulSet: (_scope, name, _path, service, template) => ({
    replicas: replicasOf(service),
    serviceName: name,
    selector: { matchLabels: { 'io.kompose.service': name } },
    template,
  }),
  DaemonSet: (_scope, name, _path, _service, template) => ({
    selector: { matchLabels: { 'io.kompose.service': name } },
    template,
  }),
  Job: (_scope, _name, _path, service, template) => jobSpec(service, template),
  CronJob: (_scope, _name, _path, service, template) => {
    const labels = allLabels(service);
    return {
      schedule: labelText(labels, 'cronjob.schedule') ?? '0 0 * * *',
      concurrencyPolicy: labelText(labels, 'cronjob.concurrency_policy'),
      jobTemplate: { spec: jobSpec(service, template) },
    };
  },
};

function jobSpec(service: Service, template: JsonObject): JsonObject {
  const replicas = service.deploy?.replicas ?? service.scale;
  const tries = labelNumber(allLabels(service), 'cronjob.backoff_limit') ?? attemptsOf(service);
  return {
    completions: replicas,
    parallelism: replicas,
    backoffLimit: tries,
    template,
  };
}

function replicasOf(service: Service): number | undefined {
  // An autoscaler decides alone.
  if (isAutoscaled(service)) return undefined;
  return service.deploy?.replicas ?? service.scale ?? 1;
}

export function isAutoscaled(service: Service): boolean {
  const labels = allLabels(service);
  return (['hpa.cpu', 'hpa.memory', 'hpa.replicas.max', 'hpa.replicas.min'] as const).some(
    (label) => labelText(labels, label) !== undefined,
  );
}

/** A claim is attached to one pod at a time: the old one goes before the new one comes. */
function strategyOf(scope: Scope, path: string, service: Service, spec: JsonObject): JsonObject | undefined {
  const update = service.deploy?.update_config;
  if (update?.failure_action !== undefined && update.failure_action !== 'pause') {
    scope.remark(
      `services.${path}.deploy.update_config.failure_action`,
      'Deployments stop where an update fails: kubectl rollout undo.',
    );
  }
  if (JSON.stringify(spec.volumes ?? []).includes('persistentVolumeClaim')) return { type: 'Recreate' };
  if (update?.parallelism === undefined && update?.order === undefined) return undefined;
  const count = update.parallelism ?? 1;
  const atOnce = count === 0 ? '100%' : count;
  const isStartFirst = update.order === 'start-first';
  return {
    type: 'RollingUpdate',
    rollingUpdate: isStartFirst
      ? { maxSurge: atOnce, maxUnavailable: 0 }
      : { maxSurge: 0, maxUnavailable: atOnce },
  };
}

function restartOf({ restart, deploy }: Service): 'Always' | 'OnFailure' | 'Never' {
  const condition = deploy?.restart_policy?.condition;
  if (condition !== undefined) {
    return condition === 'none' ? 'Never' : condition === 'on-failure' ? 'OnFailure' : 'Always';
  }
  if (restart === 'no') return 'Never';
  return restart?.startsWith('on-failure') === true ? 'OnFailure' : 'Always';
}

function attemptsOf({ restart, deploy }: Service): number | undefined {
  const tries = deploy?.restart_policy?.max_attempts ?? /^on-failure:(\d+)$/.exec(restart ?? '')?.[1];
  return tries === undefined ? undefined : Number(tries);
}

function networkLabels(scope: Scope, members: readonly (readonly [string, Service])[]): JsonObject {
  if (!hasPolicies(scope)) return {};
  return Object.fromEntries(
    members
      .flatMap(([, service]) => networksOf(scope, service))
      .map((network) => [`io.kompose.network/${scope.names.network(network)}`, 'true']),
  );
}

/** Its own, and those of what runs before it in its pod. */
function networksOf(
  scope: Scope,
  { networks, depends_on }: Service,
  above: readonly string[] = [],
): readonly string[] {
  const before = Object.entries(depends_on ?? {}).flatMap(([name, { condition }]) => {
    const service = scope.project.services[name];
    if (condition !== 'service_completed_successfully' || service === undefined || above.includes(name))
      return [];
    return networksOf(scope, service, [...above, name]);
  });
  return [...Object.keys(networks ?? {}), ...before];
}

/** Labels and annotations of the services: annotations of the pods. */
function annotationsOf(
  scope: Scope,
  members: readonly (readonly [string, Service])[],
): JsonObject | undefined {
  const annotations: Record<string, string> = {};
  for (const [name, service] of members) {
    for (const section of ['labels', 'annotations'] as const) {
      for (const [key, value] of Object.entries(service[section] ?? {})) {
        if (key.startsWith('kompose.') || key.startsWith('com.docker.compose.')) continue;
        if (isMetadataKey(key)) annotations[key] = value;
        else scope.remark(`services.${name}.${section}.${key}`, 'Kubernetes allows no such key.');
      }
    }
  }
  return unlessEmpty(annotations);
}

function deployLabels(scope: Scope, members: readonly (readonly [string, Service])[]): JsonObject {
  const labels: Record<string, string> = {};
  for (const [name, { deploy }] of members) {
    for (const [key, value] of Object.entries(deploy?.labels ?? {})) {
      if (key.startsWith('kompose.')) continue;
      if (isMetadataKey(key) && isLabelValue(value)) labels[key] = value;
      else
        scope.remark(
          `services.${name}.deploy.labels.${key}`,
          'Labels of Kubernetes are shorter and of letters, digits, "-", "_" and ".".',
        );
    }
  }
  return labels;
}
