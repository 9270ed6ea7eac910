import { describe, expect, it } from 'vitest';
import type { Service } from '#compose/model/project.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import { serviceSpec } from '#engine/swarm/service-spec.ts';
import { load } from '../world.ts';

function specOf(service: Partial<Service>) {
  const { project } = load({
    services: { web: service },
    networks: { default: { name: 'demo_default' }, back: { name: 'demo_back' } },
    volumes: {
      data: { name: 'demo_data', labels: { mine: 'x' } },
      theirs: { name: 'theirs', external: true },
    },
    secrets: { pw: { name: 'demo_pw' }, key: { name: 'a_key' } },
    configs: { conf: { name: 'demo_conf' } },
  });
  const { web } = project.services;
  if (web === undefined) throw new Error('no service');
  return serviceSpec(project, 'demo', 'web', web);
}

const refusal = (service: Partial<Service>) => {
  try {
    specOf(service);
  } catch (error) {
    if (error instanceof EngineError) return `${error.kind}: ${error.message}`;
    throw error;
  }
  return 'accepted';
};

it('names and labels a service as docker stack does', () => {
  expect(
    specOf({ image: 'nginx:1', deploy: { labels: { of: 'service' } }, labels: { of: 'container' } }),
  ).toEqual({
    Name: 'demo_web',
    Labels: { of: 'service', 'com.docker.stack.image': 'nginx:1', 'com.docker.stack.namespace': 'demo' },
    TaskTemplate: {
      ContainerSpec: {
        Image: 'nginx:1',
        Labels: { of: 'container', 'com.docker.stack.namespace': 'demo' },
        Env: [],
        Privileges: {},
      },
      Resources: {},
      Networks: [{ Target: 'demo_default', Aliases: ['web'] }],
    },
    Mode: { Replicated: {} },
    EndpointSpec: {},
  });
});

