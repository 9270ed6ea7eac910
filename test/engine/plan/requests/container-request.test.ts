import { describe, expect, it } from 'vitest';
import type { Service } from '#compose/model/project.ts';
import { formatMessage } from '#engine/api/message.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import type { EngineInfo } from '#engine/api/engine-objects.ts';
import { containerSpec } from '#engine/plan/requests/container-request.ts';
import { networkSpec } from '#engine/plan/requests/network-request.ts';
import { volumeSpec } from '#engine/plan/requests/volume-request.ts';
import { engine20, engine28, load } from '../../world.ts';

type Parts = Parameters<typeof load>[0];

function specOf(
  service: Partial<Service>,
  info: EngineInfo = engine28,
  rest: Omit<Parts, 'services'> = {},
  oneOff?: { readonly attachStdin: boolean; readonly autoRemove: boolean; readonly useAliases: boolean },
) {
  const loaded = load({ services: { web: service }, ...rest });
  const definition = loaded.project.services.web;
  if (definition === undefined) throw new Error('no service');
  return containerSpec(
    {
      project: loaded.project,
      serviceName: 'web',
      service: definition,
      number: 1,
      name: 'app-web-1',
      finalName: 'app-web-1',
      configHash: 'hash',
      imageDigest: 'sha256:image',
      origin: { workingDirectory: '/app', files: ['/app/compose.yaml', '/app/more.yaml'], envFiles: [] },
      links: [],
      ...(oneOff !== undefined && { oneOff }),
    },
    info,
    () => '{ "defaultAction": "SCMP_ACT_ALLOW" }',
  );
}

const body = (service: Partial<Service>, info?: EngineInfo, rest?: Omit<Parts, 'services'>) =>
  specOf(service, info, rest).spec.body;

const host = (
  service: Partial<Service>,
  info?: EngineInfo,
  rest?: Omit<Parts, 'services'>,
): Readonly<Record<string, unknown>> => {
  const hostConfig = body(service, info, rest).HostConfig;
  return typeof hostConfig === 'object' ? { ...hostConfig } : {};
};

const refusal = (service: Partial<Service>, info: EngineInfo) => {
  try {
    specOf(service, info);
  } catch (error) {
    if (error instanceof EngineError) return `${error.kind}: ${error.message}`;
    throw error;
  }
  return 'accepted';
};

describe('a plain service', () => {
  it('is labelled and named as Docker Compose does', () => {
    expect(specOf({ environment: { A: '1', UNSET: null }, labels: { mine: 'x' } }).spec).toEqual({
      name: 'app-web-1',
      body: {
        Tty: false,
        OpenStdin: false,
        StdinOnce: false,
        AttachStdin: false,
        AttachStdout: true,
        AttachStderr: true,
        Env: ['A=1', 'UNSET'],
        Image: 'busybox',
        Labels: {
          mine: 'x',
          'com.docker.compose.project': 'app',
          'com.docker.compose.service': 'web',
          'com.docker.compose.version': '5.0.0',
          'com.docker.compose.project.working_dir': '/app',
          'com.docker.compose.project.config_files': '/app/compose.yaml,/app/more.yaml',
          'com.docker.compose.oneoff': 'False',
          'com.docker.compose.image': 'sha256:image',
          'com.docker.compose.config-hash': 'hash',
          'com.docker.compose.container-number': '1',
          'com.docker.compose.depends_on': '',
        },
        HostConfig: { NetworkMode: 'app_default', OomKillDisable: false },
        NetworkingConfig: { EndpointsConfig: { app_default: { Aliases: ['app-web-1', 'web'] } } },
      },
    });
  });

  it('cannot take labels of Compose over', () => {
    expect(body({ labels: { 'com.docker.compose.project': 'other' } }).Labels).toMatchObject({
      'com.docker.compose.project': 'app',
    });
  });
});

