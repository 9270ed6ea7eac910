import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { convertToKubernetes } from '#compose/convert/kubernetes/convert.ts';
import { readFiles } from '#compose/convert/kubernetes/files.ts';
import { load } from '#compose/load/load.ts';
import { nodeHost } from '../../../../client/src/engine/node-host.ts';
import { readBack, runsWith } from './read-back.ts';
import { structureMistakes } from './structure.ts';

const root = fileURLToPath(new URL('../../../fixtures/projects/', import.meta.url));
const course = fileURLToPath(new URL('../../../../samples/course', import.meta.url));
const host = nodeHost({}, '/home/user');

const folders = [
  ...readdirSync(root).map((name) => [name, join(root, name)] as const),
  ['the course', course] as const,
];

/** Those that can be loaded. What Docker Compose refuses is nobody's to convert. */
const projects = (
  await Promise.all(
    folders.map(async ([name, cwd]) => {
      const { loaded } = await load(host, { cwd, profiles: ['*'] });
      return loaded === undefined ? [] : [{ name, loaded }];
    }),
  )
).flat();

it('there are projects to convert', () => expect(projects.length).toBeGreaterThan(70));

describe.each(projects)('$name', ({ loaded: { project, environment } }) => {
  it('converts to objects that Kubernetes knows, and that have the same images, ports, variables and volumes', async () => {
    const given = { files: await readFiles(project, host.files), environment };
    for (const controller of ['Deployment', 'StatefulSet', 'DaemonSet'] as const) {
      const { manifests } = convertToKubernetes(project, given, { controller });
      expect(structureMistakes(manifests)).toEqual([]);
      expect(readBack(manifests)).toEqual(runsWith(project));
      expect(manifests.length > 0).toBe(Object.keys(project.services).length > 0);
    }
  });
});
