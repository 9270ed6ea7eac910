import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import { applyTextEdits, cursorIn } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.inProcess({
    files: {
      '/work/.env': "TAG=1.29\nPORT=80\nMONEY='a$b'\nQUOTES=it's\nDB_PASSWORD=hunter2\nON=yes\nPATHS=C:\\x\n",
      '/other/.dclintrc':
        '{"rules": {"service-keys-order": [1, {"groupOrder": ["Networking", "Core Definitions"]}]}}',
    },
    environment: {},
  });
});
afterAll(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
});

/** The text after an action; `undefined` where there is no such action. */
async function changed(
  marked: string,
  only: string,
  title: string,
  place = uri,
): Promise<string | undefined> {
  const { text, offset } = marked.includes('‸') ? cursorIn(marked) : { text: marked, offset: 0 };
  const document = await client.open(place, text);
  const position = document.positionAt(offset);
  const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: place },
    range: { start: position, end: position },
    context: { diagnostics: [], only: [only] },
  });
  const edits = actions.find((action) => action.title === title)?.edit?.changes?.[place];
  if (edits === undefined) return undefined;
  return applyTextEdits(text, document, edits);
}

const sorted = (text: string, place?: string) => changed(text, 'source', 'Sort keys', place);

describe('sorting keys', () => {
  const text = `# The stack.
volumes:
  data:
services:
  web:
    # published
    ports: ["80:80"] # to the world
    environment:
      B: 1
      A: 2
    image: nginx:1
  # the database
  db:
    volumes: [data:/data]

    image: postgres:17
name: shop
`;
  const expected = `# The stack.
name: shop
services:
  web:
    image: nginx:1
    environment:
      B: 1
      A: 2
    # published
    ports: ["80:80"] # to the world
  # the database
  db:
    image: postgres:17

    volumes: [data:/data]
volumes:
  data:
`;

  test('goes through the top level and every service, comments with what they are above', async () => {
    expect(await sorted(text)).toBe(expected);
  });

  test('has nothing to do the second time', async () => {
    expect(await sorted(expected)).toBeUndefined();
  });

  test('keeps line ends', async () => {
    expect(await sorted(text.replaceAll('\n', '\r\n'))).toBe(expected.replaceAll('\n', '\r\n'));
  });

  test('goes by .dclintrc', async () => {
    const found = await sorted(
      'services:\n  web:\n    image: x\n    ports: []\n',
      'file:///other/compose.yaml',
    );
    expect(found).toBe('services:\n  web:\n    ports: []\n    image: x\n');
  });

  test('leaves an anchor before its alias', async () => {
    const anchored =
      'volumes:\n  data: &v {labels: {a: b}}\nservices:\n  web:\n    ports: []\n    image: x\n    labels: {a: b}\nnetworks:\n  n: *v\n';
    expect(await sorted(anchored)).toBe(
      'volumes:\n  data: &v {labels: {a: b}}\nservices:\n  web:\n    image: x\n    ports: []\n    labels: {a: b}\nnetworks:\n  n: *v\n',
    );
  });

  test.each([
    'services:\n  web:\n    ports: &p []\n    image: x\n    expose: *p\n    image: y\n',
    'services: {web: {ports: [], image: x}}\n',
    'services:\n  web:\n    ports: [\n    image: x\n',
    'services:\n  web:\n    ports: []\n    image: x\n---\nservices: {}\n',
  ])('leaves %j alone', async (each) => {
    expect(await sorted(each)).toBeUndefined();
  });
});

describe('sorting a section', () => {
  const sort = (text: string) => changed(text, 'refactor', 'Sort services by name');

  test('by name, from its key', async () => {
    expect(await sort('serv‸ices:\n  # b\n  b:\n    image: x\n  a: {image: y}\n')).toBe(
      'services:\n  a: {image: y}\n  # b\n  b:\n    image: x\n',
    );
  });

  test('not where it is sorted, nor from elsewhere, nor if an alias would lose its anchor', async () => {
    expect(await sort('serv‸ices:\n  a: {image: y}\n  b: {image: y}\n')).toBeUndefined();
    expect(await sort('services:\n  b: {image: ‸y}\n  a: {image: y}\n')).toBeUndefined();
    expect(await sort('serv‸ices:\n  b: &b {image: y}\n  a: *b\n')).toBeUndefined();
  });
});

describe('a variable is written out', () => {
  test.each([
    ['image: nginx:${T‸AG}', 'TAG', 'image: nginx:1.29'],
    ['image: "nginx:${T‸AG}"', 'TAG', 'image: "nginx:1.29"'],
    ["image: 'nginx:$T‸AG'", 'TAG', "image: 'nginx:1.29'"],
    ['image: nginx:${N‸O:-latest}', 'NO', 'image: nginx:latest'],
    ['image: nginx:${T‸AG:-latest}', 'TAG', 'image: nginx:1.29'],
    ["user: 'x ${QU‸OTES}'", 'QUOTES', "user: 'x it''s'"],
    ['mem_limit: ${P‸ORT}', 'PORT', 'mem_limit: "80"'],
    ['user: ${O‸N}', 'ON', 'user: "yes"'],
    ['command: [a, "${MO‸NEY}"]', 'MONEY', 'command: [a, "a$$b"]'],
    ['command: ["${PA‸THS}"]', 'PATHS', 'command: ["C:\\\\x"]'],
    ['command: |\n      echo ${T‸AG}\n      ls', 'TAG', 'command: |\n      echo 1.29\n      ls'],
    ['labels: {a: $T‸AG}', 'TAG', 'labels: {a: "1.29"}'],
  ])('%s', async (line, name, expected) => {
    const text = (each: string) => `services:\n  web:\n    ${each}\n`;
    expect(await changed(text(line), 'refactor.inline', `Inline \${${name}}`)).toBe(text(expected));
  });

  test.each([
    ['${N‸O}', 'NO'],
    ['${DB_PASS‸WORD}', 'DB_PASSWORD'],
    ['${N‸O:?why}', 'NO'],
    ['${T‸AG:+x}', 'TAG'],
    ['${N‸O:-${TAG}}', 'NO'],
    ['$${T‸AG}', 'TAG'],
  ])('but not %s', async (use, name) => {
    const text = `services:\n  web:\n    image: "x:${use}"\n`;
    expect(await changed(text, 'refactor.inline', `Inline \${${name}}`)).toBeUndefined();
  });
});
