import { describe, expect, it } from 'vitest';
import { convertToKubernetes } from '#compose/convert/kubernetes/convert.ts';
import { load } from '#compose/load/load.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import { projectJson, projectYaml } from '#compose/model/print-project.ts';
import { down } from '#engine/operations/down.ts';
import { up } from '#engine/operations/up.ts';
import { label } from '#engine/project/labels.ts';
import { MemoryEngine } from '../client/support/memory-engine.ts';
import { memoryHost } from '../compose/load/memory-host.ts';
import { fc } from '../property.ts';
import { TestClient } from '../server/support/test-client.ts';

/** What every object has without having it, and what is a number to an array. */
const names = [
  'constructor',
  'toString',
  '__proto__',
  'hasOwnProperty',
  'valueOf',
  'prototype',
  'isPrototypeOf',
  '__defineGetter__',
  'length',
  '0',
  'then',
];
const { signal } = new AbortController();

interface Written {
  readonly services: readonly string[];
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
  readonly keys: readonly string[];
}

const written: fc.Arbitrary<Written> = fc.record({
  services: fc.uniqueArray(fc.constantFrom(...names, 'web'), { minLength: 1, maxLength: 4 }),
  networks: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3 }),
  volumes: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3 }),
  keys: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3 }),
});

const map = (keys: readonly string[], value: string) =>
  `{${keys.map((key) => `${JSON.stringify(key)}: ${value}`).join(', ')}}`;

/** Each service needs the one before it, and has all the rest. */
function textOf({ services, networks, volumes, keys }: Written): string {
  const lines = services.map((name, at) => {
    const before = services.slice(Math.max(0, at - 1), at);
    const parts = [
      'image: busybox',
      `environment: ${map(keys, 'x')}`,
      `labels: ${map(keys, 'x')}`,
      `annotations: ${map(keys, 'x')}`,
      `sysctls: ${map(keys, 'x')}`,
      `extra_hosts: ${map(keys, '127.0.0.1')}`,
      `logging: {options: ${map(keys, 'x')}}`,
      `depends_on: ${map(before, '{condition: service_started}')}`,
      ...(networks.length > 0 ? [`networks: ${map(networks, '{}')}`] : []),
      `volumes: [${volumes.map((key) => `"${key}:/data/${key}"`).join(', ')}]`,
      `secrets: [${keys.map((key) => `"${key}"`).join(', ')}]`,
    ];
    return `  "${name}": {${parts.join(', ')}}\n`;
  });
  return `name: app\nservices:\n${lines.join('')}networks: ${map(networks, '{}')}\nvolumes: ${map(volumes, '{}')}\nsecrets: ${map(keys, '{file: ./s}')}\n`;
}

async function loaded(text: string): Promise<LoadedProject> {
  const result = await load(memoryHost({ '/p/compose.yaml': text, '/p/s': 's' }), { cwd: '/p' });
  expect(result.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (result.loaded === undefined) throw new Error('no project');
  return result.loaded;
}

const sorted = (keys: Iterable<string>) => [...keys].sort();

describe('names that objects have of their own', () => {
  it('are names in a project, and in what is printed of it', async () => {
    await fc.assert(
      fc.asyncProperty(written, async (project) => {
        const found = await loaded(textOf(project));
        const { services, networks, volumes } = found.project;
        expect(sorted(Object.keys(services))).toEqual(sorted(project.services));
        expect(sorted(Object.keys(volumes ?? {}))).toEqual(sorted(project.volumes));
        for (const name of names) {
          expect(services[name] !== undefined, name).toBe(project.services.includes(name));
          expect(networks?.[name] !== undefined, name).toBe(project.networks.includes(name));
        }
        const again = await loaded(projectYaml(found.project, found.tree));
        expect(projectJson(again.project)).toBe(projectJson(found.project));
        const printed = JSON.parse(projectJson(found.project)) as { readonly services: object };
        expect(sorted(Object.keys(printed.services))).toEqual(sorted(project.services));
      }),
      { numRuns: 40 },
    );
  });

  it('have containers after an up, networks and volumes too, and none after a down', async () => {
    await fc.assert(
      fc.asyncProperty(written, async (project) => {
        const memory = new MemoryEngine();
        memory.hasImage('busybox');
        const found = await loaded(textOf({ ...project, keys: [] }));
        await up(memory.port, found, {}, () => {}, signal);
        const services = [...memory.containers.values()].map(({ labels }) => labels[label.service] ?? '');
        expect(sorted(services)).toEqual(sorted(project.services));
        expect([...memory.containers.values()].every(({ state }) => state === 'running')).toBe(true);
        expect(sorted(memory.volumes.keys())).toEqual(sorted(project.volumes.map((key) => `app_${key}`)));
        if (project.networks.length > 0)
          expect(sorted(memory.networks.keys())).toEqual(sorted(project.networks.map((key) => `app_${key}`)));
        const target = { name: 'app', loaded: found };
        await down(memory.port, target, { volumes: true }, () => {}, signal);
        expect([...memory.containers.keys(), ...memory.networks.keys(), ...memory.volumes.keys()]).toEqual(
          [],
        );
      }),
      { numRuns: 10 },
    );
  });

  it('are unknown where nobody wrote them', async () => {
    const memory = new MemoryEngine();
    memory.hasImage('busybox');
    const found = await loaded('name: app\nservices: {web: {image: busybox}}\n');
    for (const name of names)
      await expect(up(memory.port, found, { services: [name] }, () => {}, signal)).rejects.toThrow(
        `no such service: ${name}`,
      );
  });

  it('are workloads of Kubernetes', async () => {
    await fc.assert(
      fc.asyncProperty(written, async (project) => {
        const { project: model, environment } = await loaded(textOf(project));
        const { manifests } = convertToKubernetes(model, { files: new Map(), environment });
        const workloads = manifests.filter(({ kind }) => /^(?:Deployment|StatefulSet|DaemonSet)$/.test(kind));
        expect(workloads).toHaveLength(project.services.length);
      }),
      { numRuns: 40 },
    );
  });

  it('are read, found and explained by the language server', async () => {
    const uri = 'file:///p/compose.yaml';
    await fc.assert(
      fc.asyncProperty(written, async (project) => {
        const client = await TestClient.inProcess();
        const document = await client.open(uri, textOf(project));
        const errors = (await client.diagnostics(uri)).filter(({ severity }) => severity === 1);
        expect(errors.filter(({ message }) => !/does not exist/.test(String(message)))).toEqual([]);
        const textDocument = { uri };
        const range = {
          start: { line: 0, character: 0 },
          end: document.positionAt(document.getText().length),
        };
        for (const name of [...project.services, ...project.networks, ...project.volumes])
          for (const { index } of document.getText().matchAll(new RegExp(`"${name}`, 'g'))) {
            const at = { textDocument, position: document.positionAt(index + 2) };
            for (const method of ['hover', 'completion', 'definition', 'documentHighlight', 'prepareRename'])
              await client.connection.sendRequest(`textDocument/${method}`, at);
            await client.connection.sendRequest('textDocument/references', {
              ...at,
              context: { includeDeclaration: true },
            });
          }
        for (const method of [
          'documentSymbol',
          'foldingRange',
          'inlayHint',
          'semanticTokens/full',
          'documentLink',
        ])
          await client.connection.sendRequest(`textDocument/${method}`, { textDocument, range });
        await client.connection.sendRequest('textDocument/codeAction', {
          textDocument,
          range,
          context: { diagnostics: [] },
        });
        expect(client.errors).toEqual([]);
        await client.close();
      }),
      { numRuns: 8 },
    );
  });
});
