import { capabilities } from '#compose/check/lint/engine-words.ts';
import { type Path, PatternTable } from '#compose/values/path.ts';
import { type Wording, wording } from '../words/words.ts';

/** A value that the schema does not list, because others are possible too. */
export interface KnownValue {
  readonly value: string;
  readonly detail?: Wording;
}

const plain = (...values: readonly string[]): KnownValue[] => values.map((value) => ({ value }));

const durations = plain('5s', '10s', '30s', '1m', '5m');
const sizes = plain('64M', '128M', '256M', '512M', '1G', '2G');

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
  ['services.*.ipc', plain('shareable', 'private', 'host', 'none')],
  ['services.*.pid', plain('host')],
  ['services.*.uts', plain('host')],
  ['services.*.userns_mode', plain('host')],
  ['services.*.cap_add[]', plain(...capabilities)],
  ['services.*.cap_drop[]', plain(...capabilities)],
  [
    'services.*.stop_signal',
    plain('SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGKILL', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH'),
  ],
  ['services.*.stop_grace_period', durations],
  ['services.*.healthcheck.interval', durations],
  ['services.*.healthcheck.timeout', durations],
  ['services.*.healthcheck.start_period', durations],
  ['services.*.healthcheck.start_interval', durations],
  ['services.*.healthcheck.test[]', plain('CMD', 'CMD-SHELL', 'NONE')],
  [
    'services.*.logging.driver',
    plain('json-file', 'local', 'journald', 'syslog', 'fluentd', 'gelf', 'awslogs', 'splunk', 'none'),
  ],
  [
    'services.*.security_opt[]',
    plain('no-new-privileges:true', 'apparmor:unconfined', 'seccomp:unconfined', 'label:disable'),
  ],
  ['services.*.platform', plain('linux/amd64', 'linux/arm64', 'linux/arm/v7', 'windows/amd64')],
  ['services.*.build.platforms[]', plain('linux/amd64', 'linux/arm64', 'linux/arm/v7', 'windows/amd64')],
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
  return table.match(path) ?? [];
}
