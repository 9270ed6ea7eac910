import type { CompletionItem, CompletionList, TextEdit } from 'vscode-languageserver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyEdits, cursorIn } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.inProcess({
    files: {
      '/work/.env': 'TAG=1.29\nexport EMPTY=\n',
      '/work/Dockerfile': 'FROM node:22 AS build\nARG VERSION\nFROM build AS run\n',
      '/work/html/index.html': '',
      '/work/other.yaml': 'services:\n  base:\n    image: x:1\n',
    },
  });
});
afterAll(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
});

async function itemsAt(marked: string): Promise<{ text: string; items: CompletionItem[] }> {
  const { text, offset } = cursorIn(marked);
  await client.open(uri, text);
  const list = await client.at<CompletionList>('textDocument/completion', uri, offset);
  return { text, items: list.items };
}

async function labels(marked: string): Promise<string[]> {
  return (await itemsAt(marked)).items.map((item) => item.label);
}

/** The document once the suggestion of that label is taken; `‸` where the cursor then is. */
async function accept(marked: string, label: string): Promise<string> {
  const { text, items } = await itemsAt(marked);
  const item = items.find((candidate) => candidate.label === label);
  if (item === undefined) throw new Error(`no “${label}” among ${items.map((each) => each.label)}`);
  const edit = item.textEdit as TextEdit;
  const document = client.document(uri);
  expect(edit.range.start.line, 'an edit stays on its line').toBe(edit.range.end.line);
  const newText = edit.newText.replace(/\$0/, '‸').replace(/\\([\\$}])/g, '$1');
  return applyEdits(text, [
    { start: document.offsetAt(edit.range.start), end: document.offsetAt(edit.range.end), newText },
  ]);
}

/** Each: what is there, what is taken, what is there then. */
const accepted: readonly (readonly [name: string, before: string, label: string, after: string])[] = [
  ['the first key', '‸', 'services', 'services:\n  ‸'],
  ['a half-typed first key', 'ser‸', 'services', 'services:\n  ‸'],
  ['a scalar', 'services:\n  web:\n    im‸\n', 'image', 'services:\n  web:\n    image: ‸\n'],
  ['a list', 'services:\n  web:\n    po‸\n', 'ports', 'services:\n  web:\n    ports:\n      - ‸\n'],
  ['a map', 'services:\n  web:\n    ‸\n', 'healthcheck', 'services:\n  web:\n    healthcheck:\n      ‸\n'],
  [
    'the indentation of the file',
    'services:\n    web:\n        ‸\n',
    'healthcheck',
    'services:\n    web:\n        healthcheck:\n            ‸\n',
  ],
  [
    'a key that has its colon',
    'services:\n  web:\n    im‸: x\n',
    'image',
    'services:\n  web:\n    image: x\n',
  ],
  [
    'a key in the middle of a word',
    'services:\n  web:\n    im‸age: x\n',
    'init',
    'services:\n  web:\n    init: x\n',
  ],
  [
    'an enum value',
    'services:\n  web:\n    restart: un‸\n',
    'unless-stopped',
    'services:\n  web:\n    restart: unless-stopped\n',
  ],
  [
    'a value that YAML would take for a boolean',
    'services:\n  web:\n    restart: ‸\n',
    'no',
    'services:\n  web:\n    restart: "no"\n',
  ],
  [
    'the same within quotes',
    "services:\n  web:\n    restart: '‸'\n",
    'no',
    "services:\n  web:\n    restart: 'no'\n",
  ],
  [
    'a value without its space',
    'services:\n  web:\n    restart:‸\n',
    'always',
    'services:\n  web:\n    restart: always\n',
  ],
  [
    'a value to replace',
    'services:\n  web:\n    restart: al‸ways # c\n',
    'no',
    'services:\n  web:\n    restart: "no" # c\n',
  ],
  [
    'a boolean',
    'services:\n  web:\n    privileged: ‸\n',
    'true',
    'services:\n  web:\n    privileged: true\n',
  ],
  [
    'a name in a list',
    'services:\n  web:\n    depends_on:\n      - ‸\n  db: {}\n',
    'db',
    'services:\n  web:\n    depends_on:\n      - db\n  db: {}\n',
  ],
  [
    'a name in a list not begun',
    'services:\n  web:\n    depends_on:\n      ‸\n  db: {}\n',
    'db',
    'services:\n  web:\n    depends_on:\n      - db\n  db: {}\n',
  ],
  [
    'a name in a map',
    'services:\n  web:\n    depends_on:\n      a:\n        condition: service_started\n      ‸\n  db: {}\n',
    'db',
    'services:\n  web:\n    depends_on:\n      a:\n        condition: service_started\n      db:\n        condition: ‸\n  db: {}\n',
  ],
  [
    'a name in a flow list',
    'services:\n  web:\n    depends_on: [‸]\n  db: {}\n',
    'db',
    'services:\n  web:\n    depends_on: [db]\n  db: {}\n',
  ],
  [
    'a condition',
    'services:\n  web:\n    depends_on:\n      db:\n        condition: ‸\n',
    'service_healthy',
    'services:\n  web:\n    depends_on:\n      db:\n        condition: service_healthy\n',
  ],
  [
    'the first key of an item',
    'services:\n  web:\n    volumes:\n      - ‸\n',
    'type',
    'services:\n  web:\n    volumes:\n      - type: ‸\n',
  ],
  [
    'the next key of an item',
    'services:\n  web:\n    volumes:\n      - type: bind\n        ‸\n',
    'source',
    'services:\n  web:\n    volumes:\n      - type: bind\n        source: ‸\n',
  ],
  [
    'items of maps with their required keys',
    'services:\n  web:\n    develop:\n      ‸\n',
    'watch',
    'services:\n  web:\n    develop:\n      watch:\n        - path: ‸\n          action: \n',
  ],
  ['a key in a flow map', 'services:\n  web: {‸}\n', 'ports', 'services:\n  web: {ports: [‸]}\n'],
  [
    'a network of the service',
    'services:\n  web:\n    network_mode: ser‸\n  db: {}\n',
    'service:db',
    'services:\n  web:\n    network_mode: service:db\n  db: {}\n',
  ],
  [
    'a volume, to be mounted',
    'services:\n  web:\n    volumes:\n      - d‸\nvolumes:\n  data:\n',
    'data',
    'services:\n  web:\n    volumes:\n      - data:\nvolumes:\n  data:\n',
  ],
  [
    'a folder',
    'services:\n  web:\n    volumes:\n      - ./h‸\n',
    'html',
    'services:\n  web:\n    volumes:\n      - ./html/\n',
  ],
  [
    'a file',
    'services:\n  web:\n    build:\n      dockerfile: ‸\n',
    'Dockerfile',
    'services:\n  web:\n    build:\n      dockerfile: Dockerfile\n',
  ],
  [
    'an alias',
    'x-a: &common {restart: always}\nservices:\n  web:\n    <<: *‸\n',
    '*common',
    'x-a: &common {restart: always}\nservices:\n  web:\n    <<: *common\n',
  ],
  [
    'a merge key’s value',
    'x-a: &common {restart: always}\nservices:\n  web:\n    <<: ‸\n',
    '*common',
    'x-a: &common {restart: always}\nservices:\n  web:\n    <<: *common\n',
  ],
  ['CRLF', 'services:\r\n  web:\r\n    im‸\r\n', 'image', 'services:\r\n  web:\r\n    image: ‸\r\n'],
  [
    'non-ASCII names',
    'services:\n  été: {}\n  web:\n    depends_on: [é‸]\n',
    'été',
    'services:\n  été: {}\n  web:\n    depends_on: [été]\n',
  ],
];

