import { describe, expect, it } from 'vitest';
import type { Service } from '#compose/model/project.ts';
import { formatMessage } from '#engine/api/message.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import type { EngineInfo } from '#engine/api/engine-objects.ts';
import { containerSpec } from '#engine/plan/requests/container-request.ts';
import { engine20, engine28, load } from '../../world.ts';

/** A value of the attribute, and what the request to create the container has because of it. */
interface Sent<K extends keyof Service> {
  readonly value: Service[K];
  /** Fields of the body. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Fields of its `HostConfig`. */
  readonly host?: Readonly<Record<string, unknown>>;
  /** Of the endpoint on the main network. */
  readonly endpoint?: Readonly<Record<string, unknown>>;
  /** What else the test is to look at, when it is not in the body. */
  readonly platform?: string;
}

/**
 * Every attribute of a service: what it is in the Engine API, or where else it is seen to. The type sees to it that none is left out.
 */
const attributes: { readonly [K in keyof Service]-?: Sent<K> | string } = {
  annotations: { value: { a: 'b' }, host: { Annotations: { a: 'b' } } },
  attach: 'whether the output of an attached up is shown',
  blkio_config: {
    value: {
      weight: 300,
      weight_device: [{ Path: '/dev/a', Weight: 400 }],
      device_read_bps: [{ Path: '/dev/a', Rate: '1024' }],
      device_read_iops: [{ Path: '/dev/a', Rate: '1' }],
      device_write_bps: [{ Path: '/dev/a', Rate: '2048' }],
      device_write_iops: [{ Path: '/dev/a', Rate: '2' }],
    },
    host: {
      BlkioWeight: 300,
      BlkioWeightDevice: [{ Path: '/dev/a', Weight: 400 }],
      BlkioDeviceReadBps: [{ Path: '/dev/a', Rate: 1024 }],
      BlkioDeviceReadIOps: [{ Path: '/dev/a', Rate: 1 }],
      BlkioDeviceWriteBps: [{ Path: '/dev/a', Rate: 2048 }],
      BlkioDeviceWriteIOps: [{ Path: '/dev/a', Rate: 2 }],
    },
  },
  build: 'building: build/buildkit/build.ts, build/parameters.ts',
  cap_add: { value: ['NET_ADMIN'], host: { CapAdd: ['NET_ADMIN'] } },
  cap_drop: { value: ['ALL'], host: { CapDrop: ['ALL'] } },
  cgroup: { value: 'private', host: { CgroupnsMode: 'private' } },
  cgroup_parent: { value: '/mine', host: { CgroupParent: '/mine' } },
  command: { value: ['a', 'b'], config: { Cmd: ['a', 'b'] } },
  configs: 'mounts of files: the mounts below; contents are copied: execute/copy.ts',
  container_name: 'names.ts',
  cpu_count: { value: 2, host: { CpuCount: 2 } },
  cpu_percent: { value: 12.5, host: { CpuPercent: 1250 } },
  cpu_period: { value: 1000, host: { CpuPeriod: 1000 } },
  cpu_quota: { value: 500, host: { CpuQuota: 500 } },
  cpu_rt_period: { value: 1000, host: { CpuRealtimePeriod: 1000 } },
  cpu_rt_runtime: { value: 900, host: { CpuRealtimeRuntime: 900 } },
  cpu_shares: { value: 73, host: { CpuShares: 73 } },
  cpus: { value: 1.5, host: { NanoCpus: 1_500_000_000 } },
  cpuset: { value: '0,1', host: { CpusetCpus: '0,1' } },
  credential_spec: 'a warning: only Swarm applies it',
  depends_on: 'the order of the plan, and a label',
  deploy: {
    value: {
      resources: {
        limits: { cpus: 0.5, memory: '1024', pids: 9 },
        reservations: {
          memory: '512',
          devices: [{ driver: 'nvidia', device_ids: ['0'], capabilities: ['gpu'], options: { a: 'b' } }],
        },
      },
      restart_policy: { condition: 'on-failure', max_attempts: 3 },
    },
    host: {
      NanoCpus: 500_000_000,
      Memory: 1024,
      PidsLimit: 9,
      MemoryReservation: 512,
      DeviceRequests: [
        { Driver: 'nvidia', Count: 0, DeviceIDs: ['0'], Capabilities: [['gpu']], Options: { a: 'b' } },
      ],
      RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
    },
  },
  develop: 'watching: watch.ts',
  device_cgroup_rules: { value: ['c 1:3 mr'], host: { DeviceCgroupRules: ['c 1:3 mr'] } },
  devices: {
    value: [{ source: '/dev/a', target: '/dev/b', permissions: 'r' }, { source: '/dev/c' }],
    host: {
      Devices: [
        { PathOnHost: '/dev/a', PathInContainer: '/dev/b', CgroupPermissions: 'r' },
        { PathOnHost: '/dev/c', PathInContainer: '/dev/c', CgroupPermissions: 'rwm' },
      ],
    },
  },
  dns: { value: ['1.1.1.1'], host: { Dns: ['1.1.1.1'] } },
  dns_opt: { value: ['use-vc'], host: { DnsOptions: ['use-vc'] } },
  dns_search: { value: ['example.com'], host: { DnsSearch: ['example.com'] } },
  domainname: { value: 'd', config: { Domainname: 'd' } },
  entrypoint: { value: ['/e'], config: { Entrypoint: ['/e'] } },
  env_file: 'loading: it is in environment by now',
  environment: { value: { A: '1', B: null }, config: { Env: ['A=1', 'B'] } },
  expose: { value: ['80', '53/udp'], config: { ExposedPorts: { '80/tcp': {}, '53/udp': {} } } },
  external_links: 'links of the request: references.ts',
  extra_hosts: { value: ['db=10.0.0.1'], host: { ExtraHosts: ['db:10.0.0.1'] } },
  gpus: {
    value: [{ count: -1, driver: 'nvidia' }],
    host: {
      DeviceRequests: [
        { Driver: 'nvidia', Count: -1, DeviceIDs: undefined, Capabilities: [['gpu']], Options: undefined },
      ],
    },
  },
  group_add: { value: ['mail'], host: { GroupAdd: ['mail'] } },
  healthcheck: {
    value: {
      test: ['CMD', 'true'],
      interval: '1s',
      timeout: '2s',
      start_period: '3s',
      start_interval: '500ms',
      retries: 4,
    },
    config: {
      Healthcheck: {
        Test: ['CMD', 'true'],
        Interval: 1e9,
        Timeout: 2e9,
        StartPeriod: 3e9,
        StartInterval: 5e8,
        Retries: 4,
      },
    },
  },
  hostname: { value: 'h', config: { Hostname: 'h' } },
  image: { value: 'other:1', config: { Image: 'other:1' } },
  init: { value: true, host: { Init: true } },
  ipc: { value: 'host', host: { IpcMode: 'host' } },
  isolation: { value: 'process', host: { Isolation: 'process' } },
  label_file: 'loading: it is in labels by now',
  labels: { value: { mine: 'x' }, config: { Labels: expect.objectContaining({ mine: 'x' }) } },
  links: 'links of the request: references.ts',
  logging: {
    value: { driver: 'syslog', options: { tag: 't' } },
    host: { LogConfig: { Type: 'syslog', Config: { tag: 't' } } },
  },
  mac_address: { value: '02:42:ac:11:00:01', endpoint: { MacAddress: '02:42:ac:11:00:01' } },
  mem_limit: { value: '1024', host: { Memory: 1024 } },
  mem_reservation: { value: '512', host: { MemoryReservation: 512 } },
  mem_swappiness: { value: '60', host: { MemorySwappiness: 60 } },
  memswap_limit: { value: '-1', host: { MemorySwap: -1 } },
  models: 'operations/with-models.ts: variables of the environment',
  network_mode: { value: 'host', host: { NetworkMode: 'host' } },
  networks: {
    value: {
      default: {
        aliases: ['www'],
        driver_opts: { a: 'b' },
        gw_priority: 5,
        interface_name: 'eth9',
        ipv4_address: '10.0.0.5',
        ipv6_address: 'fd00::5',
        link_local_ips: ['169.254.1.1'],
        mac_address: '02:42:ac:11:00:02',
      },
    },
    endpoint: {
      Aliases: ['app-web-1', 'web', 'www'],
      DriverOpts: { a: 'b', 'com.docker.network.endpoint.ifname': 'eth9' },
      GwPriority: 5,
      IPAMConfig: { IPv4Address: '10.0.0.5', IPv6Address: 'fd00::5', LinkLocalIPs: ['169.254.1.1'] },
      MacAddress: '02:42:ac:11:00:02',
    },
  },
  oom_kill_disable: { value: true, host: { OomKillDisable: true } },
  oom_score_adj: { value: -500, host: { OomScoreAdj: -500 } },
  pid: { value: 'host', host: { PidMode: 'host' } },
  pids_limit: { value: 10, host: { PidsLimit: 10 } },
  platform: { value: 'linux/arm64', platform: 'linux/arm64' },
  ports: {
    value: [{ target: 80, published: '8080', host_ip: '127.0.0.1', protocol: 'tcp' }],
    config: { ExposedPorts: { '80/tcp': {} } },
    host: { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '8080' }] } },
  },
  post_start: 'hooks: execute/hooks.ts',
  pre_start: 'hooks: execute/hooks.ts',
  pre_stop: 'hooks: execute/hooks.ts',
  privileged: { value: true, host: { Privileged: true } },
  profiles: 'loading: whether the service is there at all',
  provider: 'refused by name: reconcile/refusals.ts',
  pull_policy: 'pulling: images.ts',
  read_only: { value: true, host: { ReadonlyRootfs: true } },
  restart: {
    value: 'on-failure:3',
    host: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } },
  },
  runtime: { value: 'runc', host: { Runtime: 'runc' } },
  scale: 'how many containers there are: reconcile/containers.ts',
  secrets: 'mounts of files: the mounts below; contents are copied: execute/copy.ts',
  security_opt: { value: ['label=disable'], host: { SecurityOpt: ['label=disable'] } },
  shm_size: { value: '67108864', host: { ShmSize: 67_108_864 } },
  stdin_open: { value: true, config: { OpenStdin: true } },
  stop_grace_period: { value: '1m30.9s', config: { StopTimeout: 90 } },
  stop_signal: { value: 'SIGUSR1', config: { StopSignal: 'SIGUSR1' } },
  storage_opt: { value: { size: '1G' }, host: { StorageOpt: { size: '1G' } } },
  sysctls: { value: { 'net.core.somaxconn': '1024' }, host: { Sysctls: { 'net.core.somaxconn': '1024' } } },
  tmpfs: { value: ['/run:size=64m'], host: { Tmpfs: { '/run': 'size=64m' } } },
  tty: { value: true, config: { Tty: true } },
  ulimits: {
    value: { nofile: { soft: 1, hard: 2 }, nproc: 3 },
    host: {
      Ulimits: [
        { Name: 'nofile', Soft: 1, Hard: 2 },
        { Name: 'nproc', Soft: 3, Hard: 3 },
      ],
    },
  },
  use_api_socket: 'api-socket.ts: a mount, a config and a variable',
  user: { value: 'nobody', config: { User: 'nobody' } },
  userns_mode: { value: 'host', host: { UsernsMode: 'host' } },
  uts: { value: 'host', host: { UTSMode: 'host' } },
  volume_driver: { value: 'mine', host: { VolumeDriver: 'mine' } },
  volumes: {
    value: [
      { type: 'bind', source: '/s', target: '/a', read_only: true, bind: { selinux: 'z' } },
      { type: 'bind', source: '/s', target: '/b', bind: { propagation: 'rshared' } },
      { type: 'bind', source: '/s', target: '/c', bind: { create_host_path: false, recursive: 'disabled' } },
      { type: 'bind', source: '/s', target: '/d', bind: { recursive: 'readonly' } },
      { type: 'volume', source: 'v', target: '/e' },
      {
        type: 'volume',
        source: 'v',
        target: '/f',
        volume: { nocopy: true, subpath: 's', labels: { a: 'b' } },
      },
      { type: 'volume', target: '/g' },
      { type: 'tmpfs', target: '/h', tmpfs: { size: '1024', mode: 0o1777 } },
      { type: 'image', source: 'busybox', target: '/i', image: { subpath: 'bin' } },
      { type: 'npipe', source: '\\\\.\\pipe\\p', target: '\\\\.\\pipe\\p' },
      { type: 'cluster', source: 'c', target: '/k', consistency: 'cached' },
    ],
    host: {
      Binds: ['/s:/a:ro,z', 'app_v:/e:rw'],
      Mounts: [
        {
          Type: 'bind',
          Source: '/s',
          Target: '/b',
          BindOptions: { Propagation: 'rshared', CreateMountpoint: true },
        },
        { Type: 'bind', Source: '/s', Target: '/c', BindOptions: { NonRecursive: true } },
        {
          Type: 'bind',
          Source: '/s',
          Target: '/d',
          BindOptions: { CreateMountpoint: true, ReadOnlyForceRecursive: true },
        },
        {
          Type: 'volume',
          Source: 'app_v',
          Target: '/f',
          VolumeOptions: { NoCopy: true, Subpath: 's', Labels: { a: 'b' } },
        },
        { Type: 'volume', Target: '/g' },
        { Type: 'tmpfs', Target: '/h', TmpfsOptions: { SizeBytes: 1024, Mode: 0o1777 } },
        { Type: 'image', Source: 'busybox', Target: '/i', ImageOptions: { Subpath: 'bin' } },
        { Type: 'npipe', Source: '\\\\.\\pipe\\p', Target: '\\\\.\\pipe\\p' },
        { Type: 'cluster', Source: 'c', Target: '/k', Consistency: 'cached' },
      ],
    },
  },
  volumes_from: { value: ['0123456789ab:ro'], host: { VolumesFrom: ['0123456789ab:ro'] } },
  working_dir: { value: '/w', config: { WorkingDir: '/w' } },
};

