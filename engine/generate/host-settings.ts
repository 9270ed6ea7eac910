import type { YamlValue } from '#compose/model/print-yaml.ts';
import {
  literal,
  literals,
  numberOf,
  objectOf,
  objectsOf,
  type Raw,
  said,
  textOf,
  textsOf,
} from './raw-values.ts';

type Entry = readonly [string, YamlValue | undefined];

const usualSharedMemory = 64 * 1024 * 1024;

/**
 * A container's `HostConfig` as attributes of a service, without mounts, ports and networks: only what differs from what the engine does by itself. The
 * namespace of control groups is left out: whether it is the engine's own choice cannot be seen.
 */
export function hostSettings(host: Raw): readonly Entry[] {
  const text = (key: string, ...usual: readonly string[]) =>
    usual.includes(textOf(host, key)) ? '' : literal(textOf(host, key));
  const texts = (key: string) => textsOf(host, key).map(literal);
  const memory = numberOf(host, 'Memory');
  const swap = numberOf(host, 'MemorySwap');
  const shared = numberOf(host, 'ShmSize');
  const privileged = host.Privileged === true;
  return [
    ['restart', restart(objectOf(host, 'RestartPolicy'))],
    ['init', typeof host.Init === 'boolean' && host.Init],
    ['privileged', privileged],
    ['read_only', host.ReadonlyRootfs === true],
    ['cap_add', texts('CapAdd').map(withoutPrefix)],
    ['cap_drop', texts('CapDrop').map(withoutPrefix)],
    // The engine adds the label to what is privileged.
    ['security_opt', texts('SecurityOpt').filter((option) => !(privileged && option === 'label=disable'))],
    ['devices', objectsOf(host, 'Devices').map(device)],
    ['device_cgroup_rules', texts('DeviceCgroupRules')],
    ['gpus', objectsOf(host, 'DeviceRequests').map(gpus)],
    ['group_add', texts('GroupAdd')],
    ['extra_hosts', texts('ExtraHosts').map((entry) => entry.replace(/[:=]/, '='))],
    ['dns', texts('Dns')],
    ['dns_opt', texts('DnsOptions')],
    ['dns_search', texts('DnsSearch')],
    ['ipc', text('IpcMode', 'private', 'shareable')],
    ['pid', text('PidMode')],
    ['uts', text('UTSMode')],
    ['userns_mode', text('UsernsMode')],
    ['runtime', text('Runtime', 'runc', 'io.containerd.runc.v2')],
    ['isolation', text('Isolation', 'default')],
    ['cgroup_parent', text('CgroupParent')],
    ['sysctls', literals(objectOf(host, 'Sysctls'))],
    ['storage_opt', literals(objectOf(host, 'StorageOpt'))],
    ['annotations', literals(objectOf(host, 'Annotations'))],
    ['ulimits', ulimits(objectsOf(host, 'Ulimits'))],
    ['shm_size', shared === usualSharedMemory ? '' : bytes(shared)],
    ['cpus', numberOf(host, 'NanoCpus') / 1e9],
    ['cpu_shares', numberOf(host, 'CpuShares')],
    ['cpu_period', numberOf(host, 'CpuPeriod')],
    ['cpu_quota', numberOf(host, 'CpuQuota')],
    ['cpuset', text('CpusetCpus')],
    ['mem_limit', bytes(memory)],
    ['mem_reservation', bytes(numberOf(host, 'MemoryReservation'))],
    // Twice the memory is what the engine allows by itself.
    ['memswap_limit', swap === 2 * memory ? '' : swap === -1 ? -1 : bytes(swap)],
    // A container without one has -1 on some engines.
    ['mem_swappiness', Math.max(0, numberOf(host, 'MemorySwappiness'))],
    ['pids_limit', numberOf(host, 'PidsLimit')],
    ['oom_score_adj', numberOf(host, 'OomScoreAdj')],
    ['oom_kill_disable', host.OomKillDisable === true],
    ['blkio_config', said([['weight', numberOf(host, 'BlkioWeight')]])],
    ['logging', logging(objectOf(host, 'LogConfig'))],
  ];
}

function restart(policy: Raw): string {
  const name = textOf(policy, 'Name');
  const count = numberOf(policy, 'MaximumRetryCount');
  if (name === 'no') return '';
  return name === 'on-failure' && count > 0 ? `${name}:${count}` : name;
}

/** What nearly every engine is set to, `json-file`, goes without saying. */
function logging(config: Raw): YamlValue {
  const driver = textOf(config, 'Type');
  const options = literals(objectOf(config, 'Config'));
  return options.size === 0 && driver === 'json-file'
    ? new Map()
    : said([
        ['driver', driver],
        ['options', options],
      ]);
}

function device(raw: Raw): string {
  const host = textOf(raw, 'PathOnHost');
  const inside = textOf(raw, 'PathInContainer');
  const permissions = textOf(raw, 'CgroupPermissions');
  const parts = permissions === '' || permissions === 'rwm' ? [host, inside] : [host, inside, permissions];
  return literal(parts.join(':'));
}

function gpus(raw: Raw): YamlValue {
  const [capabilities] = Array.isArray(raw.Capabilities) ? raw.Capabilities : [];
  return said([
    ['driver', textOf(raw, 'Driver')],
    ['count', numberOf(raw, 'Count')],
    ['device_ids', textsOf(raw, 'DeviceIDs')],
    ['capabilities', textsOf({ capabilities }, 'capabilities')],
    ['options', literals(objectOf(raw, 'Options'))],
  ]);
}

function ulimits(list: readonly Raw[]): YamlValue {
  return new Map(
    list.map((raw): [string, YamlValue] => {
      const [soft, hard] = [numberOf(raw, 'Soft'), numberOf(raw, 'Hard')];
      const both = new Map([
        ['soft', soft],
        ['hard', hard],
      ]);
      return [textOf(raw, 'Name'), soft === hard ? soft : both];
    }),
  );
}

const units = [
  ['g', 1024 ** 3],
  ['m', 1024 ** 2],
  ['k', 1024],
] as const;

/** `512m`, as people write it, where it is exact. */
function bytes(count: number): string {
  if (count <= 0) return '';
  const [unit, size] = units.find(([, each]) => count % each === 0) ?? ['b', 1];
  return `${count / size}${unit}`;
}

function withoutPrefix(capability: string): string {
  return capability.replace(/^CAP_/, '');
}