describe('taking a suggestion', () => {
  test.each(accepted)('%s', async (_name, before, label, after) => {
    expect(await accept(before, label)).toBe(after);
  });
});

describe('what is suggested', () => {
  test('keys that are there already are left out', async () => {
    const found = await labels('services:\n  web:\n    image: x\n    ‸\n    ports: []\n');
    expect(found).toContain('build');
    expect(found).not.toContain('image');
    expect(found).not.toContain('ports');
  });

  test('items that are there already are left out', async () => {
    expect(
      await labels('services:\n  web:\n    depends_on:\n      - db\n      - ‸\n  db: {}\n  cache: {}\n'),
    ).toEqual(['cache']);
  });

  test.each([
    ['a comment', 'services: # ‸'],
    ['text of a block scalar', 'services:\n  web:\n    command: |\n      im‸\n'],
    ['under a scalar', 'name: x\n  ‸'],
    ['free text', 'services:\n  web:\n    hostname: ‸\n'],
    ['names of networks', 'networks:\n  ‸'],
    ['values of variables', 'services:\n  web:\n    environment:\n      A: ‸\n'],
  ])('nothing in %s', async (_name, text) => {
    expect(await labels(text)).toEqual([]);
  });

  test('services of another file, where an extends says so', async () => {
    const found = await labels('include: [other.yaml]\nservices:\n  web:\n    depends_on: [‸]\n');
    expect(found).toEqual(['base']);
  });

  test('the documentation comes when a suggestion is looked at', async () => {
    const { items } = await itemsAt('services:\n  web:\n    ‸\n');
    const image = items.find((item) => item.label === 'image');
    expect(image?.documentation).toBeUndefined();
    const resolved = await client.request<CompletionItem>('completionItem/resolve', image);
    expect(resolved.documentation).toEqual({
      kind: 'markdown',
      value: expect.stringContaining('https://docs.docker.com/reference/compose-file/services/#image'),
    });
  });

  test('local images, once the client has told them', async () => {
    await client.connection.sendNotification('composure/engineFacts', {
      images: ['postgres:17', 'nginx:1.29'],
    });
    expect(await labels('services:\n  web:\n    image: ‸\n')).toEqual(['postgres:17', 'nginx:1.29']);
    await client.connection.sendNotification('composure/engineFacts', { images: [] });
  });

  test('a document that is closed meanwhile has no suggestions', async () => {
    await client.open(uri, 'services:\n');
    const asked = client.at<CompletionList>('textDocument/completion', uri, 0);
    await client.closeDocument(uri);
    await asked;
    const after = await client.request<CompletionList>('textDocument/completion', {
      textDocument: { uri },
      position: { line: 0, character: 0 },
    });
    expect(after.items).toEqual([]);
  });
});
