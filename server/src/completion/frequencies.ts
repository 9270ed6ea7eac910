import { type Path, PatternTable } from '#compose/values/path.ts';
import { counts } from './counts.ts';

/**
 * What counting does not tell apart, because published files have too little of it: keys of a mapping, or values at a place, the likelier first. An
 * estimate.
 */
const estimates: Readonly<Record<string, string>> = {
  '': 'services volumes networks secrets configs name include models',
  'services.*':
    'image build container_name ports environment volumes depends_on restart networks command env_file healthcheck labels deploy expose entrypoint working_dir user hostname logging profiles secrets extra_hosts cap_add network_mode privileged tty stdin_open platform security_opt configs extends devices tmpfs ulimits shm_size dns links pull_policy cap_drop stop_grace_period init read_only develop mem_limit sysctls pid cpus ipc',
  'services.*.build':
    'context dockerfile args target network cache_from labels shm_size extra_hosts tags secrets platforms ssh',
  'services.*.depends_on.*': 'condition required restart',
  'services.*.depends_on.*.condition': 'service_healthy service_started service_completed_successfully',
  'services.*.deploy':
    'resources replicas restart_policy placement labels mode update_config endpoint_mode rollback_config',
  'services.*.deploy.placement': 'constraints preferences max_replicas_per_node',
  'services.*.deploy.resources': 'limits reservations',
  'services.*.deploy.resources.limits': 'cpus memory pids',
  'services.*.deploy.resources.reservations': 'memory cpus devices',
  'services.*.deploy.resources.reservations.devices[]': 'driver count capabilities device_ids options',
  'services.*.deploy.restart_policy': 'condition delay max_attempts window',
  'services.*.deploy.restart_policy.condition': 'on-failure any none',
  'services.*.deploy.update_config': 'parallelism delay order failure_action monitor max_failure_ratio',
  'services.*.deploy.rollback_config': 'parallelism delay order failure_action monitor max_failure_ratio',
  'services.*.deploy.update_config.order': 'start-first stop-first',
  'services.*.develop.watch[]': 'path action target ignore initial_sync include exec',
  'services.*.develop.watch[].action': 'sync rebuild sync+restart restart sync+exec',
  'services.*.env_file[]': 'path required format',
  'services.*.blkio_config':
    'weight weight_device device_read_bps device_write_bps device_read_iops device_write_iops',
  'services.*.credential_spec': 'file registry config',
  'services.*.extends': 'service file',
  'services.*.healthcheck': 'test interval timeout retries start_period start_interval disable',
  'services.*.logging': 'driver options',
  'services.*.networks.*': 'aliases ipv4_address ipv6_address priority mac_address',
  'services.*.ports[]': 'target published protocol host_ip mode name app_protocol',
  'services.*.restart': 'unless-stopped always on-failure no',
  'services.*.pull_policy': 'always missing never build daily weekly',
  'services.*.secrets[]': 'source target mode uid gid',
  'services.*.configs[]': 'source target mode uid gid',
  'services.*.build.secrets[]': 'source target mode uid gid',
  'services.*.devices[]': 'source target permissions',
  'services.*.gpus[]': 'driver count capabilities device_ids options',
  'services.*.models.*': 'endpoint_var model_var',
  'services.*.post_start[]': 'command user working_dir environment privileged',
  'services.*.pre_stop[]': 'command user working_dir environment privileged',
  'services.*.provider': 'type options',
  'services.*.volumes[].bind': 'create_host_path propagation selinux recursive',
  'services.*.volumes[].tmpfs': 'size mode',
  'services.*.volumes[].volume': 'nocopy subpath labels',
  'services.*.ulimits.*': 'soft hard',
  'services.*.ulimits': 'nofile memlock nproc core stack',
  'services.*.volumes[]': 'type source target read_only bind volume tmpfs consistency image',
  'services.*.volumes[].type': 'bind volume tmpfs npipe cluster image',
  'services.*.cap_add[]':
    'NET_ADMIN SYS_ADMIN SYS_PTRACE SYS_MODULE NET_RAW NET_BIND_SERVICE SYS_NICE IPC_LOCK',
  'services.*.cap_drop[]': 'ALL NET_RAW',
  'networks.*': 'driver external name ipam driver_opts internal attachable labels enable_ipv6',
  'networks.*.ipam': 'config driver options',
  'networks.*.ipam.config[]': 'subnet gateway ip_range aux_addresses',
  'volumes.*': 'driver driver_opts external name labels',
  'secrets.*': 'file environment external name labels',
  'configs.*': 'file content environment external name labels',
  'models.*': 'model context_size runtime_flags',
  'include[]': 'path env_file project_directory',
};

/** In thousandths: what so many have is written in the order of reading, whichever has a few more. */
const nearlyAlways = 650;

/** Most frequent first. */
const sections = ordered('');
const table = new PatternTable<readonly string[]>(
  [...new Set([...Object.keys(counts), ...Object.keys(estimates)])]
    .filter((place) => place !== '')
    .map((place) => [place, ordered(place)] as const),
);

/** Where a key or value stands among those of its place, as people write it; `undefined` where nobody knows. */
export function frequencyOf(path: Path, word: string): number | undefined {
  const index = (path.length === 0 ? sections : table.match(path))?.indexOf(word) ?? -1;
  return index === -1 ? undefined : index;
}

/** What was counted by its count, the rest as it is estimated. */
function ordered(place: string): readonly string[] {
  const counted = new Map(
    (counts[place] ?? '').split(', ').map((each) => {
      const [word = '', share = ''] = each.split(' ');
      return [word, Number(share)];
    }),
  );
  const weight = (word: string) => Math.min(counted.get(word) ?? 0, nearlyAlways);
  const estimated = (estimates[place] ?? '').split(' ');
  return [...new Set([...estimated, ...counted.keys()])]
    .filter((word) => word !== '')
    .sort((a, b) => weight(b) - weight(a));
}

/** Attributes that are not written beside others: one says it already, or they exclude each other. */
const instead: readonly (readonly [string, string])[] = [
  ['image', 'build'],
  ['networks', 'network_mode'],
  ['deploy', 'scale'],
  ['external', 'driver'],
  ['external', 'driver_opts'],
  ['file', 'environment'],
  ['file', 'external'],
  ['file', 'content'],
  ['content', 'environment'],
  ['context', 'dockerfile_inline'],
  ['dockerfile', 'dockerfile_inline'],
];

/** Whether something that is there already makes a key unlikely. */
export function isUnlikely(key: string, present: readonly string[]): boolean {
  return instead.some(([a, b]) => (key === a && present.includes(b)) || (key === b && present.includes(a)));
}
