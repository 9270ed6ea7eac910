import { describe, expect, it } from 'vitest';
import { type ObservedSwarm, toSwarm } from '#engine/swarm/observe-swarm.ts';
import type { ServiceObject, TaskObject } from '#engine/api/swarm-calls.ts';
import { swarmChildren, swarmLook, swarmParent } from '../../../client/src/swarm/swarm-tree.ts';
import { isSwarmRow } from '../../../client/src/swarm/swarm-row.ts';
import { Since } from '../../../client/src/tree/since.ts';
import { type TreeRow, TreeRows } from '../../../client/src/tree/tree-row.ts';
import { english } from '../translate.ts';

const now = Date.parse('2030-01-01T00:05:00Z');
const view = { t: english, since: new Since(), now, connected: true };

function service(name: string, replicas: number, change: Partial<ServiceObject> = {}): ServiceObject {
  const [stack = ''] = name.includes('_') ? name.split('_') : [];
  return {
    ID: name,
    Version: { Index: 1 },
    Spec: {
      Name: name,
      Labels: stack === '' ? {} : { 'com.docker.stack.namespace': stack },
      Mode: { Replicated: { Replicas: replicas } },
      TaskTemplate: { ContainerSpec: { Image: 'nginx:1@sha256:0123' } },
    },
    ServiceStatus: { RunningTasks: replicas, DesiredTasks: replicas },
    ...change,
  } as ServiceObject;
}

function task(
  of: string,
  slot: number,
  state: string,
  error = '',
  created = '2030-01-01T00:00:00Z',
): TaskObject {
  return {
    ID: `${of}.${slot}.${created}`,
    Version: { Index: 1 },
    ServiceID: of,
    NodeID: 'n1',
    Slot: slot,
    CreatedAt: created,
    DesiredState: state === 'running' ? 'running' : 'ready',
    Status: { State: state, Timestamp: created, ...(error !== '' && { Err: error }) },
  } as TaskObject;
}

function draw(swarm: ObservedSwarm): readonly string[] {
  const rows = new TreeRows();
  const below = (row: TreeRow, indent: number): readonly string[] => {
    if (!isSwarmRow(row)) throw new Error(`not of a swarm: ${row.kind}`);
    const look = swarmLook(row, swarm, view);
    const children = swarmChildren(row, swarm, rows);
    for (const child of children) if (isSwarmRow(child)) expect(swarmParent(child, swarm, rows)).toBe(row);
    return [
      `${' '.repeat(indent)}${look?.label} · ${look?.description} [${look?.context}]`,
      ...children.flatMap((child) => below(child, indent + 2)),
    ];
  };
  return below(rows.get({ kind: 'swarm' }), 0);
}

const nodes = [
  { ID: 'n1', Version: { Index: 1 }, Description: { Hostname: 'one' }, Status: { State: 'ready' } },
];

describe('a swarm in the tree', () => {
  it('is stacks, services and tasks: how many run, on which node, since when, and what is wrong', () => {
    const swarm = toSwarm(
      nodes as never,
      [
        service('shop_web', 2, {
          UpdateStatus: { State: 'updating' },
          PreviousSpec: service('shop_web', 1).Spec,
          Endpoint: {
            Ports: [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode: 'ingress' }],
          },
        } as Partial<ServiceObject>),
        service('shop_db', 1, { ServiceStatus: { RunningTasks: 0, DesiredTasks: 1 } }),
        service('alone', 1),
      ],
      [
        task('shop_web', 1, 'running'),
        task('shop_web', 2, 'starting', '', '2030-01-01T00:04:50Z'),
        task('shop_db', 1, 'failed', 'task: non-zero exit (1)', '2030-01-01T00:04:00Z'),
        task('shop_db', 1, 'preparing', '', '2030-01-01T00:04:55Z'),
      ],
    );
    expect(draw(swarm)).toEqual([
      'Swarm · 1 node [swarm]',
      '  shop · 1/2 running [swarm-stack]',
      '    db · 0/1 running · nginx:1 [swarm-service scalable]',
      '      db.1 · preparing · task: non-zero exit (1) · one · 5 s [swarm-task]',
      '    web · 2/2 running · updating · nginx:1 · :8080 [swarm-service scalable changed]',
      '      web.1 · running · one · 5 min [swarm-task]',
      '      web.2 · starting · one · 10 s [swarm-task]',
      '  alone · 1/1 running · nginx:1 [swarm-service scalable]',
    ]);
  });

  it('says which nodes are down', () => {
    const down = [
      ...nodes,
      { ...nodes[0], ID: 'n2', Description: { Hostname: 'two' }, Status: { State: 'down' } },
    ];
    const swarm = toSwarm(down as never, [], []);
    const root = swarmLook({ kind: 'swarm', id: 'swarm' }, swarm, view);
    expect(root).toMatchObject({ description: '1/2 nodes ready', tooltip: 'one\ntwo (down)' });
  });

  it('is nothing where there is none', () => {
    expect(swarmLook({ kind: 'swarm', id: 'swarm' }, undefined, view)).toBeUndefined();
  });
});
