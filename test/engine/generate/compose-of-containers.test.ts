import { describe, expect, it } from 'vitest';
import { printYaml } from '#compose/model/print-yaml.ts';
import type { ContainerDetails, ContainerSummary } from '#engine/api/engine-objects.ts';
import { composeOfContainers, type Generated } from '#engine/generate/compose-of-containers.ts';
import { containersNamed } from '#engine/generate/generate.ts';

const image = {
  config: {
    Env: ['PATH=/bin', 'MODE=image'],
    Cmd: ['serve'],
    Entrypoint: ['/entry'],
    Labels: { vendor: 'us' },
    ExposedPorts: { '80/tcp': {} },
    WorkingDir: '/srv',
    StopSignal: 'SIGQUIT',
    Healthcheck: { Test: ['CMD', 'ok'], Interval: 5_000_000_000 },
    Volumes: { '/cache': {} },
  },
  volumes: ['/cache'],
  tags: ['us/web:1'],
};

const usualHost = {
  LogConfig: { Type: 'json-file', Config: {} },
  NetworkMode: 'bridge',
  RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
  CgroupnsMode: 'private',
  IpcMode: 'private',
  ShmSize: 67_108_864,
  Runtime: 'runc',
  MemorySwappiness: null,
  OomKillDisable: false,
  PidsLimit: null,
  Dns: [],
};

interface Parts {
  readonly name?: string;
  readonly image?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly host?: Readonly<Record<string, unknown>>;
  readonly networks?: ContainerDetails['networks'];
}

/** As the engine has it for a container that asked for nothing, and what this one asked for. */
function container({ name = 'web', config, host, networks, image: from = 'us/web:1' }: Parts): Generated {
  const id = `0123456789ab${'0'.repeat(52)}`;
  const complete = { Hostname: id.slice(0, 12), ...image.config, ...config };
  const labels = complete.Labels as Readonly<Record<string, string>>;
  return {
    image,
    container: {
      ...{ id: name === 'web' ? id : `${id.slice(0, -3)}${name}`, name, image: from, imageId: 'sha256:1' },
      ...{ state: 'running', health: 'none', healthOutput: undefined, exitCode: 0, error: '' },
      ...{ startedAt: 0, finishedAt: undefined, restartCount: 0, tty: false, hasHealthcheck: true },
      ...{ labels, env: [], mounts: [] },
      config: complete,
      hostConfig: { ...usualHost, ...host },
      networks: networks ?? { bridge: { networkId: 'b', aliases: [], ipAddress: '172.17.0.2' } },
    },
  };
}

const text = (...parts: readonly Parts[]) => printYaml(composeOfContainers(parts.map(container)));
/** What one service says beside its image. */
const service = (parts: Parts) => text(parts).replace(/^services:\n {2}web:\n {4}image: us\/web:1\n/, '');

it('a container that differs in nothing is its image', () => {
  expect(text({})).toBe('services:\n  web:\n    image: us/web:1\n');
});

describe('what differs from the image is written', () => {
  it.each<[string, Parts, string]>([
    [
      'variables, with a dollar that is none of a variable',
      { config: { Env: ['MODE=x$y', 'PATH=/bin'] } },
      'environment:\n      MODE: x$$y\n',
    ],
    ['a command', { config: { Cmd: ['serve', '--fast'] } }, 'command:\n      - serve\n      - --fast\n'],
    [
      'an entrypoint, with the command that would be forgotten',
      { config: { Entrypoint: ['/other'] } },
      'entrypoint:\n      - /other\n    command:\n      - serve\n',
    ],
    [
      'no entrypoint',
      { config: { Entrypoint: null, Cmd: ['sh'] } },
      'entrypoint:\n      - ""\n    command:\n      - sh\n',
    ],
    ['no command', { config: { Cmd: null } }, 'entrypoint:\n      - /entry\n'],
    [
      'labels, but not those of Docker Compose',
      { config: { Labels: { vendor: 'us', 'com.docker.compose.version': '2', mine: 'yes' } } },
      'labels:\n      mine: "yes"\n',
    ],
    [
      'a part of a health check',
      { config: { Healthcheck: { Test: ['CMD', 'ok'], Interval: 90_000_000_000, Retries: 2 } } },
      'healthcheck:\n      interval: 1m30s\n      retries: 2\n',
    ],
    [
      'a health check that is off',
      { config: { Healthcheck: { Test: ['NONE'] } } },
      'healthcheck:\n      disable: true\n',
    ],
    [
      'user, folder and stop',
      { config: { User: '5', WorkingDir: '/', StopSignal: 'SIGINT', StopTimeout: 3 } },
      'user: "5"\n    working_dir: /\n    stop_signal: SIGINT\n    stop_grace_period: 3s\n',
    ],
    ['a host name', { config: { Hostname: 'db' } }, 'hostname: db\n'],
    [
      'ports',
      {
        config: { ExposedPorts: { '80/tcp': {}, '99/udp': {} } },
        host: {
          PortBindings: {
            '80/tcp': [
              { HostIp: '127.0.0.1', HostPort: '8080' },
              { HostIp: '::1', HostPort: '0' },
            ],
            '53/udp': [{ HostIp: '', HostPort: '53' }],
          },
        },
      },
      "ports:\n      - 53:53/udp\n      - 127.0.0.1:8080:80\n      - '[::1]::80'\n    expose:\n      - 99/udp\n",
    ],
    ['all its ports', { host: { PublishAllPorts: true } }, 'ports:\n      - "80"\n'],
    [
      'limits, as people write them',
      { host: { Memory: 536_870_912, MemorySwap: 1_073_741_824, NanoCpus: 1_500_000_000, PidsLimit: 50 } },
      'cpus: 1.5\n    mem_limit: 512m\n    pids_limit: 50\n',
    ],
    [
      'what is allowed',
      { host: { Privileged: true, SecurityOpt: ['label=disable'], CapAdd: ['CAP_NET_ADMIN'] } },
      'privileged: true\n    cap_add:\n      - NET_ADMIN\n',
    ],
    [
      'restart and logging',
      {
        host: {
          RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
          LogConfig: { Type: 'local', Config: {} },
        },
      },
      'restart: on-failure:3\n    logging:\n      driver: local\n',
    ],
    ['hosts, IPv6 too', { host: { ExtraHosts: ['a:::1'] } }, 'extra_hosts:\n      - a=::1\n'],
    ['a network of its own kind', { host: { NetworkMode: 'host' } }, 'network_mode: host\n'],
  ])('%s', (_what, parts, expected) => {
    expect(service(parts)).toBe(`    ${expected}`);
  });
});

