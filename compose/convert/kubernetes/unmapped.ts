import type { Deploy, Project, Service } from '../../model/project.ts';
import type { Scope } from './scope.ts';
import { allLabels, labelMistakes } from './labels.ts';
import { phrase, type Phrase } from '../../problem/phrase.ts';

const onNode = phrase('kubernetes.on-node');
const none = phrase('kubernetes.no-setting');
const cpu = phrase('kubernetes.cpu');

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
const attributes: Readonly<Record<Exclude<keyof Service, ConvertedAttribute>, Phrase>> = {
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
  cpuset: phrase('kubernetes.cpuset'),
  credential_spec: phrase('kubernetes.credential-spec'),
  develop: phrase('kubernetes.develop'),
  device_cgroup_rules: onNode,
  devices: phrase('kubernetes.devices'),
  external_links: phrase('kubernetes.external-links'),
  isolation: none,
  logging: phrase('kubernetes.logging'),
  mac_address: none,
  mem_swappiness: onNode,
  memswap_limit: onNode,
  models: phrase('kubernetes.service-models'),
  oom_kill_disable: none,
  oom_score_adj: phrase('kubernetes.oom-score'),
  pids_limit: phrase('kubernetes.pids'),
  pre_start: phrase('kubernetes.pre-start'),
  provider: phrase('kubernetes.provider'),
  runtime: phrase('kubernetes.runtime'),
  stop_signal: phrase('kubernetes.stop-signal'),
  storage_opt: onNode,
  ulimits: onNode,
  use_api_socket: phrase('kubernetes.api-socket'),
  userns_mode: none,
  uts: none,
  volume_driver: phrase('kubernetes.storage-class'),
  volumes_from: phrase('kubernetes.volumes-from'),
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
    scope.remark(path, phrase('kubernetes.renamed', { name: scope.names.service(name) }));
  }
  if (/^container:|^none$/.test(service.network_mode ?? '')) {
    scope.remark(`${path}.network_mode`, phrase('kubernetes.own-network'));
  }
  for (const mode of ['pid', 'ipc'] as const) {
    if (
      service[mode] !== undefined &&
      service[mode] !== 'host' &&
      !/^$|^private$|^shareable$/.test(service[mode])
    ) {
      scope.remark(`${path}.${mode}`, phrase('kubernetes.shared-in-pod'));
    }
  }
  remarkDeploy(scope, `${path}.deploy`, service.deploy ?? {});
  if (service.deploy?.rollback_config !== undefined) {
    scope.remark(`${path}.deploy.rollback_config`, phrase('kubernetes.rollback'));
  }
  if (service.deploy?.endpoint_mode === 'dnsrr') {
    scope.remark(`${path}.deploy.endpoint_mode`, phrase('kubernetes.endpoint-mode'));
  }
  for (const entry of service.extra_hosts ?? []) {
    if (/host-gateway/.test(entry)) scope.remark(`${path}.extra_hosts`, phrase('kubernetes.host-gateway'));
  }
  for (const [network, settings] of Object.entries(service.networks ?? {})) {
    for (const key of ['ipv4_address', 'ipv6_address', 'mac_address', 'link_local_ips'] as const) {
      if (isSet(settings?.[key]))
        scope.remark(`${path}.networks.${network}.${key}`, phrase('kubernetes.pod-address'));
    }
  }
}

const delays = phrase('kubernetes.delays');

function remarkDeploy(scope: Scope, path: string, { update_config, restart_policy }: Deploy): void {
  const settings = [
    ['update_config.delay', update_config?.delay, phrase('kubernetes.update-delay')],
    ['update_config.max_failure_ratio', update_config?.max_failure_ratio, none],
    ['restart_policy.delay', restart_policy?.delay, delays],
    ['restart_policy.window', restart_policy?.window, delays],
  ] as const;
  for (const [key, value, reason] of settings) if (isSet(value)) scope.remark(`${path}.${key}`, reason);
}

function remarkNetworks(scope: Scope, { networks = {}, models = {} }: Project): void {
  for (const [name, network] of Object.entries(networks)) {
    for (const key of ['driver_opts', 'ipam'] as const) {
      if (isSet(network[key])) scope.remark(`networks.${name}.${key}`, phrase('kubernetes.one-network'));
    }
  }
  for (const name of Object.keys(models)) scope.remark(`models.${name}`, phrase('kubernetes.models'));
}

function isSet(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '' || value === 0) return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
