import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import { load } from '#compose/load/load.ts';
import { memoryHost } from '../compose/load/memory-host.ts';
import { applyEdits, cursorIn } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.inProcess();
});
afterAll(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
});

/** What an action makes of the files: the compose file under its name, others that are created or added to. */
async function extracted(marked: string, title: string): Promise<Readonly<Record<string, string>>> {
  const { text, offset } = cursorIn(marked);
  const document = await client.open(uri, text);
  const position = document.positionAt(offset);
  const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: position, end: position },
    context: { diagnostics: [], only: ['refactor'] },
  });
  const action = actions.find((each) => each.title === title);
  if (action === undefined) throw new Error(`no “${title}” among ${actions.map((each) => each.title)}`);
  const files: Record<string, string> = { 'compose.yaml': text };
  const documents = action.edit?.documentChanges ?? [
    { textDocument: { uri }, edits: action.edit?.changes?.[uri] ?? [] },
  ];
  for (const change of documents) {
    if (!('textDocument' in change)) continue;
    const name = change.textDocument.uri.replace('file:///work/', '');
    const edits = change.edits.flatMap((edit) =>
      'newText' in edit
        ? [
            {
              start: name === 'compose.yaml' ? document.offsetAt(edit.range.start) : 0,
              end: name === 'compose.yaml' ? document.offsetAt(edit.range.end) : 0,
              newText: edit.newText,
            },
          ]
        : [],
    );
    files[name] = applyEdits(files[name] ?? '', edits);
  }
  return files;
}

/** The project of some files, without where its secrets are. */
async function model(files: Readonly<Record<string, string>>) {
  const disk = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/work/${name}`, text]));
  const { loaded, problems } = await load(memoryHost(disk), { cwd: '/work' });
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return loaded?.project.services;
}

const same = async (marked: string, files: Readonly<Record<string, string>>) =>
  expect(await model(files)).toEqual(await model({ 'compose.yaml': marked.replace('‸', '') }));

describe('a value', () => {
  test.each([
    [
      'services:\n  web:\n    image: x\n    environment:\n      TOKEN: a‸bc\n',
      'TOKEN',
      'TOKEN: ${TOKEN}',
      'TOKEN=abc\n',
    ],
    ['services:\n  web:\n    image: x\n    environment:\n      A: "b c‸"\n', 'A', 'A: "${A}"', "A='b c'\n"],
    ['services:\n  web:\n    image: x\n    environment:\n      - A=‸1\n', 'A', '- A=${A}', 'A=1\n'],
    ['services: {web: {image: x, environment: {A: ‸one}}}\n', 'A', '{A: "${A}"}', 'A=one\n'],
    [
      'services:\r\n  web:\r\n    image: ng‸inx:1\r\n',
      'WEB_IMAGE',
      'image: ${WEB_IMAGE}\r\n',
      'WEB_IMAGE=nginx:1\n',
    ],
  ])('%j moves to .env', async (marked, name, written, line) => {
    const files = await extracted(marked, `Move to .env as ${name}`);
    expect(files['compose.yaml']).toContain(written);
    expect(files['.env']).toBe(line);
    await same(marked, files);
  });

  test('moves to a secret that the image reads from a file', async () => {
    const files = await extracted(
      'services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_DB: app\n      POSTGRES_PASSWORD: "s‸3cret"\n    ports: ["5432:5432"]\n',
      'Move to secret postgres_password',
    );
    expect(files).toEqual({
      'compose.yaml': `services:
  db:
    image: postgres:17
    environment:
      POSTGRES_DB: app
      POSTGRES_PASSWORD_FILE: /run/secrets/postgres_password
    secrets:
      - postgres_password
    ports: ["5432:5432"]

secrets:
  postgres_password:
    file: ./secrets/postgres_password.txt
`,
      'secrets/postgres_password.txt': 's3cret',
    });
    await model(files);
  });

  test('moves to a secret beside others, in a file without a last line feed', async () => {
    const files = await extracted(
      'secrets:\n  other:\n    file: ./other\nservices:\n  db:\n    image: mysql:8\n    secrets:\n      - other\n    environment:\n      MYSQL_PASSWORD: ‸x',
      'Move to secret mysql_password',
    );
    expect(files['compose.yaml']).toBe(
      'secrets:\n  other:\n    file: ./other\n  mysql_password:\n    file: ./secrets/mysql_password.txt\nservices:\n  db:\n    image: mysql:8\n    secrets:\n      - other\n      - mysql_password\n    environment:\n      MYSQL_PASSWORD_FILE: /run/secrets/mysql_password',
    );
  });
});

describe('a mapping', () => {
  const logging = '    logging:\n      driver: local\n      options:\n        max-size: 10m\n';

  test('moves to the top, for every service that has the same', async () => {
    const marked = `name: p\nservices:\n  a:\n    image: x\n${logging.replace('driver', 'dri‸ver')}  b:\n    image: y\n${logging}    restart: always\n`;
    const files = await extracted(marked, 'Extract to x-logging (2 identical blocks)');
    expect(files['compose.yaml']).toBe(`name: p
x-logging: &logging
  driver: local
  options:
    max-size: 10m

services:
  a:
    image: x
    logging: *logging
  b:
    image: y
    logging: *logging
    restart: always
`);
    await same(marked, files);
  });

  test('is written out where it is used', async () => {
    const marked = 'x-env: &env\n  A: one\n  B: two\nservices:\n  a:\n    image: x\n    environment: *e‸nv\n';
    const files = await extracted(marked, 'Inline *env');
    expect(files['compose.yaml']).toContain('    environment:\n      A: one\n      B: two\n');
    await same(marked, files);
  });

  test('is written out where it is merged, but for what is overridden', async () => {
    const marked =
      'x-env: &env\n  A: one\n  B: two\nservices:\n  a:\n    image: x\n    environment:\n      <<: *e‸nv\n      B: three\n';
    const files = await extracted(marked, 'Inline *env');
    expect(files['compose.yaml']).toContain('    environment:\n      A: one\n      B: three\n');
    await same(marked, files);
  });
});

test.each([
  'services:\n  a:\n    image: x\n    environment:\n      A: ${‸B}\n',
  'services:\n  a:\n    image: x\n    environment:\n      A: |\n        two‸\n        lines\n',
  'services:\n  a:\n    image: x\n    environment:\n      A:‸\n',
  'services:\n  a:\n    image: x\n    logging: {dri‸ver: local}\n',
  'x-l: &l {driver: local}\nservices:\n  a:\n    image: x\n    logging: *‸l\n',
])('%j stays where it is', async (marked) => {
  await expect(extracted(marked, 'anything')).rejects.toThrow(/among (?:(?!Move to|x-logging).)*$/);
});
