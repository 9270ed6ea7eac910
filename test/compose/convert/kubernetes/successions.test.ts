import { expect, it } from 'vitest';
import { withSharedPorts } from '#compose/convert/kubernetes/shared-ports.ts';
import { convertToKubernetes } from '#compose/convert/kubernetes/convert.ts';
import type { Manifest } from '#compose/convert/kubernetes/manifest.ts';
import { succession } from '#compose/convert/kubernetes/succession.ts';
import { fc } from '../../../property.ts';
import { Cluster } from './cluster.ts';
import { convertText, projectOf } from './project-of.ts';
import { structureMistakes } from './structure.ts';

const maybe = <T>(...values: readonly T[]) => fc.constantFrom<T | undefined>(undefined, ...values);
/** A service as people write one, with all that decides on fields that cannot change. */
const service = fc.record({
  image: fc.constantFrom('a:1', 'a:2'),
  ports: maybe(['80:80'], ['8080:80', '443'], ['53:53', '53:53/udp'], ['80:80', '53:53/udp', '53:53']),
  expose: maybe(['90']),
  restart: maybe('no', 'on-failure'),
  environment: maybe({ A_TOKEN: 'one' }, { A_TOKEN: 'two', B_TOKEN: 'three' }, { A: 'b' }),
  volumes: maybe(['data:/data'], ['other:/data', '/anon']),
  scale: maybe(2),
  configs: maybe(['conf']),
  secrets: maybe(['key']),
  labels: fc.record(
    {
      'kompose.controller.type': maybe('statefulset', 'daemonset', 'job'),
      'kompose.service.type': maybe('headless', 'loadbalancer', 'nodeport'),
      'kompose.service.nodeport.port': maybe('30080'),
      'kompose.volume.size': maybe('1Gi', '2Gi'),
      'kompose.volume.storage-class-name': maybe('fast'),
      'kompose.service.name_override': maybe('called'),
      'kompose.service.group': maybe('together'),
    },
    { requiredKeys: [] },
  ),
});
const project = fc.dictionary(fc.constantFrom('web', 'db', 'job'), service, {
  minKeys: 1,
  noNullPrototype: true,
});
type Services = Readonly<Record<string, object>>;

const content = fc.constantFrom('a', 'b');
const textOf = (services: Services, text = 'a') =>
  JSON.stringify({
    services,
    volumes: { data: {}, other: {} },
    configs: { conf: { content: text } },
    secrets: { key: { file: `./${text}` } },
  });
const manifestsOf = async (
  services: Services,
  text: string,
  hashNames: boolean,
): Promise<readonly Manifest[]> =>
  (await convertText(textOf(services, text), { '/p/a': 'a', '/p/b': 'b' }, { hashNames })).manifests;

it.each([
  ['as they are', false],
  ['with a hash of the content', true],
])(
  'predicts what a cluster refuses, keeps and leaves, in sequences of three conversions, names %s',
  async (_name, hashNames) => {
    const seen = new Set<string>();
    const edit = fc.tuple(project, content);
    await fc.assert(
      fc.asyncProperty(edit, edit, edit, async (...edits) => {
        const cluster = new Cluster();
        let before: readonly Manifest[] = [];
        for (const [services, text] of edits) {
          const after = await manifestsOf(services, text, hashNames);
          expect(structureMistakes(after)).toEqual([]);
          const predicted = new Set(
            succession(before, after).map(({ outcome, kind, name }) => `${outcome} ${kind}/${name}`),
          );
          expect([...cluster.apply(after)].sort()).toEqual([...predicted].sort());
          for (const each of predicted) seen.add(each.replace(/\/.*/, ''));
          // The way out, after which everything is as it was written.
          for (const each of predicted) cluster.delete(each.slice(each.indexOf(' ') + 1));
          expect([...cluster.apply(after)]).toEqual([]);
          before = after;
        }
      }),
      { numRuns: 40 },
    );
    for (const each of [
      'refused Service',
      'kept Service',
      'refused StatefulSet',
      'refused Job',
      'left Deployment',
      'left PersistentVolumeClaim',
      'left Secret',
      ...(hashNames ? ['left ConfigMap'] : []),
    ])
      expect(seen).toContain(each);
  },
);

