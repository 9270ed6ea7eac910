import { type Codec, type Field, list, record, struct } from './codec.ts';
import {
  environment,
  extraHosts,
  mapping,
  multiOptions,
  options,
  ssh,
  stringOrList,
  stringOrNumberList,
} from './codec-collections.ts';
import {
  bool,
  bytes,
  command,
  deviceCount,
  duration,
  fileMode,
  filledDuration,
  float32,
  healthcheckTest,
  int,
  string,
  uint,
  ulimit,
} from './codec-scalars.ts';

const strings = list(string, '');
const stringRecord = record(string, '');
const ulimits = record(ulimit, null);

function filled(key: string, codec: Codec): Field {
  return { key, codec };
}

/** A field that Docker Compose tells apart from its zero value. */
function given(key: string, codec: Codec): Field {
  return { key, codec, when: 'set' };
}

function always(key: string, codec: Codec, fallback: unknown, as = key): Field {
  return { key, codec, as, when: { fallback } };
}

const fileReference = struct([
  filled('source', string),
  filled('target', string),
  filled('uid', string),
  filled('gid', string),
  given('mode', fileMode),
]);

const blkioRates = list(struct([always('path', string, '', 'Path'), always('rate', bytes, '0', 'Rate')]), {
  Path: '',
  Rate: '0',
});

const blkio = struct([
  filled('weight', uint),
  filled(
    'weight_device',
    list(struct([always('path', string, '', 'Path'), always('weight', uint, 0, 'Weight')]), {
      Path: '',
      Weight: 0,
    }),
  ),
  filled('device_read_bps', blkioRates),
  filled('device_read_iops', blkioRates),
  filled('device_write_bps', blkioRates),
  filled('device_write_iops', blkioRates),
]);

const build = struct([
  filled('context', string),
  filled('dockerfile', string),
  filled('dockerfile_inline', string),
  filled('entitlements', strings),
  filled('args', environment),
  filled('provenance', string),
  filled('sbom', string),
  filled('ssh', ssh),
  filled('labels', mapping),
  filled('cache_from', stringOrList),
  filled('cache_to', stringOrList),
  filled('no_cache', bool),
  filled('no_cache_filter', stringOrList),
  filled('additional_contexts', mapping),
  filled('pull', bool),
  filled('extra_hosts', extraHosts),
  filled('isolation', string),
  filled('network', string),
  filled('target', string),
  filled('secrets', list(fileReference, {})),
  filled('shm_size', bytes),
  filled('tags', stringOrList),
  filled('ulimits', ulimits),
  filled('platforms', stringOrList),
  filled('privileged', bool),
]);

const hook = struct([
  always('command', command, null),
  filled('image', string),
  filled('user', string),
  filled('privileged', bool),
  filled('working_dir', string),
  filled('environment', environment),
  filled('per_replica', bool),
]);

const watchTrigger = struct([
  always('path', string, ''),
  always('action', string, ''),
  filled('target', string),
  always('exec', hook, { command: null }),
  filled('include', strings),
  filled('ignore', strings),
  filled('initial_sync', bool),
]);

const deviceRequest = struct([
  filled('capabilities', strings),
  filled('driver', string),
  filled('count', deviceCount),
  filled('device_ids', strings),
  filled('options', mapping),
]);

const resource = struct([
  filled('cpus', float32),
  filled('memory', bytes),
  filled('pids', int),
  filled('devices', list(deviceRequest, {})),
  filled(
    'generic_resources',
    list(
      struct([
        given('discrete_resource_spec', struct([always('kind', string, ''), always('value', int, 0)])),
      ]),
      {},
    ),
  ),
]);

const updateConfig = struct([
  given('parallelism', uint),
  filled('delay', filledDuration),
  filled('failure_action', string),
  filled('monitor', filledDuration),
  filled('max_failure_ratio', float32),
  filled('order', string),
]);

const deploy = struct([
  filled('mode', string),
  given('replicas', int),
  filled('labels', mapping),
  given('update_config', updateConfig),
  given('rollback_config', updateConfig),
  always('resources', struct([given('limits', resource), given('reservations', resource)]), {}),
  given(
    'restart_policy',
    struct([
      filled('condition', string),
      given('delay', duration),
      given('max_attempts', uint),
      given('window', duration),
    ]),
  ),
  always(
    'placement',
    struct([
      filled('constraints', strings),
      filled('preferences', list(struct([filled('spread', string)]), {})),
      filled('max_replicas_per_node', uint),
    ]),
    {},
  ),
  filled('endpoint_mode', string),
]);

const healthcheck = struct([
  filled('test', healthcheckTest),
  given('timeout', duration),
  given('interval', duration),
  given('retries', uint),
  given('start_period', duration),
  given('start_interval', duration),
  filled('disable', bool),
]);

const serviceNetwork = struct([
  filled('aliases', strings),
  filled('driver_opts', options),
  filled('gw_priority', int),
  filled('interface_name', string),
  filled('ipv4_address', string),
  filled('ipv6_address', string),
  filled('link_local_ips', strings),
  filled('mac_address', string),
  filled('priority', int),
]);

const port = struct([
  filled('name', string),
  filled('mode', string),
  filled('host_ip', string),
  filled('target', uint),
  filled('published', string),
  filled('protocol', string),
  filled('app_protocol', string),
]);

const mount = struct([
  filled('type', string),
  filled('source', string),
  filled('target', string),
  filled('read_only', bool),
  filled('consistency', string),
  given(
    'bind',
    struct([
      filled('selinux', string),
      filled('propagation', string),
      { key: 'create_host_path', codec: bool, optOut: true },
      filled('recursive', string),
    ]),
  ),
  given('volume', struct([filled('labels', mapping), filled('nocopy', bool), filled('subpath', string)])),
  given('tmpfs', struct([filled('size', bytes), filled('mode', uint)])),
  given('image', struct([filled('subpath', string)])),
]);