it('mounts are as they were asked for; volumes of the image and names of the engine are left out', () => {
  const anonymous = 'a'.repeat(64);
  const file = text({
    host: {
      Binds: ['data:/data:rw', '/src:/src:ro', `${anonymous}:/cache`, `${anonymous}:/own`],
      Mounts: [
        { Type: 'bind', Source: '/keys/token', Target: '/run/secrets/token', ReadOnly: true },
        { Type: 'volume', Source: 'logs', Target: '/logs', VolumeOptions: { NoCopy: true } },
        { Type: 'tmpfs', Target: '/tmp', TmpfsOptions: { SizeBytes: 1024 } },
      ],
      Tmpfs: { '/run': 'size=1m', '/x': '' },
    },
    config: { Volumes: { '/cache': {}, '/more': {} } },
  });
  expect(file).toBe(`services:
  web:
    image: us/web:1
    volumes:
      - data:/data
      - /src:/src:ro
      - type: volume
        source: logs
        target: /logs
        volume:
          nocopy: true
      - type: tmpfs
        target: /tmp
        tmpfs:
          size: 1024
      - /more
      - /own
    tmpfs:
      - /run:size=1m
      - /x
    secrets:
      - token
volumes:
  data:
    external: true
  logs:
    external: true
secrets:
  token:
    file: /keys/token
`);
});

it('networks are those that are there, with the names and addresses that were asked for', () => {
  const file = text({
    networks: {
      back: {
        ...{ networkId: 'n', ipAddress: '10.0.0.5', aliases: ['web', 'api', '0123456789ab'] },
        fixedAddresses: { ipv4: '10.0.0.5', ipv6: '' },
      },
      front: { networkId: 'f', ipAddress: '10.1.0.2', aliases: ['web'] },
    },
  });
  expect(file).toContain(
    '    networks:\n      back:\n        aliases:\n          - api\n        ipv4_address: 10.0.0.5\n      front: null\nnetworks:\n',
  );
  expect(file).toContain('networks:\n  back:\n    external: true\n  front:\n    external: true\n');
});

it('containers of one service are one service, and share a network by its name', () => {
  const Labels = { vendor: 'us', 'com.docker.compose.service': 'api' };
  const id = container({}).container.id;
  const file = text(
    { config: { Labels } },
    { name: 'api-2', config: { Labels } },
    { name: 'side', host: { NetworkMode: `container:${id}` } },
  );
  expect(file).toBe(
    'services:\n  api:\n    image: us/web:1\n    scale: 2\n  side:\n    image: us/web:1\n    network_mode: service:api\n',
  );
});

it('an image that was named by its id has the name it is known by', () => {
  expect(text({ image: 'sha256:0123456789ab' })).toContain('image: us/web:1');
});

describe('containers are found', () => {
  const all = ['web', 'my-web-1', 'my-web-2', 'db'].map(
    (name, at) => ({ name, id: `${at}abc${'0'.repeat(60)}` }) as ContainerSummary,
  );
  const found = (...words: readonly string[]) => containersNamed(all, words).map(({ name }) => name);
  it('by their whole name first, then by a part of it, and by their id', () => {
    expect(found('web')).toEqual(['web']);
    expect(found('my-web')).toEqual(['my-web-1', 'my-web-2']);
    expect(found('3abc', 'db')).toEqual(['db']);
  });
  it('or refused by name', () => {
    expect(() => found('db', 'nobody')).toThrow('no container(s) found with the following name(s): nobody');
  });
});
