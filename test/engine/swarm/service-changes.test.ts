import { expect, it } from 'vitest';
import type { ServiceSpec } from '#engine/api/swarm-calls.ts';
import { serviceChanges } from '#engine/swarm/service-changes.ts';

/** As a deploy asks for it. */
const asked = (container: object = {}, task: object = {}, more: object = {}): ServiceSpec => ({
  Name: 'shop_web',
  Labels: { 'com.docker.stack.image': 'nginx:1' },
  TaskTemplate: {
    ContainerSpec: { Image: 'nginx:1', Env: ['A=b'], Privileges: {}, ...container },
    Resources: {},
    Networks: [{ Target: 'shop_default', Aliases: ['web'] }],
    ...task,
  },
  Mode: { Replicated: {} },
  EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 8080, Protocol: 'tcp', PublishMode: 'ingress' }] },
  ...more,
});

/** The same as an engine tells it. */
const stored: ServiceSpec = {
  Name: 'shop_web',
  Labels: { 'com.docker.stack.image': 'nginx:1' },
  TaskTemplate: {
    ContainerSpec: {
      Image: `nginx:1@sha256:${'0'.repeat(64)}`,
      Env: ['A=b'],
      DNSConfig: {},
      Isolation: 'default',
      StopGracePeriod: 10e9,
      Privileges: { CredentialSpec: null, NoNewPrivileges: false, SELinuxContext: null },
    },
    ForceUpdate: 3,
    Networks: [{ Target: 'id1', Aliases: ['web'] }],
    Placement: { Platforms: [{ OS: 'linux' }] },
    Resources: {},
    RestartPolicy: { Condition: 'any', Delay: 5e9, MaxAttempts: 0 },
    Runtime: 'container',
  },
  Mode: { Replicated: { Replicas: 1 } },
  RollbackConfig: {
    FailureAction: 'pause',
    MaxFailureRatio: 0,
    Monitor: 5e9,
    Order: 'stop-first',
    Parallelism: 1,
  },
  EndpointSpec: {
    Mode: 'vip',
    Ports: [{ TargetPort: 80, PublishedPort: 8080, Protocol: 'tcp', PublishMode: 'ingress' }],
  },
};
const changes = (spec: ServiceSpec) => serviceChanges(stored, spec, { id1: 'shop_default' });

it('takes what the engine fills in for nothing new', () => {
  expect(changes(asked())).toEqual({ fields: [], replacesTasks: false });
});

it('takes what a swarm does not keep for nothing new', () => {
  const mount = { Type: 'bind', Source: '/tmp', Target: '/t' };
  const old = asked({ Mounts: [mount] });
  const next = asked({ Mounts: [{ ...mount, Consistency: 'cached' }] });
  expect(serviceChanges(old, next, {})).toEqual({ fields: [], replacesTasks: false });
});

it.each<[readonly string[], boolean, ServiceSpec]>([
  [['image'], true, asked({ Image: 'nginx:2' })],
  [['environment'], true, asked({ Env: [] })],
  [['command', 'stop_grace_period'], true, asked({ Args: ['x'], StopGracePeriod: 1e9 })],
  [['networks'], true, asked({}, { Networks: [] })],
  [['ports'], true, asked({}, {}, { EndpointSpec: {} })],
  [
    ['deploy.endpoint_mode'],
    true,
    asked({}, {}, { EndpointSpec: { ...(stored.EndpointSpec as object), Mode: 'dnsrr' } }),
  ],
  [['deploy.placement'], false, asked({}, { Placement: { Constraints: ['node.role==manager'] } })],
  [['deploy.replicas'], false, asked({}, {}, { Mode: { Replicated: { Replicas: 3 } } })],
  [['deploy.replicas'], false, asked({}, {}, { Mode: { Replicated: { Replicas: 0 } } })],
  [['deploy.labels'], false, asked({}, {}, { Labels: {} })],
  [['deploy.update_config'], false, asked({}, {}, { UpdateConfig: { Order: 'start-first' } })],
])('names %j, and that tasks are replaced: %s', (fields, replacesTasks, spec) => {
  expect(changes(spec)).toEqual({ fields, replacesTasks });
});
