import { capabilities } from '#compose/check/lint/engine-words.ts';
import { type Path, PatternTable } from '#compose/values/path.ts';
import { type Wording, wording } from '../words/words.ts';

/** A value that the schema does not list, because others are possible too. */
export interface KnownValue {
  readonly value: string;
  readonly detail?: Wording;
  readonly quoted?: true;
}

const plain = (...values: readonly string[]): KnownValue[] => values.map((value) => ({ value }));

const durations = plain('10s', '30s', '5s', '1m', '5m');
const sizes = plain('512M', '1G', '256M', '2G', '128M', '64M');
const shares = plain('0.5', '1', '2', '4');
const platforms = plain('linux/amd64', 'linux/arm64', 'linux/arm/v7', 'windows/amd64');
const gpu = plain('nvidia');
/** Text that looks like a number. */
const texts = (...values: readonly string[]): KnownValue[] =>
  values.map((value) => ({ value, quoted: true }));

const table = new PatternTable<readonly KnownValue[]>([
  [
    'services.*.restart',
    [
      { value: 'no', detail: wording('restart.no') },
      { value: 'always', detail: wording('restart.always') },
      { value: 'on-failure', detail: wording('restart.on-failure') },
      { value: 'unless-stopped', detail: wording('restart.unless-stopped') },
    ],
  ],
  [
    'services.*.pull_policy',
    [
      { value: 'always', detail: wording('pull-policy.always') },
      { value: 'missing', detail: wording('pull-policy.missing') },
      { value: 'never', detail: wording('pull-policy.never') },
      { value: 'build', detail: wording('pull-policy.build') },
      { value: 'daily', detail: wording('pull-policy.daily') },
      { value: 'weekly', detail: wording('pull-policy.weekly') },
      { value: 'every_12h', detail: wording('pull-policy.every') },
    ],
  ],
  [
    'services.*.network_mode',
    [
      { value: 'bridge', detail: wording('network-mode.bridge') },
      { value: 'host', detail: wording('network-mode.host') },
      { value: 'none', detail: wording('network-mode.none') },
    ],
  ],
  ['services.*.ipc', plain('host', 'shareable', 'private', 'none')],
  ['services.*.pid', plain('host')],
  ['services.*.isolation', plain('default', 'process', 'hyperv')],
  ['services.*.runtime', plain('nvidia', 'runc')],
  ['services.*.user', texts('1000:1000', 'root', 'nobody')],
  ['services.*.working_dir', plain('/app', '/usr/src/app')],
  ['services.*.cpus', shares],
  ['services.*.deploy.resources.limits.cpus', texts('0.5', '1', '2', '4')],
  ['services.*.deploy.resources.reservations.cpus', texts('0.25', '0.5', '1', '2')],
  ['services.*.deploy.replicas', plain('2', '3')],
  ['services.*.deploy.restart_policy.delay', plain('5s', '10s')],
  ['services.*.deploy.restart_policy.window', plain('120s', '60s')],
  ['services.*.deploy.restart_policy.max_attempts', plain('3', '5')],
  ['services.*.deploy.update_config.delay', durations],
  ['services.*.deploy.update_config.parallelism', plain('1', '2')],
  ['services.*.deploy.resources.reservations.devices[].driver', gpu],
  ['services.*.deploy.resources.reservations.devices[].count', plain('1', 'all')],
  ['services.*.deploy.resources.reservations.devices[].capabilities[]', plain('gpu')],
  ['services.*.gpus[].driver', gpu],
  ['services.*.gpus[].count', plain('1', 'all')],
  ['services.*.gpus[].capabilities[]', plain('gpu')],
  [
    'services.*.devices[]',
    plain('/dev/dri:/dev/dri', '/dev/net/tun:/dev/net/tun', '/dev/ttyUSB0:/dev/ttyUSB0', '/dev/snd:/dev/snd'),
  ],
  ['services.*.dns', plain('1.1.1.1', '8.8.8.8', '9.9.9.9')],
  ['services.*.dns[]', plain('1.1.1.1', '8.8.8.8', '9.9.9.9')],
  ['services.*.extra_hosts[]', plain('host.docker.internal:host-gateway')],
  ['services.*.extra_hosts.*', plain('host-gateway')],
  ['services.*.build.extra_hosts[]', plain('host.docker.internal:host-gateway')],
  ['services.*.build.extra_hosts.*', plain('host-gateway')],
  ['services.*.build.network', plain('host', 'none', 'default')],
  ['services.*.build.ssh[]', plain('default')],
  ['services.*.build.ssh', plain('default')],
  ['services.*.build.entitlements[]', plain('network.host', 'security.insecure', 'device')],
  ['services.*.build.cache_from[]', plain('type=gha', 'type=registry,ref=', 'type=local,src=')],
  [
    'services.*.build.cache_to[]',
    plain('type=gha,mode=max', 'type=registry,ref=', 'type=inline', 'type=local,dest='),
  ],
  ['services.*.tmpfs', plain('/tmp', '/run', '/var/cache')],
  ['services.*.tmpfs[]', plain('/tmp', '/run', '/var/cache')],
  ['services.*.ulimits.nofile', plain('65536', '262144')],
  ['services.*.ulimits.nofile.*', plain('65536', '262144')],
  ['services.*.ulimits.memlock', plain('-1')],
  ['services.*.ulimits.memlock.*', plain('-1')],
  ['services.*.healthcheck.retries', plain('5', '3', '10')],
  ['services.*.logging.options.max-size', plain('10m', '50m', '100m')],
  ['services.*.logging.options.max-file', texts('3', '5')],
  ['services.*.logging.options.compress', texts('true')],
  ['services.*.logging.options.mode', plain('non-blocking', 'blocking')],
  ['services.*.ports[].host_ip', plain('127.0.0.1', '0.0.0.0')],
  ['services.*.ports[].app_protocol', plain('http', 'https', 'grpc')],
  ['services.*.profiles[]', plain('debug', 'dev', 'test', 'tools')],
  ['services.*.develop.watch[].ignore[]', plain('node_modules/')],
  ['services.*.provider.type', plain('model')],
  ['volumes.*.driver_opts.type', plain('none', 'nfs', 'cifs', 'tmpfs')],
  ['volumes.*.driver_opts.o', plain('bind', 'addr=')],
  ['networks.*.ipam.driver', plain('default')],
  ['networks.*.ipam.config[].subnet', plain('172.28.0.0/16', '10.10.0.0/24')],
  ['models.*.model', plain('ai/smollm2', 'ai/gemma3', 'ai/llama3.2', 'ai/qwen3')],
  ['services.*.uts', plain('host')],
  ['services.*.userns_mode', plain('host')],
  ['services.*.cap_add[]', plain(...capabilities)],
  ['services.*.cap_drop[]', plain(...capabilities)],
  [
    'services.*.stop_signal',
    plain('SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGKILL', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH'),
  ],
  ['services.*.stop_grace_period', plain('30s', '1m', '10s', '5s', '5m')],
  ['services.*.healthcheck.interval', durations],
  ['services.*.healthcheck.timeout', durations],
  ['services.*.healthcheck.start_period', durations],
  ['services.*.healthcheck.start_interval', plain('5s', '2s', '1s')],
  ['services.*.healthcheck.test[]', plain('CMD', 'CMD-SHELL', 'NONE')],
  [
    'services.*.logging.driver',
    plain('json-file', 'local', 'journald', 'syslog', 'fluentd', 'gelf', 'awslogs', 'splunk', 'none'),
  ],
  [
    'services.*.security_opt[]',
    plain('no-new-privileges:true', 'apparmor:unconfined', 'seccomp:unconfined', 'label:disable'),
  ],
  ['services.*.platform', platforms],
  ['services.*.build.platforms[]', platforms],
  ['services.*.mem_limit', sizes],
  ['services.*.mem_reservation', sizes],
  ['services.*.shm_size', sizes],
  ['services.*.deploy.resources.limits.memory', sizes],
  ['services.*.deploy.resources.reservations.memory', sizes],
  ['services.*.deploy.mode', plain('replicated', 'global', 'replicated-job', 'global-job')],
  ['services.*.deploy.endpoint_mode', plain('vip', 'dnsrr')],
  ['services.*.deploy.restart_policy.condition', plain('any', 'on-failure', 'none')],
  ['services.*.deploy.update_config.failure_action', plain('pause', 'continue', 'rollback')],
  ['services.*.deploy.rollback_config.failure_action', plain('pause', 'continue')],
  ['services.*.ports[].protocol', plain('tcp', 'udp', 'sctp')],
  ['services.*.ports[].mode', plain('host', 'ingress')],
  [
    'services.*.volumes[].bind.propagation',
    plain('rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave'),
  ],
  [
    'services.*.deploy.placement.constraints[]',
    plain(
      'node.role==manager',
      'node.role==worker',
      'node.role!=manager',
      'node.hostname==',
      'node.id==',
      'node.platform.os==linux',
      'node.platform.arch==x86_64',
      'node.labels.',
      'engine.labels.',
    ),
  ],
  [
    'services.*.deploy.placement.preferences[].spread',
    plain('node.labels.zone', 'node.labels.rack', 'node.hostname'),
  ],
  ['services.*.env_file[].format', plain('raw')],
  ['networks.*.driver', plain('bridge', 'overlay', 'macvlan', 'ipvlan', 'host', 'none')],
  ['volumes.*.driver', plain('local')],
]);

export function knownValues(path: Path): readonly KnownValue[] {
  // How a check is run is said first, and once.
  if (path.at(-2) === 'test' && path.at(-1) !== 0) return [];
  return table.match(path) ?? [];
}