const sent = Object.entries(attributes).flatMap(([name, entry]) =>
  typeof entry === 'string' ? [] : [[name, entry] as const],
);

describe('an attribute of a service is sent to the engine', () => {
  it.each(sent)('%s', (name, { value, config = {}, host = {}, endpoint, platform }) => {
    const { spec } = specOf({ [name]: value });
    for (const [key, wanted] of Object.entries(config)) expect(spec.body[key], key).toEqual(wanted);
    for (const [key, wanted] of Object.entries(host)) expect(hostOf(spec.body)[key], key).toEqual(wanted);
    if (endpoint !== undefined) expect(endpointOf(spec.body)).toMatchObject(endpoint);
    expect(spec.platform).toBe(platform);
  });

  it('and nothing without it', () => {
    const { spec } = specOf({});
    const { Labels: _, Image: __, ...plain } = spec.body;
    expect(plain).toEqual({
      Tty: false,
      OpenStdin: false,
      StdinOnce: false,
      AttachStdin: false,
      AttachStdout: true,
      AttachStderr: true,
      HostConfig: { NetworkMode: 'app_default', OomKillDisable: false },
      NetworkingConfig: { EndpointsConfig: { app_default: { Aliases: ['app-web-1', 'web'] } } },
    });
  });

  it('variables of the CLI’s proxies come before the service’s own', () => {
    const proxies = { HTTP_PROXY: 'http://p', http_proxy: 'http://p' };
    const { spec } = specOf({ environment: { http_proxy: 'mine', A: '1' } }, { ...engine28, proxies });
    expect(spec.body.Env).toEqual(['HTTP_PROXY=http://p', 'http_proxy=mine', 'A=1']);
  });
});

