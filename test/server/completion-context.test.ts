import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompletionItem, CompletionList, TextEdit } from 'vscode-languageserver';
import { applyEdits, cursorIn } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.inProcess({
    files: {
      '/work/o.yml': 'services:\n  base: {image: x:1}\n  other: {image: x:1}\n',
      '/work/Dockerfile': 'FROM x AS build\nEXPOSE 1\nFROM x\nEXPOSE 8080 53/udp ${PORT}\n',
      '/etc/hosts': '',
      '/etc/ssl/key': '',
    },
  });
});
afterAll(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
});

async function itemsAt(marked: string): Promise<readonly CompletionItem[]> {
  const { text, offset } = cursorIn(marked);
  await client.open(uri, text);
  return (await client.at<CompletionList>('textDocument/completion', uri, offset)).items;
}

async function accepted(marked: string, label: string): Promise<string> {
  const items = await itemsAt(marked);
  const item = items.find((each) => each.label === label);
  if (item === undefined)
    throw new Error(`no “${label}” among ${items.map((each) => each.label).join(', ')}`);
  const { range, newText } = item.textEdit as TextEdit;
  const document = client.document(uri);
  const plain = newText.replace(/\$0/, '‸').replace(/\\([\\$}])/g, '$1');
  return applyEdits(document.getText(), [
    { start: document.offsetAt(range.start), end: document.offsetAt(range.end), newText: plain },
  ]);
}

const web = 'services:\n  web:\n    image: postgres:17\n';
const anchors = 'x-l: &l {driver: local}\nx-s: &s [a]\nx-t: &t text\n';

test.each([
  ['a service to extend', 'services:\n  web:\n    extends:\n      file: o.yml\n      service: ‸\n', 'base'],
  [
    'a service to extend, in flow style',
    'services:\n  web:\n    extends: {file: o.yml, service: ‸}\n',
    'other',
  ],
  ['above everything', '‸\nservices:\n  web: {}\n', 'networks'],
  ['at the first key', '‸services:\n  web: {}\n', 'services'],
  ['an absolute path', 'services:\n  web:\n    env_file: /e‸\n', 'etc'],
  ['further down an absolute path', 'secrets:\n  s:\n    file: /etc/ssl/‸\n', 'key'],
  ['an absolute mount', `${web}    volumes:\n      - /etc/‸\n`, 'hosts'],
  ['a variable that the image wants', `${web}    environment:\n      ‸\n`, 'POSTGRES_PASSWORD'],
  ['the same as an item', `${web}    environment:\n      - ‸\n`, 'POSTGRES_PASSWORD'],
  [
    'a variable of another service',
    'services:\n  a: {image: x:1, environment: {LOG_LEVEL: x}}\n  web:\n    image: x:1\n    environment:\n      ‸\n',
    'LOG_LEVEL',
  ],
  ['a health check of the image', `${web}    healthcheck:\n      test: ‸\n`, '["CMD-SHELL", "pg_isready"]'],
  ['a port of the image', `${web}    ports:\n      - ‸\n`, '5432:5432'],
  ['a port of the Dockerfile', 'services:\n  web:\n    build: .\n    ports:\n      - ‸\n', '53:53/udp'],
  ['an exposed port', 'services:\n  web:\n    build: .\n    expose:\n      - ‸\n', '8080'],
  ['an operator', 'services:\n  web:\n    image: x:${V:‸}\n', ':-'],
  ['an operator, left open', 'services:\n  web:\n    image: "x:${V:‸"\n', ':?'],
  ['an alias', `${anchors}services:\n  web:\n    logging: ‸\n`, '*l'],
  ['an alias of a list', `${anchors}services:\n  web:\n    security_opt: ‸\n`, '*s'],
  ['a merge key', `${anchors}services:\n  web:\n    ‸\n`, '<<'],
  ['a half-typed merge key', `${anchors}services:\n  web:\n    <‸\n`, '<<'],
  ['a constraint', `${web}    deploy:\n      placement:\n        constraints: [‸]\n`, 'node.role==manager'],
  [
    'a constraint, as an item',
    `${web}    deploy:\n      placement:\n        constraints:\n          - ‸\n`,
    'node.role==worker',
  ],
  ['a limit', `${web}    ulimits:\n      ‸\n`, 'nofile'],
])('%s', async (_name, marked, label) => {
  expect((await itemsAt(marked)).map((item) => item.label)).toContain(label);
});