describe('deploy', () => {
  it.each<[string, Partial<Service>, object]>([
    ['replicas', { deploy: { replicas: 3 } }, { Mode: { Replicated: { Replicas: 3 } } }],
    ['scale', { scale: 2 }, { Mode: { Replicated: { Replicas: 2 } } }],
    ['global', { deploy: { mode: 'global' } }, { Mode: { Global: {} } }],
    [
      'replicated-job',
      { deploy: { mode: 'replicated-job', replicas: 4 } },
      { Mode: { ReplicatedJob: { MaxConcurrent: 4, TotalCompletions: 4 } } },
    ],
    ['global-job', { deploy: { mode: 'global-job' } }, { Mode: { GlobalJob: {} } }],
    [
      'update_config',
      {
        deploy: {
          update_config: {
            delay: '10s',
            failure_action: 'rollback',
            monitor: '1m0s',
            max_failure_ratio: 0.5,
            order: 'start-first',
          },
          rollback_config: { parallelism: 0 },
        },
      },
      {
        UpdateConfig: {
          Parallelism: 1,
          Delay: 10e9,
          FailureAction: 'rollback',
          Monitor: 60e9,
          MaxFailureRatio: 0.5,
          Order: 'start-first',
        },
        RollbackConfig: { Parallelism: 0 },
      },
    ],
    ['endpoint_mode', { deploy: { endpoint_mode: 'dnsrr' } }, { EndpointSpec: { Mode: 'dnsrr' } }],
    [
      'ports, by published port',
      {
        ports: [
          { target: 443, published: '8443', mode: 'host' },
          { target: 53, protocol: 'udp' },
        ],
      },
      {
        EndpointSpec: {
          Ports: [
            { Protocol: 'udp', TargetPort: 53, PublishMode: 'ingress' },
            { Protocol: 'tcp', TargetPort: 443, PublishedPort: 8443, PublishMode: 'host' },
          ],
        },
      },
    ],
  ])('%s', (_name, service, expected) => {
    expect(specOf(service)).toMatchObject(expected);
  });

  it.each<[string, Partial<Service>, object]>([
    [
      'resources',
      {
        deploy: {
          resources: {
            limits: { cpus: 0.5, memory: '1048576', pids: 10 },
            reservations: {
              cpus: 0.1,
              generic_resources: [{ discrete_resource_spec: { kind: 'gpu', value: 2 } }],
            },
          },
        },
      },
      {
        Resources: {
          Limits: { NanoCPUs: 5e8, MemoryBytes: 1048576, Pids: 10 },
          Reservations: {
            NanoCPUs: 1e8,
            GenericResources: [{ DiscreteResourceSpec: { Kind: 'gpu', Value: 2 } }],
          },
        },
      },
    ],
    [
      'restart_policy, over restart',
      {
        restart: 'always',
        deploy: { restart_policy: { condition: 'on-failure', delay: '5s', max_attempts: 3, window: '2m0s' } },
      },
      { RestartPolicy: { Condition: 'on-failure', Delay: 5e9, MaxAttempts: 3, Window: 120e9 } },
    ],
    ['restart', { restart: 'unless-stopped' }, { RestartPolicy: { Condition: 'any' } }],
    [
      'restart with a count',
      { restart: 'on-failure:3' },
      { RestartPolicy: { Condition: 'on-failure', MaxAttempts: 3 } },
    ],
    [
      'placement',
      {
        deploy: {
          placement: {
            constraints: ['node.role == manager'],
            preferences: [{ spread: 'node.labels.zone' }],
            max_replicas_per_node: 2,
          },
        },
      },
      {
        Placement: {
          Constraints: ['node.role == manager'],
          Preferences: [{ Spread: { SpreadDescriptor: 'node.labels.zone' } }],
          MaxReplicas: 2,
        },
      },
    ],
    [
      'networks, by name',
      { networks: { default: null, back: { aliases: ['db'], driver_opts: { a: 'b' } } } },
      {
        Networks: [
          { Target: 'demo_back', Aliases: ['db', 'web'], DriverOpts: { a: 'b' } },
          { Target: 'demo_default', Aliases: ['web'] },
        ],
      },
    ],
    [
      'logging',
      { logging: { driver: 'json-file', options: { 'max-size': '1m' } } },
      { LogDriver: { Name: 'json-file', Options: { 'max-size': '1m' } } },
    ],
  ])('%s', (_name, service, expected) => {
    expect(specOf(service).TaskTemplate).toMatchObject(expected);
  });
});

