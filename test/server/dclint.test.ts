import type { CodeAction } from 'vscode-languageserver';
import { expect, test } from 'vitest';
import { applyEdits } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/app/compose.yaml';

async function withConfig<T>(
  files: Readonly<Record<string, string>>,
  text: string,
  work: (client: TestClient) => Promise<T>,
): Promise<T> {
  const client = await TestClient.inProcess({ files: { ...files, '/work/app/x': '' } });
  await client.open(uri, text);
  try {
    return await work(client);
  } finally {
    expect(client.errors).toEqual([]);
    await client.close();
  }
}

/** `line code severity` of what dclint's rules, or ours for them, say. */
function reported(files: Readonly<Record<string, string>>, text: string): Promise<string[]> {
  return withConfig(files, text, async (client) =>
    (await client.diagnostics(uri)).map(
      ({ range, code, severity }) => `${range.start.line} ${String(code)} ${severity}`,
    ),
  );
}

const text = `version: "3"
services:
  web:
    ports:
      - 8080:80
      - "443:443"
    image: nginx:stable
    build: https://example.com/web.git
    container_name: "my app"
    depends_on: [db, api]
    volumes:
      - "./html:/srv"
  db:
    image: postgres
  api:
    image: node:22
`;

test('without a configuration none of its own rules speak', async () => {
  expect(await reported({}, text)).toEqual(['0 obsolete-version 4', '13 untagged-image 4']);
});

test('with one, all fifteen do, as severe as they are', async () => {
  expect((await reported({ '/work/.dclintrc': '{}' }, text)).toSorted()).toEqual(
    [
      '0 obsolete-version 4',
      '0 require-project-name-field 2',
      '4 require-quotes-in-ports 2',
      '5 service-ports-alphabetical-order 2',
      '6 no-build-and-image 1',
      '6 service-image-require-explicit-tag 1',
      '6 service-keys-order 2',
      '8 service-container-name-regex 1',
      '9 service-dependencies-alphabetical-order 2',
      '11 no-quotes-in-volumes 2',
      '13 untagged-image 4',
      '14 services-alphabetical-order 2',
    ].toSorted(),
  );
});

test.each([
  ['.dclintrc', '{"rules": {"services-alphabetical-order": 0, "no-version-field": 2}}'],
  ['.dclintrc.json', '{"rules": {"services-alphabetical-order": 0, "no-version-field": 2}}'],
  ['.dclintrc.yaml', 'rules:\n  services-alphabetical-order: 0\n  no-version-field: 2\n'],
  ['.dclintrc.yml', 'rules:\n  services-alphabetical-order: [0, {}]\n  no-version-field: [2, {}]\n'],
])('%s says how severe a rule is', async (name, config) => {
  const found = await reported(
    { [`/work/app/${name}`]: config },
    'version: "3"\nname: a\nservices:\n  b: {image: "a:1"}\n  a: {image: "a:1"}\n',
  );
  expect(found).toEqual(['0 obsolete-version 1']);
});

test.each([
  [
    'no-build-and-image',
    { checkPullPolicy: false },
    'image: a:1\n    build: x.git\n    pull_policy: build',
    true,
  ],
  ['no-build-and-image', {}, 'image: a:1\n    build: x.git\n    pull_policy: build', false],
  ['service-image-require-explicit-tag', { prohibitedTags: ['next'] }, 'image: a:next', true],
  ['service-image-require-explicit-tag', { prohibitedTags: ['next'] }, 'image: a:stable', false],
  [
    'service-keys-order',
    { groupOrder: ['Networking', 'Core Definitions'] },
    'ports: ["1:1"]\n    image: a:1',
    false,
  ],
  [
    'service-keys-order',
    { groups: { 'Core Definitions': ['tty', 'image'] } },
    'image: a:1\n    tty: true',
    true,
  ],
])('%s with %j: %j', async (rule, options, service, expected) => {
  const config = JSON.stringify({ rules: { [rule]: [1, options] } });
  const found = await reported({ '/work/.dclintrc': config }, `name: a\nservices:\n  a:\n    ${service}\n`);
  expect(found.some((each) => each.includes(rule))).toBe(expected);
});

