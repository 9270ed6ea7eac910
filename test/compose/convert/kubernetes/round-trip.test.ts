import { expect, it } from 'vitest';
import { listAt, objectAt } from '#compose/convert/kubernetes/claim-templates.ts';
import { convertToKubernetes } from '#compose/convert/kubernetes/convert.ts';
import type { JsonObject, Manifest } from '#compose/convert/kubernetes/manifest.ts';
import type { Project, Service } from '#compose/model/project.ts';
import { fc } from '../../../property.ts';
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
  entrypoint: fc.constantFrom(null, ['/bin/sh', '-c']),
  environment: fc.dictionary(variable, value, { maxKeys: 4, noNullPrototype: true }),
  ports: fc.uniqueArray(
    fc.record({
      target: fc.integer({ min: 1, max: 65535 }),
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
  deploy: fc.constantFrom({}, { mode: 'global' }, { mode: 'replicated-job' }, { replicas: 3 }),
});

const project: fc.Arbitrary<Project> = fc
  .dictionary(word, service, { minKeys: 1, maxKeys: 5, noNullPrototype: true })
  .map((services) => ({
    name: 'p',
    services,
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
        expect(readBack(manifests)).toEqual(Object.values(each.services).map(comparable));
      },
    ),
    { numRuns: 300 },
  );
});

function comparable({ image, command, entrypoint, environment, ports, volumes }: Service) {
  return {
    image,
    command: command?.length === 0 ? null : command,
    entrypoint,
    environment: { ...environment },
    ports: (ports ?? []).map(({ target, protocol }) => `${target}/${protocol}`),
    // Claims are told apart by the order of the volumes.
    volumes: (volumes ?? []).map(
      ({ source, target, read_only }) =>
        `${claims[volumeNames.indexOf(source ?? '')]}:${target}:${read_only}`,
    ),
  };
}

const claims = ['data', 'data-1', 'data-1-2'];

/** What the containers of the workloads run with, as Kubernetes would have it. */
function readBack(manifests: readonly Manifest[]): readonly unknown[] {
  const secrets = new Map(
    manifests
      .filter(({ kind }) => kind === 'Secret')
      .map((each) => [each.metadata.name, objectAt(each, 'stringData')]),
  );
  const pods = manifests.flatMap((each) => {
    const pod = objectAt(objectAt(objectAt(each, 'spec'), 'template'), 'spec');
    return pod.containers === undefined ? [] : [pod];
  });
  return pods.map((pod) => {
    const container = (listAt(pod, 'containers') as readonly JsonObject[])[0] ?? {};
    const objects = (key: string) => listAt(container, key) as readonly JsonObject[];
    const words = (key: string) =>
      container[key] === undefined ? null : listAt(container, key).map((text) => expanded(String(text)));
    return {
      image: container.image,
      command: words('args'),
      entrypoint: words('command'),
      environment: Object.fromEntries(
        objects('env').map((each) => {
          const reference = objectAt(objectAt(each, 'valueFrom'), 'secretKeyRef');
          const held = secrets.get(String(reference.name))?.[String(reference.key)];
          return [each.name, held ?? expanded(String(each.value))];
        }),
      ),
      ports: objects('ports').map((each) => `${each.containerPort}/${String(each.protocol).toLowerCase()}`),
      volumes: objects('volumeMounts').map(
        (each) => `${each.name}:${each.mountPath}:${each.readOnly === true}`,
      ),
    };
  });
}

/** What Kubernetes makes of `$$`, and of `$(NAME)` for a variable that there is. */
function expanded(text: string): string {
  return text.replaceAll(/\$\$|\$\([^)]*\)/g, (match) => (match === '$$' ? '$' : '<expanded>'));
}