const dependency = struct([
  filled('condition', string),
  filled('restart', bool),
  always('required', bool, false),
]);

export const serviceCodec: Codec = struct([
  filled('profiles', strings),
  filled('annotations', mapping),
  given('attach', bool),
  given('build', build),
  given('develop', struct([filled('watch', list(watchTrigger, {}))])),
  given('blkio_config', blkio),
  filled('cap_add', strings),
  filled('cap_drop', strings),
  filled('cgroup_parent', string),
  filled('cgroup', string),
  filled('cpu_count', int),
  filled('cpu_percent', float32),
  filled('cpu_period', int),
  filled('cpu_quota', int),
  filled('cpu_rt_period', int),
  filled('cpu_rt_runtime', int),
  filled('cpus', float32),
  filled('cpuset', string),
  filled('cpu_shares', int),
  always('command', command, null),
  filled('configs', list(fileReference, {})),
  filled('container_name', string),
  given(
    'credential_spec',
    struct([filled('config', string), filled('file', string), filled('registry', string)]),
  ),
  filled('depends_on', record(dependency, { required: false })),
  given('deploy', deploy),
  filled('device_cgroup_rules', strings),
  filled(
    'devices',
    list(struct([filled('source', string), filled('target', string), filled('permissions', string)]), {}),
  ),
  filled('dns', stringOrList),
  filled('dns_opt', strings),
  filled('dns_search', stringOrList),
  filled('dockerfile', string),
  filled('domainname', string),
  always('entrypoint', command, null),
  given('provider', struct([filled('type', string), filled('options', multiOptions)])),
  filled('environment', environment),
  filled(
    'env_file',
    list(
      struct([
        filled('path', string),
        { key: 'required', codec: bool, optOut: true },
        filled('format', string),
      ]),
      { required: false },
    ),
  ),
  filled('expose', stringOrNumberList),
  given('extends', struct([filled('file', string), filled('service', string)])),
  filled('external_links', strings),
  filled('extra_hosts', extraHosts),
  filled('group_add', strings),
  filled('gpus', list(deviceRequest, {})),
  filled('hostname', string),
  given('healthcheck', healthcheck),
  filled('image', string),
  given('init', bool),
  filled('ipc', string),
  filled('isolation', string),
  filled('labels', mapping),
  filled('label_file', strings),
  filled('links', strings),
  given('logging', struct([filled('driver', string), filled('options', options)])),
  filled('log_driver', string),
  filled('log_opt', stringRecord),
  filled('mem_limit', bytes),
  filled('mem_reservation', bytes),
  filled('memswap_limit', bytes),
  filled('mem_swappiness', bytes),
  filled('mac_address', string),
  filled('models', record(struct([filled('endpoint_var', string), filled('model_var', string)]), null)),
  filled('net', string),
  filled('network_mode', string),
  filled('networks', record(serviceNetwork, null)),
  filled('oom_kill_disable', bool),
  filled('oom_score_adj', int),
  filled('pid', string),
  filled('pids_limit', int),
  filled('platform', string),
  filled('ports', list(port, {})),
  filled('privileged', bool),
  filled('pull_policy', string),
  filled('read_only', bool),
  filled('restart', string),
  filled('runtime', string),
  given('scale', int),
  filled('secrets', list(fileReference, {})),
  filled('security_opt', strings),
  filled('shm_size', bytes),
  filled('stdin_open', bool),
  given('stop_grace_period', duration),
  filled('stop_signal', string),
  filled('storage_opt', stringRecord),
  filled('sysctls', mapping),
  filled('tmpfs', stringOrList),
  filled('tty', bool),
  filled('ulimits', ulimits),
  filled('use_api_socket', bool),
  filled('user', string),
  filled('userns_mode', string),
  filled('uts', string),
  filled('volume_driver', string),
  filled('volumes', list(mount, {})),
  filled('volumes_from', strings),
  filled('working_dir', string),
  filled('pre_start', list(hook, { command: null })),
  filled('post_start', list(hook, { command: null })),
  filled('pre_stop', list(hook, { command: null })),
]);

export const networkCodec: Codec = struct([
  filled('name', string),
  filled('driver', string),
  filled('driver_opts', options),
  always(
    'ipam',
    struct([
      filled('driver', string),
      filled(
        'config',
        list(
          struct([
            filled('subnet', string),
            filled('gateway', string),
            filled('ip_range', string),
            filled('aux_addresses', mapping),
          ]),
          null,
        ),
      ),
      filled('options', options),
    ]),
    {},
  ),
  filled('external', bool),
  filled('internal', bool),
  filled('attachable', bool),
  filled('labels', mapping),
  given('enable_ipv4', bool),
  given('enable_ipv6', bool),
]);

export const volumeCodec: Codec = struct([
  filled('name', string),
  filled('driver', string),
  filled('driver_opts', options),
  filled('external', bool),
  filled('labels', mapping),
]);

export const fileObjectCodec: Codec = struct([
  filled('name', string),
  filled('file', string),
  filled('environment', string),
  filled('content', string),
  filled('external', bool),
  filled('labels', mapping),
  filled('driver', string),
  filled('driver_opts', stringRecord),
  filled('template_driver', string),
]);

export const modelCodec: Codec = struct([
  filled('name', string),
  filled('model', string),
  filled('context_size', int),
  filled('runtime_flags', strings),
]);