describe('attributes', () => {
  it.each<readonly [string, Partial<Service>, Record<string, unknown>]>([
    ['command cleared', { command: [] }, { Cmd: [] }],
    ['entrypoint', { entrypoint: ['/run', 'it'] }, { Entrypoint: ['/run', 'it'] }],
    ['stop_grace_period', { stop_grace_period: '1m30.9s' }, { StopTimeout: 90 }],
    ['hostname, domainname', { hostname: 'h', domainname: 'd' }, { Hostname: 'h', Domainname: 'd' }],
    [
      'healthcheck',
      {
        healthcheck: {
          test: ['CMD', 'true'],
          interval: '1.5s',
          timeout: '2s',
          retries: 3,
          start_period: '1m0s',
        },
      },
      {
        Healthcheck: {
          Test: ['CMD', 'true'],
          Interval: 1_500_000_000,
          Timeout: 2_000_000_000,
          StartPeriod: 60_000_000_000,
          Retries: 3,
        },
      },
    ],
    ['healthcheck disabled', { healthcheck: { disable: true } }, { Healthcheck: { Test: ['NONE'] } }],
    [
      'expose ranges and published targets',
      { expose: ['8000-8001', '53/udp'], ports: [{ target: 80, protocol: 'tcp' }] },
      { ExposedPorts: { '80/tcp': {}, '8000/tcp': {}, '8001/tcp': {}, '53/udp': {} } },
    ],
  ])('%s', (_name, service, expected) => {
    expect(body(service)).toMatchObject(expected);
  });

  it.each<readonly [string, Partial<Service>, Record<string, unknown>]>([
    [
      'ports',
      {
        ports: [
          { target: 80, published: '8080', protocol: 'tcp' },
          { target: 80, host_ip: '127.0.0.1', published: '9000-9010', protocol: 'tcp' },
          { target: 53, protocol: 'udp' },
        ],
      },
      {
        PortBindings: {
          '80/tcp': [
            { HostIp: '', HostPort: '8080' },
            { HostIp: '127.0.0.1', HostPort: '9000-9010' },
          ],
          '53/udp': [{ HostIp: '', HostPort: '' }],
        },
      },
    ],
    ['restart', { restart: 'on-failure:3' }, { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } }],
    [
      'deploy.restart_policy before restart',
      { restart: 'no', deploy: { restart_policy: { condition: 'any', max_attempts: 2 } } },
      { RestartPolicy: { Name: 'always', MaximumRetryCount: 2 } },
    ],
    [
      'limits of deploy before those of the service',
      {
        mem_limit: '100',
        cpus: 1,
        pids_limit: 5,
        deploy: {
          resources: {
            limits: { cpus: 0.5, memory: '536870912', pids: 9 },
            reservations: { memory: '1024' },
          },
        },
      },
      { Memory: 536_870_912, NanoCpus: 500_000_000, PidsLimit: 9, MemoryReservation: 1024 },
    ],
    [
      'ulimits',
      { ulimits: { nproc: 65535, nofile: { soft: 1, hard: 2 } } },
      {
        Ulimits: [
          { Name: 'nofile', Soft: 1, Hard: 2 },
          { Name: 'nproc', Soft: 65535, Hard: 65535 },
        ],
      },
    ],
    [
      'security_opt',
      { security_opt: ['seccomp=/p.json', 'no-new-privileges', 'systempaths=unconfined'] },
      {
        SecurityOpt: ['seccomp={"defaultAction":"SCMP_ACT_ALLOW"}', 'no-new-privileges'],
        MaskedPaths: [],
        ReadonlyPaths: [],
      },
    ],
    [
      'devices, CDI devices and gpus',
      {
        devices: [
          { source: '/dev/a', target: '/dev/b', permissions: 'r' },
          { source: 'vendor.com/class=one', target: 'vendor.com/class=one' },
        ],
        gpus: [{ count: -1 }],
      },
      {
        Devices: [{ PathOnHost: '/dev/a', PathInContainer: '/dev/b', CgroupPermissions: 'r' }],
        DeviceRequests: [
          { Driver: 'cdi', DeviceIDs: ['vendor.com/class=one'] },
          { Driver: '', Count: -1, Capabilities: [['gpu']] },
        ],
      },
    ],
    ['extra_hosts', { extra_hosts: ['db=10.0.0.1', 'six=::1'] }, { ExtraHosts: ['db:10.0.0.1', 'six:::1'] }],
    ['tmpfs', { tmpfs: ['/run', '/tmp:size=64m'] }, { Tmpfs: { '/run': '', '/tmp': 'size=64m' } }],
    [
      'logging',
      { logging: { driver: 'json-file', options: { 'max-size': '1m' } } },
      {
        LogConfig: { Type: 'json-file', Config: { 'max-size': '1m' } },
      },
    ],
    ['network_mode', { network_mode: 'host' }, { NetworkMode: 'host' }],
  ])('%s', (_name, service, expected) => {
    expect(host(service)).toMatchObject(expected);
  });
});

