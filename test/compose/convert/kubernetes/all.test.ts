import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { convertToKubernetes } from '#compose/convert/kubernetes/convert.ts';
import { readFiles } from '#compose/convert/kubernetes/files.ts';
import { load } from '#compose/load/load.ts';
import { nodeHost } from '../../../../client/src/engine/node-host.ts';
import { structureMistakes } from './structure.ts';

const root = fileURLToPath(new URL('../../../fixtures/projects/', import.meta.url));
const course = fileURLToPath(new URL('../../../../samples/course', import.meta.url));
const host = nodeHost({}, '/home/user');

const projects = [
  ...readdirSync(root).map((name) => [name, join(root, name)] as const),
  ['the course', course] as const,
];

describe.each(projects)('%s', (_name, cwd) => {
  it('converts to objects that Kubernetes knows, if it can be loaded', async ({ skip }) => {
    const { loaded } = await load(host, { cwd, profiles: ['*'] });
    if (loaded === undefined) return skip('Docker Compose refuses it');
    const { project, environment } = loaded;
    const given = { files: await readFiles(project, host.files), environment };
    for (const controller of ['Deployment', 'StatefulSet', 'DaemonSet'] as const) {
      const { manifests } = convertToKubernetes(project, given, { controller });
      expect(structureMistakes(manifests)).toEqual([]);
      expect(manifests.length > 0).toBe(Object.keys(project.services).length > 0);
    }
  });
});
