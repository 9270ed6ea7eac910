import { annotationsFor } from './annotations.ts';
import { isAutoscaled } from './autoscaled.ts';
import type { Service } from '../../model/project.ts';
import { allLabels, labelChoice, labelNumber, labelText } from './labels.ts';
import { type JsonObject, type Manifest, unlessEmpty } from './manifest.ts';
import { isLabelValue, isMetadataKey } from './names.ts';
import { hasPolicies } from './network-policy.ts';
import { podOf } from './pod.ts';
import { seconds } from './quantities.ts';
import type { Scope } from './scope.ts';
import { governingService } from './service.ts';
import { attemptsOf, remarkRestart, restartOf } from './workload-kind.ts';
import type { WorkloadKind } from './workload-kinds.ts';
import { phrase } from '../../problem/phrase.ts';
import { recordOf } from '../../values/record.ts';

/** The workload of one pod, and what its containers need. The services of a group share the pod; the first of them counts. */
export function workload(
  scope: Scope,
  name: string,
  members: readonly (readonly [string, Service])[],
): readonly Manifest[] {
  const service = members[0]?.[1];
  if (service === undefined) return [];
  const path = members[0]?.[0] ?? '';
  const kind = scope.kindOf(path);
  const isJob = kind === 'Job' || kind === 'CronJob';
  remarkRestart(scope, path, service, kind);
  const restart = restartOf(service);
  const policy = isJob ? (restart === 'Always' ? 'OnFailure' : restart) : 'Always';
  const pod = podOf(scope, name, members, policy);
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
      spec: specs[kind](scope, name, path, service, template),
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
    minReadySeconds: readyTime(service),
    template,
  }),
  StatefulSet: (scope, name, path, service, template) => {
    remarkFailureAction(scope, path, service);
    const update = service.deploy?.update_config;
    if ((update?.parallelism ?? 1) !== 1 || update?.order === 'start-first') {
      scope.remark(`services.${path}.deploy.update_config`, phrase('kubernetes.stateful-updates'));
    }
    return {
      replicas: replicasOf(service),
      serviceName: governingService(scope.names.service(path)),
      selector: { matchLabels: { 'io.kompose.service': name } },
      minReadySeconds: readyTime(service),
      template,
    };
  },
  DaemonSet: (scope, name, path, service, template) => {
    remarkFailureAction(scope, path, service);
    return {
      selector: { matchLabels: { 'io.kompose.service': name } },
      updateStrategy: rollingUpdate(service),
      minReadySeconds: readyTime(service),
      template,
    };
  },
  Job: (_scope, _name, _path, service, template) => jobSpec(service, template),
  CronJob: (_scope, _name, _path, service, template) => {
    const labels = allLabels(service);
    return {
      schedule: labelText(labels, 'cronjob.schedule') ?? '0 0 * * *',
      concurrencyPolicy: concurrency(labelChoice(labels, 'cronjob.concurrency_policy')),
      jobTemplate: { spec: jobSpec(service, template) },
    };
  },
};

/** As the API spells it: `Forbid`. */
function concurrency(policy: string | undefined): string | undefined {
  return policy && policy.charAt(0).toUpperCase() + policy.slice(1);
}

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

function readyTime({ deploy }: Service): number | undefined {
  return seconds(deploy?.update_config?.monitor) || undefined;
}

function remarkFailureAction(scope: Scope, path: string, { deploy }: Service): void {
  const action = deploy?.update_config?.failure_action;
  if (action === undefined || action === 'pause') return;
  scope.remark(`services.${path}.deploy.update_config.failure_action`, phrase('kubernetes.failed-update'));
}

/** A claim is attached to one pod at a time: the old one goes before the new one comes. */
function strategyOf(scope: Scope, path: string, service: Service, spec: JsonObject): JsonObject | undefined {
  remarkFailureAction(scope, path, service);
  const hasClaim = JSON.stringify(spec.volumes ?? []).includes('persistentVolumeClaim');
  return hasClaim ? { type: 'Recreate' } : rollingUpdate(service);
}

function rollingUpdate({ deploy }: Service): JsonObject | undefined {
  const update = deploy?.update_config;
  if (update?.parallelism === undefined && update?.order === undefined) return undefined;
  const count = update.parallelism ?? 1;
  const atOnce = count === 0 ? '100%' : count;
  return {
    type: 'RollingUpdate',
    rollingUpdate:
      update.order === 'start-first'
        ? { maxSurge: atOnce, maxUnavailable: 0 }
        : { maxSurge: 0, maxUnavailable: atOnce },
  };
}

function networkLabels(scope: Scope, members: readonly (readonly [string, Service])[]): JsonObject {
  if (!hasPolicies(scope)) return {};
  return recordOf(
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

/** Labels and annotations of the services, but for those that other objects have: annotations of the pods. */
function annotationsOf(
  scope: Scope,
  members: readonly (readonly [string, Service])[],
): JsonObject | undefined {
  return unlessEmpty(
    Object.assign(
      recordOf<JsonObject[string]>(),
      ...members.map(([name, service]) =>
        annotationsFor('pod', service, (section, key) =>
          scope.remark(`services.${name}.${section}.${key}`, phrase('kubernetes.annotation-key')),
        ),
      ),
    ) as JsonObject,
  );
}

function deployLabels(scope: Scope, members: readonly (readonly [string, Service])[]): JsonObject {
  const labels: Record<string, string> = recordOf();
  for (const [name, { deploy }] of members) {
    for (const [key, value] of Object.entries(deploy?.labels ?? {})) {
      if (key.startsWith('kompose.')) continue;
      if (isMetadataKey(key) && isLabelValue(value)) labels[key] = value;
      else scope.remark(`services.${name}.deploy.labels.${key}`, phrase('kubernetes.label-text'));
    }
  }
  return labels;
}
