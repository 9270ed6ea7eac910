import { expect, test } from 'vitest';
import { convertText } from './project-of.ts';

test.each([
  ['', 1, 3],
  ['kompose.hpa.replicas.min: 5', 5, 5],
  ['kompose.hpa.replicas.min: 5, kompose.hpa.replicas.max: 2', 5, 5],
  ['kompose.hpa.replicas.min: 2, kompose.hpa.replicas.max: 8', 2, 8],
])('an autoscaler has no fewer pods at most than at least: %s', async (labels, least, most) => {
  const { manifests } = await convertText(
    `services: {a: {image: i, cpus: 1, labels: {kompose.hpa.cpu: 50, ${labels}}}}`,
  );
  expect(JSON.stringify(manifests)).toContain(`"minReplicas":${least},"maxReplicas":${most}`);
});
