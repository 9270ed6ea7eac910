import type { YamlValue } from '../../model/print-yaml.ts';
import { addMount, addVolume, fromHere, type NeedVolume } from './mounts.ts';
import type { ServiceDraft } from './draft.ts';
import type { OptionShape } from './options.ts';
import { type Phrase, phrase, withAdvice } from '../../problem/phrase.ts';

/** What options need beside the service itself. */
export interface RunContext {
  readonly needVolume: NeedVolume;
}

/** An option of `docker run`, and what it becomes. */
export interface RunOption extends OptionShape {
  readonly apply: (service: ServiceDraft, value: string, context: RunContext) => void;
}

type Apply = RunOption['apply'];

const nothing: Apply = () => {};
const toText =
  (key: string): Apply =>
  (service, value) =>
    service.set(key, value);
const toNumber =
  (...path: readonly string[]): Apply =>
  (service, value) => {
    const number = Number(value);
    service.put(path, Number.isFinite(number) && value !== '' ? number : value);
  };
const toTrue =
  (...path: readonly string[]): Apply =>
  (service) =>
    service.put(path, true);
const toList =
  (key: string): Apply =>
  (service, value) =>
    service.append(key, value);
const toEntry =
  (...path: readonly string[]): Apply =>
  (service, value) => {
    const equals = value.indexOf('=');
    // A name alone: its value is taken from the environment, or it is empty.
    if (equals < 0) service.put([...path, value], path[0] === 'environment' ? null : '');
    else service.put([...path, value.slice(0, equals)], value.slice(equals + 1));
  };
const toDuration =
  (key: string): Apply =>
  (service, value) =>
    service.put(['healthcheck', key], value);
const noCounterpart =
  (why: Phrase): Apply =>
  (service, value) =>
    service.note(withAdvice(why, value === 'true' ? undefined : phrase('docker-run.was', { value })));
const rates =
  (key: string, name: string): Apply =>
  (service, value) => {
    const colon = value.lastIndexOf(':');
    const amount = value.slice(colon + 1);
    const entry = new Map<string, YamlValue>([
      ['path', value.slice(0, colon)],
      [name, /^\d+$/.test(amount) ? Number(amount) : amount],
    ]);
    const list = blkio(service).get(key);
    service.put(['blkio_config', key], [...(Array.isArray(list) ? list : []), entry]);
  };

/**
 * Every option of `docker run` and `docker create` (Docker CLI 28), in alphabetical order. What Compose does by itself is let go without a word; what it
 * cannot do is said in a note.
 */