/** What an engine of API 1.41 would ignore, or answer with an error that helps no one. */
const gates: readonly (readonly [what: string, since: string, Partial<Service>])[] = [
  ['annotations', '1.43', { annotations: { a: 'b' } }],
  [
    'volume.subpath',
    '1.45',
    { volumes: [{ type: 'volume', source: 'v', target: '/v', volume: { subpath: 's' } }] },
  ],
  [
    'bind.recursive: readonly',
    '1.44',
    { volumes: [{ type: 'bind', source: '/s', target: '/v', bind: { recursive: 'readonly' } }] },
  ],
  [
    'bind.recursive: writable',
    '1.44',
    { volumes: [{ type: 'bind', source: '/s', target: '/v', bind: { recursive: 'writable' } }] },
  ],
  ['type: image', '1.48', { volumes: [{ type: 'image', source: 'i', target: '/v' }] }],
  ['gw_priority', '1.48', { networks: { default: { gw_priority: 1 } } }],
  ['interface_name', '1.49', { networks: { default: { interface_name: 'eth9' } } }],
  [
    'mac_address',
    '1.44',
    { networks: { default: { priority: 1 }, other: { mac_address: '02:42:ac:11:00:02' } } },
  ],
];

describe('an older engine', () => {
  it.each(gates)('%s needs API %s: refused by name before, sent from then on', (what, since, service) => {
    const minor = Number(since.slice(2));
    const at = (version: number): EngineInfo => ({ ...engine20, apiVersion: `1.${version}` });
    expect(() => specOf(service, at(minor - 1))).toThrow(EngineError);
    expect(() => specOf(service, at(minor - 1))).toThrow(what);
    expect(() => specOf(service, at(minor))).not.toThrow();
  });

  it('does another way what it can: MAC addresses, several networks, folders that are not there', () => {
    const { spec, connect } = specOf(
      {
        mac_address: '02:42:ac:11:00:01',
        networks: { default: { priority: 1 }, other: null },
        volumes: [{ type: 'bind', source: '/s', target: '/v', bind: { propagation: 'rshared' } }],
      },
      engine20,
    );
    expect(spec.body.MacAddress).toBe('02:42:ac:11:00:01');
    expect(endpointOf(spec.body)).not.toHaveProperty('MacAddress');
    expect(Object.keys(connect)).toEqual(['app_other']);
    expect(hostOf(spec.body).Binds).toEqual(['/s:/v:rw,rshared']);
  });

  it('is warned of where something small is lost', () => {
    const healthcheck = { test: ['CMD', 'true'], start_period: '3s', start_interval: '1s' };
    expect(specOf({ healthcheck }, engine20).warnings.map((each) => formatMessage(each))).toEqual([
      expect.stringContaining('start_interval'),
    ]);
    expect(specOf({ healthcheck }).warnings).toEqual([]);
  });
});