describe('mounts', () => {
  const volumes = { volumes: { data: { name: 'app_data' } } };

  it('are binds where a bind can say it, for only binds create a missing folder', () => {
    const service: Partial<Service> = {
      volumes: [
        { type: 'bind', source: '/src', target: '/a', bind: {} },
        { type: 'bind', source: '/src', target: '/b', read_only: true, bind: { selinux: 'z' } },
        { type: 'volume', source: 'data', target: '/c', volume: {} },
        { type: 'volume', source: 'data', target: '/d', read_only: true },
      ],
    };
    expect(host(service, engine28, volumes)).toMatchObject({
      Binds: ['/src:/a:rw', '/src:/b:ro,z', 'app_data:/c:rw', 'app_data:/d:ro'],
    });
  });

  it('are mount objects where only these can', () => {
    const service: Partial<Service> = {
      volumes: [
        { type: 'bind', source: '/src', target: '/a', bind: { create_host_path: false } },
        { type: 'volume', target: '/anonymous' },
        { type: 'volume', source: 'data', target: '/sub', volume: { subpath: 'x', nocopy: true } },
        { type: 'tmpfs', target: '/t', tmpfs: { size: '1024', mode: 1023 } },
        { type: 'image', source: 'busybox', target: '/i', image: { subpath: 'bin' } },
      ],
    };
    expect(host(service, engine28, volumes).Mounts).toEqual([
      { Type: 'bind', Source: '/src', Target: '/a', BindOptions: {} },
      { Type: 'volume', Target: '/anonymous' },
      { Type: 'volume', Source: 'app_data', Target: '/sub', VolumeOptions: { NoCopy: true, Subpath: 'x' } },
      { Type: 'tmpfs', Target: '/t', TmpfsOptions: { SizeBytes: 1024, Mode: 1023 } },
      { Type: 'image', Source: 'busybox', Target: '/i', ImageOptions: { Subpath: 'bin' } },
    ]);
  });

  it('of secrets and configs with a file are read-only binds', () => {
    const files = {
      secrets: { token: { name: 'app_token', file: '/app/token' } },
      configs: { settings: { name: 'app_settings', file: '/app/settings' } },
    };
    const service = { secrets: [{ source: 'token' }], configs: [{ source: 'settings', target: 'etc/s' }] };
    expect(host(service, engine28, files).Mounts).toEqual([
      { Type: 'bind', Source: '/app/token', Target: '/run/secrets/token', ReadOnly: true },
      { Type: 'bind', Source: '/app/settings', Target: '/etc/s', ReadOnly: true },
    ]);
  });
});

describe('networks', () => {
  const networks = {
    networks: { front: { name: 'app_front' }, back: { name: 'app_back' }, zero: { name: 'outside' } },
  };
  const service: Partial<Service> = {
    mac_address: '02:42:ac:11:00:01',
    networks: {
      back: { priority: 10, ipv4_address: '10.1.0.5' },
      front: { aliases: ['www'], driver_opts: { a: 'b' } },
      zero: null,
    },
  };

  it('are all given at creation by engines since API 1.44', () => {
    const { spec, connect } = specOf(service, engine28, networks);
    expect(connect).toEqual({});
    expect(host(service, engine28, networks)).toMatchObject({ NetworkMode: 'app_back' });
    expect(spec.body.NetworkingConfig).toEqual({
      EndpointsConfig: {
        app_back: {
          Aliases: ['app-web-1', 'web'],
          IPAMConfig: { IPv4Address: '10.1.0.5' },
          MacAddress: '02:42:ac:11:00:01',
        },
        app_front: { Aliases: ['app-web-1', 'web', 'www'], DriverOpts: { a: 'b' } },
        outside: { Aliases: ['app-web-1', 'web'] },
      },
    });
  });

  it('are connected one by one after creation on older engines, the MAC address on the container', () => {
    const { spec, connect } = specOf(service, engine20, networks);
    expect(Object.keys(connect)).toEqual(['app_front', 'outside']);
    expect(spec.body).toMatchObject({
      MacAddress: '02:42:ac:11:00:01',
      NetworkingConfig: {
        EndpointsConfig: {
          app_back: { Aliases: ['app-web-1', 'web'], IPAMConfig: { IPv4Address: '10.1.0.5' } },
        },
      },
    });
  });

  it('none at all is the network none', () => {
    expect(host({ networks: {} })).toMatchObject({ NetworkMode: 'none' });
  });
});

