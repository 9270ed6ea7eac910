import { expect, it } from 'vitest';
import { convertToKubernetes } from '#compose/convert/kubernetes/convert.ts';
import type { Dependency, Project, Service } from '#compose/model/project.ts';
import { fc } from '../../../property.ts';
import { readBack, runsWith } from './read-back.ts';
import { structureMistakes } from './structure.ts';

const volumeNames = ['data', 'Data_1', 'data-1'];
const word = fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(...'abAB01_-') });
const variable = fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(...'ABC_PASWORD') });
const value = fc.string({
  maxLength: 12,
  unit: fc.constantFrom('$', '(', ')', 'A', '=', ' ', '\n', ':', '/', '@', 'é'),
});

const service: fc.Arbitrary<Service> = fc.record({
  image: fc.constantFrom('nginx', 'redis:7-alpine', 'registry.example:5000/a/b@sha256:00'),
  command: fc.constantFrom(null, [], ['$(A)', '$$', 'x y']),
  entrypoint: fc.constantFrom(null, [], ['/bin/sh', '-c']),
  environment: fc.dictionary(variable, value, { maxKeys: 4, noNullPrototype: true }),
  ports: fc.uniqueArray(
    fc.record({
      target: fc.integer({ min: 1, max: 65535 }),
      host_ip: fc.constantFrom('', '127.0.0.1'),
      published: fc.constantFrom('8080', '8000-8010', ''),
      protocol: fc.constantFrom('tcp', 'udp'),
    }),
    { maxLength: 3, selector: ({ target, protocol }) => `${target}/${protocol}` },
  ),
  volumes: fc.uniqueArray(
    fc.record({
      type: fc.constant('volume' as const),
      source: fc.constantFrom(...volumeNames),
      target: word.map((name) => `/${name}`),
      read_only: fc.boolean(),
    }),
    { maxLength: 3, selector: ({ target }) => target },
  ),
  expose: fc.constantFrom([], ['9000'], ['9000-9002/udp']),
  user: fc.constantFrom('', '1000', '1000:2000', 'www'),
  restart: fc.constantFrom('', 'no', 'always', 'on-failure:3'),
  healthcheck: fc.constantFrom(
    { disable: true },
    { test: ['CMD', 'true'], start_period: '40s', start_interval: '3s' },
    { test: ['CMD-SHELL', 'true'], interval: '1m30s', timeout: '5s', retries: 2 },
  ),
  tmpfs: fc.constantFrom([], ['/run/x', '/run/y:size=64m']),
  shm_size: fc.constantFrom('0', '67108864'),
  cap_add: fc.constantFrom([], ['NET_ADMIN']),
  security_opt: fc.constantFrom([], ['no-new-privileges:true', 'seccomp=unconfined', 'apparmor:own']),
  sysctls: fc.constantFrom({}, { 'net.core.somaxconn': '1024' }),
  extra_hosts: fc.constantFrom([], ['a=10.0.0.1', 'b=host-gateway']),
  stop_grace_period: fc.constantFrom('10s', '1m30s'),
  labels: fc.constantFrom(
    {},
    { a: 'b', 'no key': 'c' },
    { 'kompose.hpa.cpu': '50', 'kompose.hpa.replicas.max': '5' },
    { 'kompose.cronjob.schedule': '1 2 3 4 5' },
    { 'kompose.service.type': 'loadbalancer', 'kompose.service.external-traffic-policy': 'local' },
    { 'kompose.service.expose': 'example.com/app', 'kompose.service.type': 'nodeport' },
  ),
  deploy: fc.constantFrom({}, { mode: 'global' }, { mode: 'replicated-job' }, { replicas: 3 }),
});

const condition = fc.constantFrom(
  'service_started' as const,
  'service_healthy' as const,
  'service_completed_successfully' as const,
  undefined,
);

/** Each may wait for the one before it. */
function inOrder(
  services: Readonly<Record<string, Service>>,
  conditions: readonly (Dependency['condition'] | undefined)[],
): Project['services'] {
  const names = Object.keys(services);
  return Object.fromEntries(
    Object.entries(services).map(([name, each], at) => {
      const [before, wanted] = [names[at - 1], conditions[at]];
      if (before === undefined || wanted === undefined) return [name, each];
      return [name, { ...each, depends_on: { [before]: { condition: wanted } } }];
    }),
  );
}

const project: fc.Arbitrary<Project> = fc
  .tuple(
    fc.dictionary(word, service, { minKeys: 1, maxKeys: 5, noNullPrototype: true }),
    fc.array(condition, { minLength: 5, maxLength: 5 }),
    fc.constantFrom({}, { front: { name: 'front' }, back: { name: 'back', internal: true } }),
  )
  .map(([services, conditions, networks]) => ({
    name: 'p',
    networks,
    services: inOrder(
      Object.fromEntries(
        Object.entries(services).map(([name, each]) => [
          name,
          Object.keys(networks).length === 0 ? each : { ...each, networks: { front: null } },
        ]),
      ),
      conditions,
    ),
    volumes: Object.fromEntries(volumeNames.map((name) => [name, { name: `p_${name}` }])),
  }));

it('has the same images, ports, variables and volumes when it is read back', () => {
  fc.assert(
    fc.property(
      project,
      fc.constantFrom('Deployment' as const, 'StatefulSet' as const),
      (each, controller) => {
        const given = { files: new Map(), environment: {} };
        const { manifests } = convertToKubernetes(each, given, { controller });
        expect(structureMistakes(manifests)).toEqual([]);
        expect(readBack(manifests)).toEqual(runsWith(each));
      },
    ),
    { numRuns: 100 },
  );
}, 60_000);