it('keeps what was written as stringData, once, and says so', async () => {
  const secret = (more: object): Manifest => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's' },
    ...more,
  });
  const [old, now] = [secret({ stringData: { A: 'a', B: 'b' } }), secret({ data: { A: btoa('a') } })];
  const cluster = new Cluster();
  cluster.apply([old]);
  expect([...cluster.apply([now])]).toEqual(['kept Secret/s']);
  expect(succession([old], [now])).toMatchObject([{ outcome: 'kept', kind: 'Secret', name: 's' }]);
  expect(succession([now], [secret({ data: {} })])).toEqual([]);
});

it.each<[string, object, object, string]>([
  [
    'another size',
    { resources: { requests: { storage: '1Gi' } } },
    { resources: { requests: { storage: '2Gi' } } },
    'PersistentVolumeClaim',
  ],
  ['another class', { storageClassName: 'a' }, { storageClassName: 'b' }, 'PersistentVolumeClaim'],
  ['other claims', { volumeClaimTemplates: [] }, { volumeClaimTemplates: [{ a: 1 }] }, 'StatefulSet'],
  ['another Service', { serviceName: 'a' }, { serviceName: 'b' }, 'StatefulSet'],
  ['other pods', { template: { a: 1 } }, { template: { a: 2 } }, 'Job'],
  ['more completions', { completions: 1 }, { completions: 2 }, 'Job'],
  ['numbered pods', { completions: 2 }, { completions: 2, completionMode: 'Indexed' }, 'Job'],
  [
    'another mode of a volume',
    { volumeMode: 'Filesystem' },
    { volumeMode: 'Block' },
    'PersistentVolumeClaim',
  ],
  ['another volume', { volumeName: 'a' }, { volumeName: 'b' }, 'PersistentVolumeClaim'],
  [
    'open, while it is headless',
    { clusterIP: 'None' },
    { type: 'NodePort', ports: [{ port: 80 }] },
    'Service',
  ],
  [
    'TCP alone, where TCP and UDP had a port together',
    {
      ports: [
        { name: 't', port: 53 },
        { name: 'u', port: 53, protocol: 'UDP' },
      ],
    },
    { ports: [{ name: 't', port: 53 }] },
    'Service',
  ],
  ['another selector', { selector: { a: '1' } }, { selector: { a: '2' } }, 'DaemonSet'],
])('predicts a refusal: %s', (_name, one, other, kind) => {
  const [before, after] = [one, other].map(
    (spec) => ({ apiVersion: 'v1', kind, metadata: { name: 'x' }, spec }) as Manifest,
  );
  if (before === undefined || after === undefined) throw new Error('there are two');
  expectPredicted(before, after, `refused ${kind}/x`);
});

it.each<[string, object, object, string | undefined]>([
  ['UDP beside TCP on one port', {}, { ports: [dns('t', 'TCP'), dns('u', 'UDP')] }, 'kept Service/x'],
  [
    'both together on a port that is new',
    {},
    { ports: [dns('t', 'TCP'), dns('u', 'UDP'), { name: 'w', port: 80 }] },
    'kept Service/x',
  ],
  ['UDP in the place of TCP', {}, { ports: [dns('u', 'UDP')] }, undefined],
  [
    'no port any more on the nodes',
    { type: 'NodePort', ports: [{ ...dns('t', 'TCP'), nodePort: 30_053 }] },
    { type: 'NodePort', ports: [dns('t', 'TCP')] },
    'kept Service/x',
  ],
  [
    'another port on the nodes',
    { type: 'NodePort', ports: [{ ...dns('t', 'TCP'), nodePort: 30_053 }] },
    { type: 'NodePort', ports: [{ ...dns('t', 'TCP'), nodePort: 30_054 }] },
    undefined,
  ],
])('predicts what happens to the ports of a Service: %s', (_name, one, other, expected) => {
  const service = (spec: object) =>
    ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'x' },
      spec: { ports: [dns('t', 'TCP')], ...spec },
    }) as Manifest;
  expectPredicted(service(one), service(other), expected);
});