describe('an engine that is too old', () => {
  it.each<readonly [Partial<Service>, string]>([
    [{ annotations: { a: 'b' } }, 'services.web.annotations requires Docker Engine v24 or later'],
    [
      { volumes: [{ type: 'volume', source: 'v', target: '/v', volume: { subpath: 's' } }] },
      'services.web.volumes (/v): volume.subpath requires Docker Engine v26 or later',
    ],
    [
      { volumes: [{ type: 'bind', source: '/s', target: '/v', bind: { recursive: 'readonly' } }] },
      'services.web.volumes (/v): bind.recursive: readonly requires Docker Engine v25 or later',
    ],
    [
      { networks: { default: { interface_name: 'eth9' } } },
      'services.web.networks.default.interface_name requires Docker Engine v28.1 or later',
    ],
    [
      { networks: { default: { gw_priority: 1 } } },
      'services.web.networks.default.gw_priority requires Docker Engine v28 or later',
    ],
  ])('refuses %j', (service, message) => {
    expect(refusal(service, engine20)).toBe(`unsupported: ${message}; this engine is 20.10.24 (API 1.41)`);
    expect(refusal(service, engine28)).toBe('accepted');
  });

  it('uses a bind where a mount object could not create the folder', () => {
    const service: Partial<Service> = {
      volumes: [{ type: 'bind', source: '/s', target: '/v', bind: { propagation: 'rshared' } }],
    };
    expect(host(service, engine20)).toMatchObject({ Binds: ['/s:/v:rw,rshared'] });
    expect(host(service, engine28)).toMatchObject({
      Mounts: [{ Type: 'bind', BindOptions: { Propagation: 'rshared', CreateMountpoint: true } }],
    });
  });

  it('is warned about where something is done another way', () => {
    const service = { healthcheck: { start_period: '1s', start_interval: '1s' } };
    expect(specOf(service, engine20).warnings.map((each) => formatMessage(each))).toEqual([
      expect.stringContaining('start_interval needs Docker Engine v25'),
    ]);
    expect(specOf(service, engine28).warnings).toEqual([]);
  });
});

it('describes a network, told to refuse a second of its name where engines would not', () => {
  const network = {
    name: 'app_back',
    driver: 'bridge',
    internal: true,
    enable_ipv6: true,
    ipam: { config: [{ subnet: '10.1.0.0/16', aux_addresses: { host: '10.1.0.2' } }] },
    labels: { mine: 'x' },
  };
  const spec = {
    Name: 'app_back',
    Driver: 'bridge',
    Internal: true,
    Attachable: false,
    EnableIPv6: true,
    IPAM: { Driver: '', Config: [{ Subnet: '10.1.0.0/16', AuxiliaryAddresses: { host: '10.1.0.2' } }] },
    Labels: {
      mine: 'x',
      'com.docker.compose.network': 'back',
      'com.docker.compose.project': 'app',
      'com.docker.compose.version': '5.0.0',
      'com.docker.compose.config-hash': 'hash',
    },
  };
  expect(networkSpec('app', 'back', network, 'hash', engine28)).toEqual(spec);
  expect(networkSpec('app', 'back', network, 'hash', engine20)).toEqual({ ...spec, CheckDuplicate: true });
});

it('describes a volume', () => {
  expect(volumeSpec('app', 'data', { name: 'app_data', driver_opts: { o: 'ro' } }, 'hash')).toEqual({
    Name: 'app_data',
    DriverOpts: { o: 'ro' },
    Labels: {
      'com.docker.compose.volume': 'data',
      'com.docker.compose.project': 'app',
      'com.docker.compose.version': '5.0.0',
      'com.docker.compose.config-hash': 'hash',
    },
  });
});

describe('the input of a container', () => {
  const attached = { attachStdin: true, autoRemove: true, useAliases: false };

  it.each([
    [
      'of a service stays open when a client leaves',
      true,
      undefined,
      { OpenStdin: true, StdinOnce: false, AttachStdin: false },
    ],
    [
      'of a one-off container closes with its client',
      true,
      attached,
      { OpenStdin: true, StdinOnce: true, AttachStdin: true },
    ],
    [
      'that nobody attaches to stays open',
      true,
      { ...attached, attachStdin: false },
      { OpenStdin: true, StdinOnce: false, AttachStdin: false },
    ],
    [
      'that has none is not closed',
      false,
      attached,
      { OpenStdin: false, StdinOnce: false, AttachStdin: true },
    ],
  ])('%s', (_what, open, oneOff, expected) => {
    expect(specOf({ stdin_open: open }, engine28, {}, oneOff).spec.body).toMatchObject(expected);
  });
});