export const runOptions: Readonly<Record<string, RunOption>> = {
  'add-host': { apply: toList('extra_hosts') },
  annotation: { apply: toEntry('annotations') },
  attach: { short: 'a', apply: nothing },
  'blkio-weight': { apply: toNumber('blkio_config', 'weight') },
  'blkio-weight-device': { apply: rates('weight_device', 'weight') },
  'cap-add': { apply: toList('cap_add') },
  'cap-drop': { apply: toList('cap_drop') },
  'cgroup-parent': { apply: toText('cgroup_parent') },
  cgroupns: { apply: toText('cgroup') },
  cidfile: { apply: noCounterpart(phrase('docker-run.cidfile')) },
  'cpu-count': { apply: toNumber('cpu_count') },
  'cpu-percent': { apply: toNumber('cpu_percent') },
  'cpu-period': { apply: toNumber('cpu_period') },
  'cpu-quota': { apply: toNumber('cpu_quota') },
  'cpu-rt-period': { apply: toNumber('cpu_rt_period') },
  'cpu-rt-runtime': { apply: toNumber('cpu_rt_runtime') },
  'cpu-shares': { short: 'c', apply: toNumber('cpu_shares') },
  cpus: { apply: toNumber('cpus') },
  'cpuset-cpus': { apply: toText('cpuset') },
  'cpuset-mems': {
    apply: noCounterpart(phrase('docker-run.memory-nodes')),
  },
  detach: { short: 'd', isSwitch: true, apply: nothing },
  'detach-keys': { apply: nothing },
  device: { apply: toList('devices') },
  'device-cgroup-rule': { apply: toList('device_cgroup_rules') },
  'device-read-bps': { apply: rates('device_read_bps', 'rate') },
  'device-read-iops': { apply: rates('device_read_iops', 'rate') },
  'device-write-bps': { apply: rates('device_write_bps', 'rate') },
  'device-write-iops': { apply: rates('device_write_iops', 'rate') },
  'disable-content-trust': { isSwitch: true, apply: nothing },
  dns: { apply: toList('dns') },
  'dns-opt': { apply: toList('dns_opt') },
  'dns-option': { apply: toList('dns_opt') },
  'dns-search': { apply: toList('dns_search') },
  domainname: { apply: toText('domainname') },
  entrypoint: {
    apply: (service, value) => service.set('entrypoint', value === '' ? [] : commandLine([value])),
  },
  env: { short: 'e', apply: toEntry('environment') },
  'env-file': { apply: (service, value) => service.append('env_file', fromHere(value)) },
  expose: { apply: toList('expose') },
  gpus: { apply: gpus },
  'group-add': { apply: toList('group_add') },
  'health-cmd': { apply: (service, value) => service.put(['healthcheck', 'test'], ['CMD-SHELL', value]) },
  'health-interval': { apply: toDuration('interval') },
  'health-retries': { apply: toNumber('healthcheck', 'retries') },
  'health-start-interval': { apply: toDuration('start_interval') },
  'health-start-period': { apply: toDuration('start_period') },
  'health-timeout': { apply: toDuration('timeout') },
  help: { isSwitch: true, apply: nothing },
  hostname: { short: 'h', apply: toText('hostname') },
  init: { isSwitch: true, apply: toTrue('init') },
  interactive: { short: 'i', isSwitch: true, apply: toTrue('stdin_open') },
  'io-maxbandwidth': {
    apply: noCounterpart(phrase('docker-run.windows-drive')),
  },
  'io-maxiops': {
    apply: noCounterpart(phrase('docker-run.windows-drive')),
  },
  ip: { apply: ofNetwork('ipv4_address') },
  ip6: { apply: ofNetwork('ipv6_address') },
  ipc: { apply: toText('ipc') },
  isolation: { apply: toText('isolation') },
  'kernel-memory': { apply: noCounterpart(phrase('docker-run.kernel-memory')) },
  label: { short: 'l', apply: toEntry('labels') },
  'label-file': { apply: (service, value) => service.append('label_file', fromHere(value)) },
  link: { apply: toList('links') },
  'link-local-ip': { apply: (service, value) => ofNetworkList(service, 'link_local_ips', value) },
  'log-driver': { apply: (service, value) => service.put(['logging', 'driver'], value) },
  'log-opt': { apply: toEntry('logging', 'options') },
  'mac-address': { apply: toText('mac_address') },
  memory: { short: 'm', apply: toText('mem_limit') },
  'memory-reservation': { apply: toText('mem_reservation') },
  'memory-swap': { apply: (service, value) => service.set('memswap_limit', value === '-1' ? -1 : value) },
  'memory-swappiness': { apply: toNumber('mem_swappiness') },
  mount: { apply: (service, value, { needVolume }) => addMount(service, value, needVolume) },
  name: { apply: nothing },
  net: { apply: addNetwork },
  'net-alias': { apply: (service, value) => ofNetworkList(service, 'aliases', value) },
  network: { apply: addNetwork },
  'network-alias': { apply: (service, value) => ofNetworkList(service, 'aliases', value) },
  'no-healthcheck': { isSwitch: true, apply: toTrue('healthcheck', 'disable') },
  'oom-kill-disable': { isSwitch: true, apply: toTrue('oom_kill_disable') },
  'oom-score-adj': { apply: toNumber('oom_score_adj') },
  pid: { apply: toText('pid') },
  'pids-limit': { apply: toNumber('pids_limit') },
  platform: { apply: toText('platform') },
  privileged: { isSwitch: true, apply: toTrue('privileged') },
  publish: { short: 'p', apply: toList('ports') },
  'publish-all': {
    short: 'P',
    isSwitch: true,
    apply: noCounterpart(phrase('docker-run.publish-all')),
  },
  pull: { apply: toText('pull_policy') },
  quiet: { short: 'q', isSwitch: true, apply: nothing },
  'read-only': { isSwitch: true, apply: toTrue('read_only') },
  restart: { apply: toText('restart') },
  rm: { isSwitch: true, apply: nothing },
  runtime: { apply: toText('runtime') },
  'security-opt': { apply: toList('security_opt') },
  'shm-size': { apply: toText('shm_size') },
  'sig-proxy': { isSwitch: true, apply: nothing },
  'stop-signal': { apply: toText('stop_signal') },
  'stop-timeout': { apply: (service, value) => service.set('stop_grace_period', `${value}s`) },
  'storage-opt': { apply: toEntry('storage_opt') },
  sysctl: { apply: toEntry('sysctls') },
  tmpfs: { apply: toList('tmpfs') },
  tty: { short: 't', isSwitch: true, apply: toTrue('tty') },
  ulimit: { apply: ulimit },
  'use-api-socket': { isSwitch: true, apply: toTrue('use_api_socket') },
  user: { short: 'u', apply: toText('user') },
  userns: { apply: toText('userns_mode') },
  uts: { apply: toText('uts') },
  volume: { short: 'v', apply: (service, value, { needVolume }) => addVolume(service, value, needVolume) },
  'volume-driver': {
    apply: noCounterpart(phrase('docker-run.volume-driver')),
  },
  'volumes-from': { apply: (service, value) => service.append('volumes_from', `container:${value}`) },
  workdir: { short: 'w', apply: toText('working_dir') },
};

