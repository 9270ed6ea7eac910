import type { Deploy, Project, Service } from '../../model/project.ts';
import type { Scope } from './scope.ts';
import { allLabels, labelMistakes } from './labels.ts';

const onNode = 'It is set on the nodes, not on pods.';
const none = 'Kubernetes has no such setting.';
const cpu = 'Kubernetes has requests and limits of CPU only: deploy.resources.';

/** What is converted, or remarked on where that is tried. */
type ConvertedAttribute =
  | 'annotations'
  | 'build'
  | 'cap_add'
  | 'cap_drop'
  | 'command'
  | 'configs'
  | 'container_name'
  | 'cpus'
  | 'depends_on'
  | 'deploy'
  | 'dns'
  | 'dns_opt'
  | 'dns_search'
  | 'domainname'
  | 'entrypoint'
  | 'env_file'
  | 'environment'
  | 'expose'
  | 'extra_hosts'
  | 'gpus'
  | 'group_add'
  | 'healthcheck'
  | 'hostname'
  | 'image'
  | 'init'
  | 'ipc'
  | 'label_file'
  | 'labels'
  | 'links'
  | 'mem_limit'
  | 'mem_reservation'
  | 'network_mode'
  | 'networks'
  | 'pid'
  | 'platform'
  | 'ports'
  | 'post_start'
  | 'pre_stop'
  | 'privileged'
  | 'pull_policy'
  | 'read_only'
  | 'restart'
  | 'scale'
  | 'secrets'
  | 'security_opt'
  | 'shm_size'
  | 'stdin_open'
  | 'stop_grace_period'
  | 'sysctls'
  | 'tmpfs'
  | 'tty'
  | 'user'
  | 'volumes'
  | 'working_dir'
  // Whether logs are shown, and which services there are, is settled before.
  | 'attach'
  | 'profiles';

/** Attributes of services that have no counterpart, and why. */
const attributes: Readonly<Record<Exclude<keyof Service, ConvertedAttribute>, string>> = {
  blkio_config: none,
  cgroup: onNode,
  cgroup_parent: onNode,
  cpu_count: cpu,
  cpu_percent: cpu,
  cpu_period: cpu,
  cpu_quota: cpu,
  cpu_rt_period: cpu,
  cpu_rt_runtime: cpu,
  cpu_shares: cpu,
  cpuset: 'The CPU manager of the node gives whole CPUs to pods whose limits are whole numbers.',
  credential_spec: 'It is part of the security context on Windows, by the content of the file.',
  develop: 'Watching sources belongs to development on one machine.',
  device_cgroup_rules: onNode,
  devices: 'Devices of nodes are handed out by device plugins.',
  external_links: 'Make a Service of type ExternalName for what is outside.',
  isolation: none,
  logging: 'Logs are what containers write; the cluster collects them.',
  mac_address: none,
  mem_swappiness: onNode,
  memswap_limit: onNode,
  models: 'Kubernetes runs no models: deploy a server for them.',
  oom_kill_disable: none,
  oom_score_adj: 'It follows from requests and limits.',
  pids_limit: 'The number of processes is limited on the node (--pod-max-pids).',
  pre_start: 'Make an init container of it: label kompose.init.containers.image.',
  provider: 'What a provider makes is not converted.',
  runtime: 'Make a RuntimeClass, and name it in runtimeClassName.',
  stop_signal: 'The image says it (STOPSIGNAL).',
  storage_opt: onNode,
  ulimits: onNode,
  use_api_socket: "Nodes need not have Docker's socket.",
  userns_mode: none,
  uts: none,
  volume_driver: 'The storage class decides: label kompose.volume.storage-class-name.',
  volumes_from: 'Share a named volume, or put both services in one pod: label kompose.service.group.',
};

/** Says of every attribute that is set and goes nowhere why it does not. */
export function remarkUnmapped(scope: Scope): void {
  for (const [name, service] of Object.entries(scope.project.services)) remarkService(scope, name, service);
  remarkNetworks(scope, scope.project);
}

function remarkService(scope: Scope, name: string, service: Service): void {
  const path = `services.${name}`;
  for (const [attribute, reason] of Object.entries(attributes)) {
    const value = service[attribute as keyof Service];
    if (isSet(value)) scope.remark(`${path}.${attribute}`, reason);
  }
  for (const [key, mistake] of labelMistakes(allLabels(service))) {
    scope.remark(`${path}.labels.${key}`, mistake);
  }
  if (scope.names.service(name) !== name) {
    scope.remark(path, `Others reach it as "${scope.names.service(name)}": names have no other characters.`);
  }
  if (/^container:|^none$/.test(service.network_mode ?? '')) {
    scope.remark(`${path}.network_mode`, 'Pods always have a network of their own.');
  }
  for (const mode of ['pid', 'ipc'] as const) {
    if (
      service[mode] !== undefined &&
      service[mode] !== 'host' &&
      !/^$|^private$|^shareable$/.test(service[mode])
    ) {
      scope.remark(
        `${path}.${mode}`,
        'It is shared within a pod: label kompose.service.group, and shareProcessNamespace.',
      );
    }
  }
  remarkDeploy(scope, `${path}.deploy`, service.deploy ?? {});
  if (service.deploy?.rollback_config !== undefined) {
    scope.remark(
      `${path}.deploy.rollback_config`,
      'Kubernetes rolls back as it updates: kubectl rollout undo.',
    );
  }
  if (service.deploy?.endpoint_mode === 'dnsrr') {
    scope.remark(`${path}.deploy.endpoint_mode`, 'Label kompose.service.type: headless does it.');
  }
  for (const entry of service.extra_hosts ?? []) {
    if (/host-gateway/.test(entry))
      scope.remark(
        `${path}.extra_hosts`,
        'A node is not the machine of Compose: host-gateway leads nowhere.',
      );
  }
  for (const [network, settings] of Object.entries(service.networks ?? {})) {
    for (const key of ['ipv4_address', 'ipv6_address', 'mac_address', 'link_local_ips'] as const) {
      if (isSet(settings?.[key]))
        scope.remark(`${path}.networks.${network}.${key}`, 'Pods get their addresses from the cluster.');
    }
  }
}

const delays = 'Kubernetes waits as long as it finds right, longer each time.';

function remarkDeploy(scope: Scope, path: string, { update_config, restart_policy }: Deploy): void {
  const settings = [
    ['update_config.delay', update_config?.delay, 'The next pod follows when one is ready: minReadySeconds.'],
    ['update_config.max_failure_ratio', update_config?.max_failure_ratio, none],
    ['restart_policy.delay', restart_policy?.delay, delays],
    ['restart_policy.window', restart_policy?.window, delays],
  ] as const;
  for (const [key, value, reason] of settings) if (isSet(value)) scope.remark(`${path}.${key}`, reason);
}

function remarkNetworks(scope: Scope, { networks = {}, models = {} }: Project): void {
  for (const [name, network] of Object.entries(networks)) {
    for (const key of ['driver_opts', 'ipam'] as const) {
      if (isSet(network[key]))
        scope.remark(`networks.${name}.${key}`, 'The cluster has one network, and its own addresses.');
    }
  }
  for (const name of Object.keys(models)) scope.remark(`models.${name}`, 'Kubernetes runs no models.');
}

function isSet(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '' || value === 0) return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
