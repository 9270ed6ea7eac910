import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { objectAt } from '#compose/convert/kubernetes/claim-templates.ts';
import { difference, type Files, kustomizeFiles } from '#compose/convert/kubernetes/kustomize.ts';
import type { Json, JsonObject, Manifest } from '#compose/convert/kubernetes/manifest.ts';
import { fc } from '../../../property.ts';
import { convertText } from './project-of.ts';

const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.integer({ min: 0, max: 2 }),
    fc.constantFrom('a', 'b'),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b/c', 'd~e', '~1'), tie('tree'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
}));

it('makes one value of the other', () => {
  fc.assert(
    fc.property(tree, tree, (before, after) => {
      expect(patched(before, difference(before, after))).toEqual(after);
    }),
  );
});

it('leaves out in an environment what is not there', async () => {
  const base = await convertText('services: { a: { image: i }, b: { image: j } }');
  const overlay = await convertText('services: { a: { image: i } }');
  const files = kustomizeFiles(base.manifests, [{ name: 'dev', manifests: overlay.manifests }]);
  expect(files.get('overlays/dev/kustomization.yaml')).toMatchSnapshot();
});

/** Services of three environments that differ in everything an overlay may change. */
const environment = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom('web', 'db', 'job'),
      image: fc.constantFrom('a:1', 'b:2'),
      ports: fc.constantFrom('[]', '["80:80"]', '["80:80", "443:443"]', '["53:53/udp"]'),
      labels: fc.constantFrom(
        'x: y',
        'x/y: z',
        'kompose.controller.type: statefulset',
        'kompose.service.type: loadbalancer',
        'kompose.cronjob.schedule: "1 2 3 4 5"',
        'kompose.hpa.cpu: "50"',
        'kompose.service.expose: example.com',
      ),
      environment: fc.constantFrom('A: "1"', 'A: "2", PASSWORD: one', 'PASSWORD: two', 'B: "yes"'),
      volumes: fc.constantFrom('[]', '["data:/data"]', '["data:/data", "/own"]'),
      network: fc.constantFrom('default', 'back'),
    }),
    { minLength: 1, maxLength: 3, selector: ({ name }) => name },
  )
  .map((services) => {
    const lines = services.map(
      ({ name, image, ports, labels, environment, volumes, network }) =>
        `  ${name}: { image: "${image}", ports: ${ports}, labels: { ${labels} }, environment: { ${environment} }, volumes: ${volumes}, networks: [${network}] }\n`,
    );
    return `services:\n${lines.join('')}volumes: { data: {} }\nnetworks: { back: {} }\n`;
  });

it('builds in each environment what the environment converts to', async () => {
  await fc.assert(
    fc.asyncProperty(environment, environment, environment, async (base, dev, prod) => {
      const [one, two, three] = await Promise.all([base, dev, prod].map((text) => convertText(text)));
      const files = kustomizeFiles(one?.manifests ?? [], [
        { name: 'dev', manifests: two?.manifests ?? [] },
        { name: 'prod', manifests: three?.manifests ?? [] },
      ]);
      expect(built(files, 'dev')).toEqual(byName(two?.manifests ?? []));
      expect(built(files, 'prod')).toEqual(byName(three?.manifests ?? []));
    }),
    { numRuns: 60 },
  );
}, 60_000);

function byName(manifests: readonly Manifest[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    manifests.map((each) => [
      keyOf(each.kind, each.metadata.name),
      JSON.parse(JSON.stringify(each)) as unknown,
    ]),
  );
}

/** The overlay's objects, by what is in the files alone: what Kustomize does with resources, patches and deletions, no more. */
function built(files: Files, overlay: string): Readonly<Record<string, unknown>> {
  const read = (path: string) => parse(files.get(path) ?? '', { version: '1.1' }) as JsonObject;
  const objects = new Map<string, Json>();
  const add = (folder: string, names: readonly string[]) => {
    for (const name of names) {
      if (name === '../../base') {
        add('base', read('base/kustomization.yaml').resources as readonly string[]);
        continue;
      }
      const object = read(`${folder}/${name}`);
      const key = keyOf(object.kind, objectAt(object, 'metadata').name);
      expect(objects.has(key), `${key} is there already`).toBe(false);
      objects.set(key, object);
    }
  };
  const folder = `overlays/${overlay}`;
  const { resources, patches = [] } = read(`${folder}/kustomization.yaml`);
  add(folder, resources as readonly string[]);
  for (const each of patches as readonly JsonObject[]) {
    const deletion = each.patch === undefined ? undefined : (parse(String(each.patch)) as JsonObject);
    const target = deletion ?? objectAt(each, 'target');
    const name = target.name ?? objectAt(target, 'metadata').name;
    const key = keyOf(target.kind, name);
    const before = objects.get(key);
    if (before === undefined) throw new Error(`a patch for ${key}, which is not there`);
    if (deletion !== undefined) objects.delete(key);
    else {
      const { group, version, kind } = target;
      expect([before].map((object) => (object as JsonObject).apiVersion)).toEqual([
        group === undefined ? version : `${group}/${version}`,
      ]);
      expect((before as JsonObject).kind).toBe(kind);
      const operations = parse(files.get(`${folder}/${each.path}`) ?? '', { version: '1.1' });
      objects.set(key, patched(before, operations as readonly JsonObject[]));
    }
  }
  return Object.fromEntries(objects);
}

function keyOf(kind: Json | undefined, name: Json | undefined): string {
  return `${String(kind)}/${String(name)}`;
}

/** The operations of RFC 6902 that are used, carried out. */
function patched(value: Json, operations: readonly JsonObject[]): Json {
  const root = { root: structuredClone(value) } as Record<string, Json>;
  for (const { op, path, value: given } of operations) {
    const keys = ['root', ...String(path).split('/').slice(1)].map((key) =>
      key.replaceAll('~1', '/').replaceAll('~0', '~'),
    );
    const last = keys.pop() ?? '';
    const parent = keys.reduce<Record<string, Json>>((at, key) => at[key] as Record<string, Json>, root);
    if (op === 'remove') delete parent[last];
    else parent[last] = given as Json;
  }
  return root.root as Json;
}
