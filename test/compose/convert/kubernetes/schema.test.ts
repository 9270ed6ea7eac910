import { expect, it } from 'vitest';
import type { Json, Manifest } from '#compose/convert/kubernetes/manifest.ts';
import { manifestYaml } from '#compose/convert/kubernetes/manifest.ts';
import { convertText, manifestOf } from './project-of.ts';
import { textMistakes } from './schema.ts';
import { structureMistakes } from './structure.ts';

const { manifests } = await convertText('services: { web: { image: nginx, ports: ["80:80"] } }');
const deployment = manifestYaml(manifestOf(manifests, 'Deployment', 'web'));

it('has nothing against what is right', () => expect(structureMistakes(manifests)).toEqual([]));

it.each([
  ['replicas: 1', 'replicas: "1"', '/spec/replicas: must be integer'],
  ['replicas: 1', 'replica: 1', '/spec: must NOT have additional properties "replica"'],
  ['image: nginx', 'imagee: nginx', 'containers/0: must NOT have additional properties "imagee"'],
  ['containerPort: 80', 'containerPort: http', 'ports/0/containerPort: must be integer'],
  ['enableServiceLinks: false', 'enableServiceLinks: maybe', 'enableServiceLinks: must be boolean'],
  ['kind: Deployment', 'kind: Deploy', 'apps/v1 Deploy: no such kind'],
  [
    '  selector:\n    matchLabels:\n      io.kompose.service: web\n',
    '',
    "/spec: must have required property 'selector'",
  ],
])('finds %j as %j', (right, wrong, mistake) => {
  expect(deployment).toContain(right);
  expect(textMistakes(deployment)).toEqual([]);
  expect(textMistakes(deployment.replace(right, wrong)).join('\n')).toContain(mistake);
});

it.each<[string, (service: Manifest) => Json]>([
  ['no pods', ({ spec }) => ({ ...(spec as object), selector: { 'io.kompose.service': 'other' } })],
  [
    '80/undefined',
    ({ spec }) => ({
      ...(spec as object),
      ports: [
        { name: 'a', port: 80 },
        { name: 'b', port: 80 },
      ],
    }),
  ],
])('finds beyond the schema: %s', (mistake, change) => {
  const service = manifestOf(manifests, 'Service', 'web');
  const changed = manifests.map((each) => (each === service ? { ...each, spec: change(service) } : each));
  expect(structureMistakes(changed)).toEqual([`Service/web: ${mistake}`]);
});