describe('the container', () => {
  it.each<[string, Partial<Service>, object]>([
    [
      'entrypoint and command',
      { entrypoint: ['sh'], command: ['-c', 'true'] },
      { Command: ['sh'], Args: ['-c', 'true'] },
    ],
    ['environment, sorted', { environment: { B: '2', A: null } }, { Env: ['A', 'B=2'] }],
    [
      'secrets and configs, by name',
      {
        secrets: [
          { source: 'pw', target: '/run/secrets/password' },
          { source: 'key', uid: '100', mode: '0400' },
        ],
        configs: [{ source: 'conf', target: '/etc/app.conf' }],
      },
      {
        Secrets: [
          { File: { Name: 'key', UID: '100', GID: '0', Mode: 0o400 }, SecretName: 'a_key' },
          { File: { Name: 'password', UID: '0', GID: '0', Mode: 0o444 }, SecretName: 'demo_pw' },
        ],
        Configs: [
          { File: { Name: '/etc/app.conf', UID: '0', GID: '0', Mode: 0o444 }, ConfigName: 'demo_conf' },
        ],
      },
    ],
    [
      'mounts',
      {
        volumes: [
          { type: 'volume', source: 'data', target: '/data', volume: { nocopy: true } },
          { type: 'volume', source: 'theirs', target: '/theirs', read_only: true },
          { type: 'bind', source: '/srv', target: '/srv', bind: { propagation: 'rslave' } },
        ],
        tmpfs: ['/run:size=64m,mode=1777'],
      },
      {
        Mounts: [
          {
            Type: 'volume',
            Source: 'demo_data',
            Target: '/data',
            VolumeOptions: { NoCopy: true, Labels: { mine: 'x', 'com.docker.stack.namespace': 'demo' } },
          },
          { Type: 'volume', Source: 'theirs', Target: '/theirs', ReadOnly: true, VolumeOptions: {} },
          { Type: 'bind', Source: '/srv', Target: '/srv', BindOptions: { Propagation: 'rslave' } },
        ],
      },
    ],
    [
      'capabilities and hosts',
      { cap_add: ['net_admin', 'ALL'], extra_hosts: ['a=10.0.0.1', 'b=[::1]'] },
      { CapabilityAdd: ['ALL'], Hosts: ['10.0.0.1 a', '::1 b'] },
    ],
    [
      'capabilities once each, and those added not dropped',
      { cap_add: ['sys_time', 'NET_ADMIN', 'CAP_NET_ADMIN'], cap_drop: ['NET_ADMIN', 'CHOWN'] },
      { CapabilityAdd: ['CAP_NET_ADMIN', 'CAP_SYS_TIME'], CapabilityDrop: ['CAP_CHOWN'] },
    ],
    [
      'a volume without a name',
      { volumes: [{ type: 'volume', target: '/v' }] },
      { Mounts: [{ Type: 'volume', Target: '/v' }] },
    ],
    [
      'credentials in a config, which no container sees',
      { credential_spec: { config: 'conf' }, configs: [{ source: 'conf' }] },
      {
        Configs: [
          { File: { Name: 'conf', UID: '0', GID: '0', Mode: 0o444 }, ConfigName: 'demo_conf' },
          { Runtime: {}, ConfigName: 'demo_conf' },
        ],
        Privileges: { CredentialSpec: { Config: 'demo_conf' } },
      },
    ],
    ['stop_grace_period', { stop_grace_period: '1m30s' }, { StopGracePeriod: 90e9 }],
  ])('%s', (_name, service, expected) => {
    expect(specOf(service).TaskTemplate.ContainerSpec).toMatchObject(expected);
  });
});

it.each<[string, Partial<Service>, string]>([
  [
    'no image',
    { image: '' },
    'invalid: services.web has no image: Swarm does not build. Build and push it, and name it with "image".',
  ],
  [
    'global with replicas',
    { deploy: { mode: 'global', replicas: 2 } },
    'invalid: services.web: mode global runs one task on each node; remove "replicas", or use mode replicated.',
  ],
  [
    'an unknown mode',
    { deploy: { mode: 'many' } },
    'invalid: services.web.deploy.mode: Swarm has no mode "many".',
  ],
  [
    'a range of ports',
    { ports: [{ target: 80, published: '8000-8010' }] },
    'invalid: services.web.ports: Swarm publishes 80 on one port, not on a range (8000-8010).',
  ],
])('refuses %s', (_name, service, expected) => {
  expect(refusal(service)).toBe(expected);
});

it.each<[string, Partial<Service>]>([
  ['network_mode', { network_mode: 'host' }],
  ['no network', {}],
])('joins the network of the stack with %s', (_name, service) => {
  const { project } = load({ services: { web: { image: 'nginx', ...service } } });
  const { web } = project.services;
  if (web === undefined) throw new Error('no service');
  const spec = serviceSpec({ ...project, networks: {} }, 'demo', 'web', { ...web, networks: {} });
  expect(spec.TaskTemplate.Networks).toEqual([{ Target: 'demo_default', Aliases: ['web'] }]);
});

it('gives anonymous volumes no options, and leaves out what docker stack deploy leaves out', () => {
  const { ContainerSpec } = specOf({
    image: 'nginx',
    volumes: [{ type: 'volume', target: '/v', volume: {} }],
    tmpfs: ['/run'],
    oom_score_adj: 5,
  }).TaskTemplate;
  expect(ContainerSpec?.Mounts).toEqual([{ Type: 'volume', Target: '/v' }]);
  expect(ContainerSpec).not.toHaveProperty('OomScoreAdj');
});
