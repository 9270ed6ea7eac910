import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dockerodeEngine } from '#engine/api/dockerode/dockerode-engine.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { Transport } from '#engine/api/transport/transport.ts';
import { fc } from '../../../property.ts';
import { engine28 } from '../../world.ts';

const { signal } = new AbortController();
const all = { labels: [], all: true };

/** Whoever answers on this machine in place of an engine: with this JSON, whatever is asked. */
let answer = 'null';
const server = createServer((request, response) => {
  request.resume();
  response.setHeader('Content-Type', 'application/json');
  response.end(answer);
});
let engine: EnginePort;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const transport = await Transport.to({ kind: 'tcp', host: '127.0.0.1', port, tls: undefined });
  engine = await dockerodeEngine(
    transport,
    engine28,
    async () => undefined,
    async () => ({}),
  );
});
afterAll(async () => {
  engine.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

const mount = { Type: 'volume', Name: 'v', Source: '/s', Destination: '/d', RW: true };
const network = {
  Id: 'n',
  Name: 'n',
  Driver: 'bridge',
  Scope: 'local',
  Labels: { a: 'b' },
  Containers: { c: {} },
};
const volume = { Name: 'v', Driver: 'local', Mountpoint: '/m', Labels: { a: 'b' } };
const versioned = { ID: 'x', Version: { Index: 1 } };
const spec = { Name: 's', Labels: { a: 'b' }, TaskTemplate: { ContainerSpec: { Image: 'i', Labels: {} } } };

/** A call, and an answer that an engine could give. */
const calls: readonly (readonly [string, (engine: EnginePort) => Promise<unknown>, unknown])[] = [
  [
    'GET /containers/json',
    (e) => e.listContainers(all, signal),
    [
      {
        Id: 'c',
        Names: ['/a'],
        Image: 'i',
        Created: 1,
        State: 'running',
        Status: 'Up',
        Labels: { a: 'b' },
        Ports: [{ IP: '::', PublicPort: 80, PrivatePort: 80, Type: 'tcp' }],
        NetworkSettings: { Networks: { n: { NetworkID: 'n' } } },
        Mounts: [mount],
      },
    ],
  ],
  [
    'GET /containers/c/json',
    (e) => e.inspectContainer('c', signal),
    {
      Id: 'c',
      Name: '/a',
      Image: 'i',
      RestartCount: 0,
      State: {
        Status: 'running',
        ExitCode: 0,
        StartedAt: '',
        Health: { Status: 'healthy', Log: [{ Output: 'o' }] },
      },
      Config: { Image: 'i', Tty: false, Labels: { a: 'b' }, Env: ['A=b'], Healthcheck: { Test: ['CMD'] } },
      HostConfig: {},
      NetworkSettings: { Networks: { n: { NetworkID: 'n', Aliases: ['a'], IPAddress: '1' } } },
      Mounts: [mount],
    },
  ],
  [
    'GET /containers/c/top',
    (e) => e.topContainer('c', undefined, signal),
    { Titles: ['a'], Processes: [['b']] },
  ],
  [
    'POST /containers/create',
    (e) => e.createContainer({ name: 'a', body: {} }, signal),
    { Id: 'c', Warnings: ['w'] },
  ],
  ['POST /containers/c/wait', (e) => e.waitContainer('c', signal), { StatusCode: 1 }],
  [
    'POST /containers/c/exec',
    (e) => e.createExec('c', { command: ['a'], tty: false, stdin: false }, signal),
    { Id: 'x' },
  ],
  ['GET /exec/x/json', (e) => e.inspectExec('x', signal), { Running: false, ExitCode: 0 }],
  ['POST /commit', (e) => e.commitContainer('c', { pause: false }, signal), { Id: 'i' }],
  ['GET /networks', (e) => e.listNetworks(all, signal), [network]],
  ['GET /networks/n', (e) => e.inspectNetwork('n', signal), network],
  ['POST /networks/create', (e) => e.createNetwork({ Name: 'n' }, signal), { Id: 'n' }],
  ['GET /volumes', (e) => e.listVolumes(all, signal), { Volumes: [volume] }],
  ['GET /volumes/v', (e) => e.inspectVolume('v', signal), volume],
  ['POST /volumes/create', (e) => e.createVolume({ Name: 'v' }, signal), volume],
  [
    'GET /images/json',
    (e) => e.listImages(all, signal),
    [{ Id: 'i', Labels: { a: 'b' }, RepoTags: ['a:b'], RepoDigests: ['a@b'] }],
  ],
  [
    'GET /images/i/json',
    (e) => e.inspectImage('i', signal),
    {
      Id: 'i',
      Os: 'linux',
      RepoTags: ['a:b'],
      Config: { Volumes: { '/v': {} }, Healthcheck: { Test: ['CMD'] } },
      Manifests: [{ ID: 'm', Kind: 'image', Available: true, ImageData: { Platform: { os: 'linux' } } }],
    },
  ],
  [
    'GET /distribution/i/json',
    (e) => e.inspectRemoteImage('i', signal),
    { Descriptor: { digest: 'd' }, Platforms: [{ os: 'linux', architecture: 'amd64' }] },
  ],
  [
    'POST /containers/prune',
    (e) => e.prune('containers', signal),
    { ContainersDeleted: ['c'], SpaceReclaimed: 1 },
  ],
  [
    'POST /images/prune',
    (e) => e.prune('images', signal),
    { ImagesDeleted: [{ Untagged: 'a' }], SpaceReclaimed: 1 },
  ],
  ['GET /version', (e) => e.architecture(signal), { Arch: 'amd64' }],
  [
    'GET /info',
    (e) => e.inspectSwarmMembership(signal),
    { Swarm: { LocalNodeState: 'active', NodeID: 'n', RemoteManagers: [{ NodeID: 'n', Addr: 'a' }] } },
  ],
  [
    'GET /swarm',
    (e) => e.getJoinTokens(signal),
    { Version: { Index: 1 }, Spec: {}, JoinTokens: { Worker: 'w', Manager: 'm' } },
  ],
  ['GET /nodes', (e) => e.listSwarmNodes(signal), [{ ...versioned, Spec: { Role: 'worker' } }]],
  ['GET /services', (e) => e.listServices({}, signal), [{ ...versioned, Spec: spec }]],
  ['GET /services/s', (e) => e.inspectService('s', signal), { ...versioned, Spec: spec }],
  [
    'GET /tasks',
    (e) => e.listTasks({}, signal),
    [{ ...versioned, ServiceID: 's', DesiredState: 'running', Status: { State: 'running' } }],
  ],
  ['GET /secrets', (e) => e.listSwarmFiles('secret', {}, signal), [{ ...versioned, Spec: { Name: 'a' } }]],
];

/** Every way down to a value of an answer. */
function waysInto(
  value: unknown,
  way: readonly (string | number)[] = [],
): readonly (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [way];
  const children = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [way, ...children.flatMap(([key, child]) => waysInto(child, [...way, key]))];
}

function withValueAt(value: unknown, [first, ...rest]: readonly (string | number)[], put: unknown): unknown {
  if (first === undefined) return put;
  if (Array.isArray(value))
    return value.map((each, at) => (at === first ? withValueAt(each, rest, put) : each));
  const entries = Object.entries(value as object);
  return Object.fromEntries(
    entries.map(([key, each]) => [key, key === first ? withValueAt(each, rest, put) : each]),
  );
}

describe.each(calls)('%s', (name, make, good) => {
  it('is read', async () => {
    answer = JSON.stringify(good);
    await expect(make(engine)).resolves.not.toThrow();
  });

  it('with values of any other kind is read, or refused by its name', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...waysInto(good)),
        fc.constantFrom<unknown>(null, 0, 1.5, 'text', true, [], [null], [1], {}, { a: null }, { a: 1 }, [
          [],
        ]),
        async (way, wrong) => {
          answer = JSON.stringify(withValueAt(good, way, wrong));
          const error: unknown = await make(engine).then(
            () => undefined,
            (reason: unknown) => reason,
          );
          if (error === undefined) return;
          expect(error).toBeInstanceOf(EngineError);
          expect(String(error)).toContain(`answered "${name}" with a response that cannot be read: $`);
        },
      ),
      { numRuns: 60 },
    );
  });
});

it('says where a value is of the wrong kind, and of which', async () => {
  answer = '[{"Id": "a", "Names": 5}]';
  await expect(engine.listContainers(all, signal)).rejects.toThrow('$[0].Names is of type number, not array');
  answer = '{"message": "I am no engine"}';
  await expect(engine.listContainers(all, signal)).rejects.toThrow('$ is of type object, not array');
  answer = 'null';
  expect(await engine.listContainers(all, signal)).toEqual([]);
});