describe('what cannot be', () => {
  it('start_interval without start_period is refused', () => {
    expect(() => specOf({ healthcheck: { start_interval: '1s' } })).toThrow(
      'healthcheck.start_interval requires healthcheck.start_period to be set',
    );
  });

  it('owner and mode of a file are warned of', () => {
    const { warnings } = specOf({ secrets: [{ source: 's', mode: '0440' }] });
    expect(warnings.map((each) => formatMessage(each))).toEqual([
      expect.stringContaining('uid, gid and mode are not used for a file'),
    ]);
  });
});

function specOf(service: Partial<Service>, info: EngineInfo = engine28) {
  const { project } = load({
    services: { web: service },
    networks: { default: { name: 'app_default' }, other: { name: 'app_other' } },
    volumes: { v: { name: 'app_v' } },
    secrets: { s: { name: 'app_s', file: '/s' } },
  });
  const web = project.services.web;
  if (web === undefined) throw new Error('no service');
  return containerSpec(
    {
      project,
      serviceName: 'web',
      service: web,
      number: 1,
      name: 'app-web-1',
      finalName: 'app-web-1',
      configHash: '',
      imageDigest: undefined,
      origin: { workingDirectory: '/app', files: [], envFiles: [] },
      links: [],
    },
    info,
    () => '{}',
  );
}

type Fields = Readonly<Record<string, unknown>>;

function hostOf(body: Fields): Fields {
  return fields(body.HostConfig);
}

function endpointOf(body: Fields): Fields {
  return fields(fields(fields(body.NetworkingConfig).EndpointsConfig).app_default);
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
