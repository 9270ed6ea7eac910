import { expect, test } from 'vitest';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { projectRemarks } from '#compose/check/project-remarks.ts';
import { load } from '#compose/load/load.ts';
import { MemoryFiles } from '../../server/support/memory-files.ts';
import { memoryHost } from '../load/memory-host.ts';

async function remarks(text: string, env = '', active?: readonly string[]): Promise<string[]> {
  const host = {
    files: new MemoryFiles({ '/work/compose.yaml': text, '/work/.env': env }),
    environment: {},
    home: '/home/user',
    platform: 'posix' as const,
    uriOf: (path: string) => `file://${path}`,
  };
  const result = await load(host, { cwd: '/work', files: ['/work/compose.yaml'], profiles: ['*'] });
  if (result.loaded === undefined)
    throw new Error(result.problems.map(({ message }) => formatPhrase(message)).join('\n'));
  return projectRemarks(result.loaded, active).map(
    ({ code, span }) => `${code}: ${text.slice(span.start, span.end).split('\n')[0]}`,
  );
}

const two = (a: string, b: string, more = '') =>
  `services:\n  a: {image: x:1, ports: [${a}]${more}}\n  b: {image: x:1, ports: [${b}]${more}}\n`;

test.each([
  ['"80:80"', '"80:8080"', ['duplicate-port: "80:8080"']],
  ['"80:80"', '"0.0.0.0:80:80"', ['duplicate-port: "0.0.0.0:80:80"']],
  ['"80:80"', '{target: 1, published: "80"}', ['duplicate-port: {target: 1, published: "80"}']],
  ['"8000-8002:80-82"', '"8001:80"', ['duplicate-port: "8001:80"']],
  ['"80:80"', '"80:80/udp"', []],
  ['"127.0.0.1:80:80"', '"127.0.0.2:80:80"', []],
  ['"80"', '"80"', []],
])('ports %s and %s', async (a, b, expected) => {
  expect(await remarks(two(a, b))).toEqual(expected);
});

test('services that are never enabled together may take the same port', async () => {
  const text = `services:
  a: {image: x:1, ports: ["80:80"], profiles: [one]}
  b: {image: x:1, ports: ["80:80"], profiles: [two]}
  c: {image: x:1, ports: ["80:80"], network_mode: host}
`;
  expect(await remarks(text)).toEqual([]);
});

test('a dependency that a profile leaves out', async () => {
  const text = `services:
  a: {image: x:1, depends_on: [b]}
  b: {image: x:1, profiles: [debug]}
  c: {image: x:1, depends_on: [b], profiles: [debug]}
  d: {image: x:1, depends_on: {b: {condition: service_started, required: false}}}
`;
  expect(await remarks(text)).toEqual(['profile-dependency: b']);
});

test.each([
  ['COMPOSE_PROFILES=debug\n', undefined, 0],
  ['COMPOSE_PROFILES=other, debug\n', undefined, 0],
  ['COMPOSE_PROFILES=*\n', undefined, 0],
  ['COMPOSE_PROFILES=other\n', undefined, 1],
  ['COMPOSE_PROFILES=\n', undefined, 1],
  ['', ['debug'], 0],
  // What is chosen wins over what the file says.
  ['COMPOSE_PROFILES=debug\n', ['other'], 1],
])('a dependency behind a profile that is active: %j, %j', async (env, active, count) => {
  const text = `services:
  a: {image: x:1, depends_on: [b]}
  b: {image: x:1, profiles: [debug, more]}
`;
  expect(await remarks(text, env, active)).toHaveLength(count);
});

test('a wait for a health check that is switched off', async () => {
  const text = `services:
  a: {image: x:1, depends_on: {b: {condition: service_healthy}, c: {condition: service_healthy}}}
  b: {image: x:1, healthcheck: {disable: true}}
  c: {image: x:1}
`;
  expect(await remarks(text)).toEqual([
    'never-healthy: service_healthy',
    'unchecked-dependency: service_healthy',
  ]);
});

test('more containers than host ports', async () => {
  const text = `services:
  a: {image: x:1, ports: ["80:80", "81-83:81", "82"], scale: 3}
  b: {image: x:1, ports: [{target: 1, published: "90"}], deploy: {replicas: 2}}
  c: {image: x:1, ports: ["100:80"], deploy: {replicas: 1}}
`;
  expect(await remarks(text)).toEqual([
    'too-few-ports: "80:80"',
    'too-few-ports: {target: 1, published: "90"}',
  ]);
});

test('where the number comes from another file, that file is what is wrong', async () => {
  const base = 'services: {web: {image: "x:1", ports: ["80:80"]}}';
  const prod = 'services: {web: {deploy: {replicas: 3}}}';
  const host = memoryHost({ '/work/compose.yaml': base, '/work/prod.yaml': prod });
  const { loaded } = await load(host, { cwd: '/work', files: ['/work/compose.yaml', '/work/prod.yaml'] });
  const found = loaded === undefined ? [] : projectRemarks(loaded);
  expect(found.map(({ code, span, related }) => [code, span.uri, related?.[0]?.span.uri])).toEqual([
    ['too-few-ports', 'file:///work/prod.yaml', 'file:///work/compose.yaml'],
  ]);
});
