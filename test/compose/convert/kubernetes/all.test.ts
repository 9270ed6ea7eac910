import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { chartFiles } from '#compose/convert/kubernetes/chart.ts';
import { convertToKubernetes } from '#compose/convert/kubernetes/convert.ts';
import { readFiles } from '#compose/convert/kubernetes/files.ts';
import { manifestFile, manifestYaml } from '#compose/convert/kubernetes/manifest.ts';
import type { Host } from '#compose/load/host.ts';
import { load } from '#compose/load/load.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import { projectFiles, projectKinds } from '../../../../client/src/scaffold/project-template.ts';
import { type ServiceTemplate, serviceTemplates } from '../../../../client/src/scaffold/service-templates.ts';
import { memoryHost } from '../../load/memory-host.ts';
import { readBack, runsWith } from './read-back.ts';
import { chartMistakes } from './chart-lint.ts';
import { renderedChart } from './rendered-chart.ts';
import { structureMistakes } from './structure.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const fixtures = here('../../../fixtures/projects/');
const chapter = here('../../../../../shared/course/chapter-4-docker-compose.md');

interface Published {
  readonly name: string;
  readonly host: Host;
  readonly cwd: string;
}

/** A project that is on no disk, with a value for every variable that has to have one. */
function inMemory(name: string, files: Readonly<Record<string, string>>): Published {
  const required = Object.values(files).flatMap((text) =>
    [...text.matchAll(/\$\{(\w+):?\?/g)].map(([, variable]) => [variable, 'given'] as const),
  );
  const disk = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/p/${path}`, text]));
  return { name, host: memoryHost(disk, Object.fromEntries(required)), cwd: '/p' };
}

function templateText({ name, body, volumes }: ServiceTemplate): string {
  const named = (text: string) => text.replaceAll('NAME', name);
  const lines = named(body)
    .split('\n')
    .map((line) => `    ${line}\n`);
  const own = volumes.map((volume) => `  ${named(volume)}: {}\n`).join('');
  return `services:\n  ${name}:\n${lines.join('')}${own === '' ? '' : `volumes:\n${own}`}`;
}

const disk = nodeHost({}, '/home/user');
const published: readonly Published[] = [
  ...readdirSync(fixtures).map((name) => ({ name, host: disk, cwd: join(fixtures, name) })),
  { name: 'the course', host: disk, cwd: here('../../../../samples/course') },
  ...serviceTemplates.map((each) => inMemory(`template ${each.id}`, { 'compose.yaml': templateText(each) })),
  ...projectKinds.map((kind) => inMemory(`new project, ${kind}`, projectFiles(kind, 'shop'))),
];

/** The compose files in the course's text, where it is beside the checkout. */
const chapters = existsSync(chapter)
  ? [...readFileSync(chapter, 'utf8').matchAll(/^```ya?ml\n([\s\S]*?)^```/gm)]
      .map(([, text = '']) => text)
      .filter((text) => /^services:/m.test(text))
      .map((text, at) => inMemory(`example ${at + 1} of the chapter`, { 'compose.yaml': text }))
  : [];

/** Those that can be loaded. What Docker Compose refuses is nobody's to convert. */
async function loadable(all: readonly Published[]) {
  const results = await Promise.all(
    all.map(async ({ name, host, cwd }) => {
      const { loaded } = await load(host, { cwd, profiles: ['*'] });
      return loaded === undefined ? [] : [{ name, host, loaded }];
    }),
  );
  return results.flat();
}

const projects = await loadable(published);
const examples = await loadable(chapters);

it('every template can be converted', () => {
  const names = projects.map(({ name }) => name).filter((name) => /^(?:template|new project)/.test(name));
  expect(names).toHaveLength(serviceTemplates.length + projectKinds.length);
});

it.skipIf(chapters.length === 0)(
  'there are examples of the chapter (skipped where it is not beside the checkout)',
  () => {
    expect(examples.length).toBeGreaterThan(4);
  },
);

it('there are projects to convert', () => expect(projects.length).toBeGreaterThan(70));

describe.each([...projects, ...examples])('$name', ({ host, loaded: { project, environment } }) => {
  it('converts to objects that Kubernetes knows, that have the same images, ports, variables and volumes, and that a chart makes', async () => {
    const given = { files: await readFiles(project, host.files), environment };
    for (const controller of ['Deployment', 'StatefulSet', 'DaemonSet'] as const) {
      const { manifests } = convertToKubernetes(project, given, { controller });
      expect(structureMistakes(manifests)).toEqual([]);
      expect(readBack(manifests)).toEqual(runsWith(project));
      expect(manifests.length > 0).toBe(Object.keys(project.services).length > 0);
      const chart = chartFiles(project.name, manifests);
      expect([...renderedChart(chart)]).toEqual(
        manifests.map((each) => [manifestFile(each), parse(manifestYaml(each))]),
      );
      expect(chartMistakes(chart)).toEqual([]);
    }
    const hashed = convertToKubernetes(project, given, { hashNames: true }).manifests;
    expect(structureMistakes(hashed)).toEqual([]);
    expect(readBack(hashed)).toEqual(runsWith(project));
  });
});
