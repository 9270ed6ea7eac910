import { expect, it } from 'vitest';
import { edited, type ServiceEdit } from '#engine/swarm/edit-service.ts';

const spec = {
  Name: 'web',
  Labels: { a: '1' },
  TaskTemplate: {
    ContainerSpec: { Image: 'x', Env: ['A=1', 'B=2', 'C'] },
    Placement: { Constraints: ['x==1'], MaxReplicas: 2 },
    Resources: { Limits: { NanoCPUs: 5, MemoryBytes: 6 } },
  },
  UpdateConfig: { Parallelism: 3 },
  EndpointSpec: { Mode: 'vip', Ports: [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080 }] },
};

it('an edit of nothing changes nothing', () => {
  expect(edited(spec, {})).toEqual(spec);
});

it.each<[string, ServiceEdit, object]>([
  [
    'environment',
    { environment: { add: ['A=9', 'D=4'], remove: ['B', 'C'] } },
    { TaskTemplate: { ContainerSpec: { Image: 'x', Env: ['A=9', 'D=4'] } } },
  ],
  ['labels', { labels: { add: { b: '' }, remove: ['a'] } }, { Labels: { b: '' } }],
  [
    'constraints beside the rest of the placement',
    { constraints: { add: ['a==1'], remove: [] } },
    { TaskTemplate: { Placement: { Constraints: ['a==1', 'x==1'], MaxReplicas: 2 } } },
  ],
  [
    'a limit beside the others',
    { limits: { NanoCPUs: 0 } },
    { TaskTemplate: { Resources: { Limits: { NanoCPUs: 0, MemoryBytes: 6 } } } },
  ],
  ['the update beside the rest', { update: { Delay: 7 } }, { UpdateConfig: { Parallelism: 3, Delay: 7 } }],
  [
    'the rollback, where there was none',
    { rollback: { Parallelism: 0 } },
    { RollbackConfig: { Parallelism: 0, Monitor: 5e9, FailureAction: 'pause', Order: 'stop-first' } },
  ],
  [
    'ports, by their target and protocol',
    { ports: { add: [{ Protocol: 'udp', TargetPort: 80 }], remove: [{ TargetPort: 80 }] } },
    { EndpointSpec: { Mode: 'vip', Ports: [{ Protocol: 'udp', TargetPort: 80 }] } },
  ],
])('%s', (_name, edit, expected) => {
  expect(edited(spec, edit)).toMatchObject(expected);
});
