import { describe, expect, it } from 'vitest';
import type { ServiceObject } from '#engine/api/swarm-calls.ts';
import { type ObservedStack, type StackRequest, stackRequests } from '#engine/swarm/stack.ts';
import { findUnsupported } from '#compose/check/swarm/attributes.ts';
import { load } from '../world.ts';

const nothing: ObservedStack = { networks: {}, files: [], services: [] };
const running = (name: string): ServiceObject => ({
  ID: `id-of-${name}`,
  Version: { Index: 7 },
  Spec: { Name: name, TaskTemplate: {} },
});

const { project } = load({
  services: { web: { secrets: [{ source: 'pw' }], networks: { default: null, theirs: null } }, db: {} },
  networks: {
    default: { name: 'demo_default', attachable: true },
    unused: { name: 'demo_unused' },
    theirs: { name: 'theirs', external: true },
  },
  secrets: { pw: { name: 'demo_pw' }, theirs: { name: 'theirs', external: true } },
  configs: { conf: { name: 'demo_conf' } },
});

const requests = (observed: ObservedStack, prune = false) =>
  stackRequests(project, 'demo', { 'secrets.pw': 'czM=', 'configs.conf': 'YQ==' }, observed, { prune });
const brief = (request: StackRequest) =>
  `${request.kind} ${request.name}${'id' in request ? ` ${request.id}` : ''}${'version' in request ? ` at ${request.version}` : ''}`;

describe('what a deploy asks for', () => {
  it('is everything, at first, in an order in which each finds what it needs', () => {
    const first = requests(nothing);
    expect(first.map(brief)).toEqual([
      'create-network demo_default',
      'check-network theirs',
      'create-file demo_pw',
      'create-file demo_conf',
      'create-service demo_db',
      'create-service demo_web',
    ]);
    expect(first[0]).toMatchObject({
      spec: {
        Name: 'demo_default',
        Driver: 'overlay',
        Attachable: true,
        Labels: { 'com.docker.stack.namespace': 'demo' },
      },
    });
    expect(first[2]).toMatchObject({
      file: 'secret',
      spec: { Name: 'demo_pw', Data: 'czM=', Labels: { 'com.docker.stack.namespace': 'demo' } },
    });
  });

  const later: ObservedStack = {
    networks: { demo_default: 'n' },
    files: [{ kind: 'secret', name: 'demo_pw', id: 's', version: 3 }],
    services: [running('demo_web'), running('demo_old')],
  };

  it('is what is missing or may differ, afterwards', () => {
    expect(requests(later).map(brief)).toEqual([
      'check-network theirs',
      'update-file demo_pw s at 3',
      'create-file demo_conf',
      'create-service demo_db',
      'update-service demo_web id-of-demo_web',
    ]);
  });

  it('is the removal of what the files no longer have, with prune', () => {
    expect(requests(later, true).map(brief)).toContain('remove-service demo_old id-of-demo_old');
  });
});

it('names what Swarm has not, and what it has instead', () => {
  const { project: odd } = load({
    services: {
      a: {
        mem_limit: '1024',
        build: { context: '.' },
        privileged: false,
        ports: [{ target: 80, host_ip: '127.0.0.1' }],
        networks: { default: { ipv4_address: '10.0.0.9' } },
      },
      plain: {},
    },
  });
  expect(findUnsupported(odd).toSorted((x, y) => (x.path < y.path ? -1 : 1))).toEqual([
    { path: 'services.a.build', refused: false, instead: 'image' },
    { path: 'services.a.mem_limit', refused: true, instead: 'deploy.resources.limits.memory' },
    { path: 'services.a.networks.default.ipv4_address', refused: false },
    { path: 'services.a.ports.host_ip', refused: false },
  ]);
});
