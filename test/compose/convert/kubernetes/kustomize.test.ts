import { expect, it } from 'vitest';
import { difference, kustomizeFiles } from '#compose/convert/kubernetes/kustomize.ts';
import type { Json, JsonObject } from '#compose/convert/kubernetes/manifest.ts';
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