function dns(name: string, protocol: string) {
  return { name, port: 53, targetPort: 53, protocol };
}

it.each([
  [
    'another type of a Secret',
    { kind: 'Secret', type: 'Opaque' },
    { kind: 'Secret', type: 'a/b' },
    'refused Secret/x',
  ],
  ['another content', lockedMap({ a: '1' }), lockedMap({ a: '2' }), 'refused ConfigMap/x'],
  [
    'content that can change again',
    lockedMap({ a: '1' }),
    { kind: 'ConfigMap', data: { a: '1' } },
    'refused ConfigMap/x',
  ],
  [
    'content that cannot change any more',
    { kind: 'ConfigMap', data: { a: '1' } },
    lockedMap({ a: '2' }),
    undefined,
  ],
])('predicts what happens to an object of content: %s', (_name, one, other, expected) => {
  const [before, after] = [one, other].map(
    (each) => ({ apiVersion: 'v1', metadata: { name: 'x' }, ...each }) as Manifest,
  );
  if (before === undefined || after === undefined) throw new Error('there are two');
  expectPredicted(before, after, expected);
});

function lockedMap(data: object) {
  return { kind: 'ConfigMap', immutable: true, data };
}

/** By the table, and by the cluster, which knows nothing of it. */
function expectPredicted(before: Manifest, after: Manifest, expected: string | undefined): void {
  const cluster = new Cluster();
  cluster.apply([before]);
  const all = expected === undefined ? [] : [expected];
  expect([...cluster.apply([after])]).toEqual(all);
  expect(
    succession([before], [after]).map(({ outcome, kind, name }) => `${outcome} ${kind}/${name}`),
  ).toEqual(all);
}

/** What an environment adds: other ports, none, other images, other numbers of tasks. */
const environment = fc.dictionary(
  fc.constantFrom('web', 'db', 'job'),
  fc.record({
    ports: maybe(['80:80'], ['8080:80', '443']),
    scale: maybe(3),
    environment: maybe({ A: 'c' }, { A_TOKEN: 'x' }),
  }),
  { noNullPrototype: true },
);

it('never lets overlays of one base differ in what cannot change', async () => {
  await fc.assert(
    fc.asyncProperty(
      project,
      fc.array(environment, { minLength: 1, maxLength: 3 }),
      async (base, overlays) => {
        const all = [base, ...overlays.map((overlay) => over(base, overlay))];
        const loaded = await Promise.all(all.map((services) => projectOf(textOf(services))));
        const converted = withSharedPorts(loaded.map(({ project: each }) => each)).map(
          (each) => convertToKubernetes(each, { files: new Map(), environment: {} }).manifests,
        );
        // A Job runs what its environment says, which makes it another one. Ports can change; that kubectl takes two of one number for one is its own.
        for (const one of converted)
          for (const other of converted)
            expect(
              succession(one, other).filter(
                ({ kind, outcome, field }) => kind !== 'Job' && outcome !== 'left' && field !== 'spec.ports',
              ),
            ).toEqual([]);
      },
    ),
    { numRuns: 40 },
  );
});

function over(base: Services, overlay: Services): Services {
  return Object.fromEntries(
    Object.entries(base).map(([name, each]) => [
      name,
      {
        ...each,
        ...Object.fromEntries(Object.entries(overlay[name] ?? {}).filter(([, value]) => value !== undefined)),
      },
    ]),
  );
}