test.each([
  ['an anchor of another shape', `${anchors}services:\n  web:\n    logging: ‸\n`, '*s'],
  ['an alias where text is possible', `${anchors}services:\n  web:\n    image: ‸\n`, '*t'],
  ['a variable that is there', `${web}    environment:\n      POSTGRES_DB: a\n      ‸\n`, 'POSTGRES_DB'],
  ['a port of an earlier stage', 'services:\n  web:\n    build: .\n    ports:\n      - ‸\n', '1:1'],
  [
    'a merge key within its own anchor',
    'x-l: &l\n  driver: local\n  ‸\nservices:\n  web:\n    logging: *l\n',
    '<<',
  ],
])('not %s', async (_name, marked, label) => {
  expect((await itemsAt(marked)).map((item) => item.label)).not.toContain(label);
});

test.each([
  [`${web}    environment:\n      ‸\n`, 'POSTGRES_USER', `${web}    environment:\n      POSTGRES_USER: ‸\n`],
  [
    `${web}    environment:\n      - ‸\n`,
    'POSTGRES_USER',
    `${web}    environment:\n      - POSTGRES_USER=\n`,
  ],
  [`${web}    ports:\n      - ‸\n`, '5432:5432', `${web}    ports:\n      - "5432:5432"\n`],
  ['services:\n  web:\n    image: x:${V:‸}\n', ':-', 'services:\n  web:\n    image: x:${V:-}\n'],
  [`${anchors}services:\n  web:\n    <‸\n`, '<<', `${anchors}services:\n  web:\n    <<: \n`],
])('%j: taking %s', async (marked, label, after) => {
  expect(await accepted(marked, label)).toBe(after);
});

test('snippets stand where they belong, indented as the file is', async () => {
  const labels = async (marked: string) =>
    (await itemsAt(marked)).filter(({ kind }) => kind === 15).map(({ label }) => label);
  expect(await labels('‸')).toEqual([
    'compose',
    'secret',
    'config',
    'x-anchor',
    'include',
    'network-internal',
  ]);
  const services = await labels('services:\n  ‸');
  expect(services).toContain('postgres');
  expect(services).not.toContain('logging');
  const attributes = await labels(`${web}    ‸\n`);
  expect(attributes).toContain('healthcheck');
  expect(attributes).not.toContain('postgres');
  expect(await labels(`${web}    logging: {driver: local}\n    ‸\n`)).not.toContain('logging');
  for (const marked of [
    `${web}    image: ‸\n`,
    `${web}    build:\n      ‸\n`,
    'networks:\n  ‸\n',
    'services: {‸}\n',
  ])
    expect(await labels(marked)).toEqual([]);
  const text = await accepted('services:\n    a:\n        image: x:1\n    ‸\n', 'service');
  expect(text).toBe(
    'services:\n    a:\n        image: x:1\n    ${1:name}:\n        image: ${2:image:tag}\n        restart: unless-stopped\n        ‸\n',
  );
});

test('in a service of a known image all that it mostly needs is one suggestion, without what is there', async () => {
  const after = await accepted(`${web}    ‸\n`, 'environment, volumes, healthcheck, restart');
  expect(after).toContain('    environment:\n      POSTGRES_DB: ');
  expect(after).toContain(':/var/lib/postgresql/data');
  const items = await itemsAt(`${web}    environment: {POSTGRES_PASSWORD: x}\n    ‸\n`);
  expect(items.map(({ label }) => label)).toContain('volumes, healthcheck, restart');
  const other = await accepted(
    'services:\n  web:\n    image: grafana/grafana:12\n    ‸\n',
    'environment, ports, healthcheck',
  );
  expect(other).toContain('    environment:\n      GF_SECURITY_ADMIN_USER: ');
  const unknown = await itemsAt('services:\n  web:\n    image: my/app:1\n    ‸\n');
  expect(unknown.filter(({ label }) => label.includes(', '))).toEqual([]);
});
