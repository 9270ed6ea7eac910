import { expect, test } from 'vitest';
import type { Hover } from 'vscode-languageserver';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';
const text = 'services:\n  web:\n    image: x:1\n    container_name: w\n    label_file: l\n    gpus: all\n';

test.each([
  [undefined, []],
  ['2.31', ['refused-by-version']],
  ['2.20.3', ['refused-by-version', 'refused-by-version']],
  ['swarm', ['ignored-by-swarm', 'ignored-by-swarm']],
  [31, []],
])('with the target version %j', async (targetVersion, codes) => {
  const client = await TestClient.inProcess({ files: { '/work/l': '' }, settings: { targetVersion } });
  const document = await client.open(uri, text);
  const found = (await client.diagnostics(uri)).filter(({ code }) => /version|swarm/.test(String(code)));
  expect(found.map(({ code }) => code).filter((code) => code !== 'refused-by-swarm')).toEqual(codes);
  const hover = await client.at<Hover>('textDocument/hover', uri, text.indexOf('gpus'));
  expect(JSON.stringify(hover.contents)).toContain('Since Docker Compose 2.30.');
  expect(document.getText()).toBe(text);
  expect(client.errors).toEqual([]);
  await client.close();
});

const ignoring = `services:
  web:
    image: x:1
    storage_opt: {size: 1G}
    healthcheck: {test: [CMD, "true"], start_interval: 1s}
    deploy: {placement: {constraints: [node.role == worker]}, replicas: 2}
`;

test.each([
  [undefined, []],
  ['2.24.4', ['constraints']],
  ['2.24.0', ['storage_opt', 'constraints']],
  ['2.23', ['storage_opt', 'start_interval', 'constraints']],
  // What is refused is not said to be ignored too.
  ['2.19', ['storage_opt', 'constraints']],
])('what is ignored with the target version %j', async (targetVersion, names) => {
  const client = await TestClient.inProcess({ settings: { targetVersion } });
  const document = await client.open(uri, ignoring);
  const found = (await client.diagnostics(uri)).filter(({ code }) => code === 'ignored-by-version');
  expect(found.map(({ range }) => document.getText(range))).toEqual(names);
  await client.close();
});