/** Words as `command` and `entrypoint` take them: one line where it needs no quotes, else a list. */
export function commandLine(words: readonly string[]): YamlValue {
  return words.every((word) => /^[\w./:=@,+%-]+$/.test(word)) ? words.join(' ') : [...words];
}

/** `--network NAME`, or `name=NAME,alias=web,ip=…`. A mode of the engine's own is no network. */
function addNetwork(service: ServiceDraft, value: string): void {
  if (/^(?:host|none|bridge|default|private)$|^container:/.test(value)) {
    if (value !== 'default') service.set('network_mode', value);
    return;
  }
  if (!value.includes('=')) {
    join(service, value);
    return;
  }
  const fields = value
    .split(',')
    .map((field) => [field.slice(0, field.indexOf('=')), field.slice(field.indexOf('=') + 1)] as const);
  const name = fields.find(([key]) => key === 'name')?.[1];
  if (name === undefined) {
    service.note(phrase('docker-run.network', { network: value }));
    return;
  }
  join(service, name);
  for (const [key, text] of fields) {
    if (key === 'alias') appendTo(service, name, 'aliases', text);
    else if (key === 'ip') service.put(['networks', name, 'ipv4_address'], text);
    else if (key === 'ip6') service.put(['networks', name, 'ipv6_address'], text);
    else if (key === 'mac-address') service.put(['networks', name, 'mac_address'], text);
    else if (key === 'link-local-ip') appendTo(service, name, 'link_local_ips', text);
    else if (key === 'gw-priority') service.put(['networks', name, 'gw_priority'], Number(text));
    else if (key === 'driver-opt') {
      const [option = '', setting = ''] = text.split(/=(.*)/s);
      service.put(['networks', name, 'driver_opts', option], setting);
    }
  }
}

/** Also for `docker network connect`. */
export function join(service: ServiceDraft, network: string): void {
  if (networksOf(service).has(network)) return;
  service.put(['networks', network], null);
}

export function networksOf(service: ServiceDraft): ReadonlyMap<string, YamlValue> {
  const networks = service.get('networks');
  return networks instanceof Map ? (networks as ReadonlyMap<string, YamlValue>) : new Map();
}

/** Options that speak of "the" network: the first one, or the project's default. */
function firstNetwork(service: ServiceDraft): string {
  return networksOf(service).keys().next().value ?? 'default';
}

function ofNetwork(key: string): Apply {
  return (service, value) => service.put(['networks', firstNetwork(service), key], value);
}

function ofNetworkList(service: ServiceDraft, key: string, value: string): void {
  appendTo(service, firstNetwork(service), key, value);
}

function appendTo(service: ServiceDraft, network: string, key: string, value: string): void {
  const settings = networksOf(service).get(network);
  const list = settings instanceof Map ? (settings as ReadonlyMap<string, YamlValue>).get(key) : undefined;
  service.put(['networks', network, key], [...(Array.isArray(list) ? list : []), value]);
}

function blkio(service: ServiceDraft): ReadonlyMap<string, YamlValue> {
  const config = service.get('blkio_config');
  return config instanceof Map ? (config as ReadonlyMap<string, YamlValue>) : new Map();
}

/** `all`, a count, or `device=0,1`, `"device=GPU-…",capabilities=utility`. */
function gpus(service: ServiceDraft, value: string): void {
  if (value === 'all') {
    service.set('gpus', 'all');
    return;
  }
  const request = new Map<string, YamlValue>();
  for (const [, key = 'count', text = ''] of value
    .replaceAll('"', '')
    .matchAll(/(?:(\w+)=)?([^=]+?)(?=,\w+=|$),?/g)) {
    if (key === 'count') request.set('count', text === 'all' ? 'all' : Number(text));
    else if (key === 'device') request.set('device_ids', text.split(','));
    else if (key === 'capabilities') request.set('capabilities', text.split(','));
    else if (key === 'driver') request.set('driver', text);
  }
  service.set('gpus', [request]);
}

/** `nofile=1024` or `nofile=1024:2048`. */
function ulimit(service: ServiceDraft, value: string): void {
  const [name = '', limits = ''] = value.split('=');
  const [soft = '', hard] = limits.split(':');
  if (hard === undefined) service.put(['ulimits', name], Number(soft));
  else
    service.put(
      ['ulimits', name],
      new Map<string, YamlValue>([
        ['soft', Number(soft)],
        ['hard', Number(hard)],
      ]),
    );
}