test('top-level keys in an order of one’s own', async () => {
  const config = { rules: { 'top-level-properties-order': [2, { customOrder: ['services', 'name'] }] } };
  const found = await reported(
    { '/work/.dclintrc': JSON.stringify(config) },
    'name: a\nservices:\n  a: {image: "a:1"}\n',
  );
  expect(found).toEqual(['1 top-level-properties-order 1']);
});

test('quiet shows errors only, and what is excluded nothing', async () => {
  const file = 'services:\n  b: {image: "a:1"}\n  a: {image: "a:1"}\n';
  expect(await reported({ '/work/.dclintrc': '{"quiet": true}' }, file)).toEqual([]);
  expect(await reported({ '/work/.dclintrc': '{"exclude": ["app/"]}' }, file)).toEqual([]);
});

test('its comments switch its rules off', async () => {
  const found = await reported(
    { '/work/.dclintrc': '{}' },
    '# dclint disable require-project-name-field\nservices:\n  b: {image: "a:1"}\n  # dclint disable-line services-alphabetical-order\n  a: {image: "a:1"}\n',
  );
  expect(found).toEqual([]);
});

test.each([
  [
    'services-alphabetical-order',
    'name: a\nservices:\n  # the second\n  b:\n    image: a:1 # b\n\n  a:\n    image: a:1\nvolumes: {}\n',
    'name: a\nservices:\n  a:\n    image: a:1\n\n  # the second\n  b:\n    image: a:1 # b\nvolumes: {}\n',
  ],
  [
    'service-keys-order',
    'name: a\nservices:\n  a:\n    ports:\n      - "1:1"\n    image: a:1\n',
    'name: a\nservices:\n  a:\n    image: a:1\n    ports:\n      - "1:1"\n',
  ],
  [
    'top-level-properties-order',
    'services:\n  a:\n    image: a:1\n\nname: a\n',
    'name: a\n\nservices:\n  a:\n    image: a:1\n',
  ],
  [
    'service-dependencies-alphabetical-order',
    'name: a\nservices:\n  a:\n    image: a:1\n    depends_on:\n      - c\n      - b\n  b: {image: "a:1"}\n  c: {image: "a:1"}\n',
    'name: a\nservices:\n  a:\n    image: a:1\n    depends_on:\n      - b\n      - c\n  b: {image: "a:1"}\n  c: {image: "a:1"}\n',
  ],
  [
    'require-quotes-in-ports',
    'name: a\nservices:\n  a:\n    image: a:1\n    ports:\n      - 8080:80\n',
    "name: a\nservices:\n  a:\n    image: a:1\n    ports:\n      - '8080:80'\n",
  ],
  [
    'no-quotes-in-volumes',
    'name: a\nservices:\n  a:\n    image: a:1\n    volumes:\n      - "./b:/c"\n',
    'name: a\nservices:\n  a:\n    image: a:1\n    volumes:\n      - ./b:/c\n',
  ],
])('the fix of %s', async (code, before, after) => {
  await withConfig({ '/work/.dclintrc': '{}' }, before, async (client) => {
    const diagnostic = (await client.diagnostics(uri)).find((each) => each.code === code);
    expect(diagnostic).toBeDefined();
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostic?.range,
      context: { diagnostics: [diagnostic], only: ['quickfix'] },
    });
    const document = client.document(uri);
    const edits = (actions[0]?.edit?.changes?.[uri] ?? []).map(({ range, newText }) => ({
      start: document.offsetAt(range.start),
      end: document.offsetAt(range.end),
      newText,
    }));
    expect(applyEdits(before, edits)).toBe(after);
  });
});
