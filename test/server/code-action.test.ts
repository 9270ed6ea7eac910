import type { CodeAction, TextDocumentEdit } from 'vscode-languageserver';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyEdits } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';

let client: TestClient;
beforeEach(async () => {
  client = await TestClient.inProcess();
});
afterEach(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
});

async function actions(text: string, only?: string[]): Promise<CodeAction[]> {
  const document = await client.open(uri, text);
  const diagnostics = await client.diagnostics(uri);
  return client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: document.positionAt(text.length) },
    context: { diagnostics, ...(only === undefined ? {} : { only }) },
  });
}

function applied(action: CodeAction): string {
  const document = client.document(uri);
  const ofDocument = (action.edit?.documentChanges ?? []).filter(
    (change): change is TextDocumentEdit => 'textDocument' in change && change.textDocument.uri === uri,
  );
  const edits = [...(action.edit?.changes?.[uri] ?? []), ...ofDocument.flatMap((change) => change.edits)];
  return applyEdits(
    document.getText(),
    edits.map((edit) => ({
      start: document.offsetAt('range' in edit ? edit.range.start : { line: 0, character: 0 }),
      end: document.offsetAt('range' in edit ? edit.range.end : { line: 0, character: 0 }),
      newText: 'newText' in edit ? edit.newText : '',
    })),
  );
}

async function fix(text: string, title: string): Promise<string> {
  const found = await actions(text);
  const action = found.find((candidate) => candidate.title === title);
  if (action === undefined)
    throw new Error(`no “${title}” among ${found.map((each) => each.title).join(' | ')}`);
  return applied(action);
}

const web = 'services:\n  web:\n    image: nginx:1\n';

const fixes: readonly (readonly [before: string, title: string, after: string])[] = [
  [`${web}    port: []\n`, 'Change to "ports"', `${web}    ports: []\n`],
  [`${web}    "port": []\n`, 'Change to "ports"', `${web}    "ports": []\n`],
  [`version: "3.8"\n\n${web}`, 'Remove "version"', web],
  [`${web}    image: nginx:2\n`, 'Remove this one', web],
  [
    `${web}    ports: ["8080:80"]\n    scale: 3\n`,
    'Publish the ports 8080-8082',
    `${web}    ports: ["8080-8082:80"]\n    scale: 3\n`,
  ],
  [
    `${web}    ports: ["127.0.0.1:8080:80/udp"]\n    scale: 2\n`,
    'Let the engine choose the host ports',
    `${web}    ports: ["127.0.0.1::80/udp"]\n    scale: 2\n`,
  ],
  [
    `${web}    ports: ["8080:80"]\n    scale: 2\n`,
    'Let the engine choose the host ports',
    `${web}    ports: ["80"]\n    scale: 2\n`,
  ],
  [
    `${web}    ports: [8080:8080]\n    scale: 2\n`,
    'Publish the ports 8080-8081',
    `${web}    ports: [8080-8081:8080]\n    scale: 2\n`,
  ],
  [
    `${web}    ports:\n      - target: 80\n        published: "8080"\n    scale: 2\n`,
    'Publish the ports 8080-8081',
    `${web}    ports:\n      - target: 80\n        published: "8080-8081"\n    scale: 2\n`,
  ],
  [
    `${web}    ports:\n      - target: 80\n        published: "8080"\n    scale: 2\n`,
    'Let the engine choose the host ports',
    `${web}    ports:\n      - target: 80\n    scale: 2\n`,
  ],
  [`${web}volumes:\n  data:\n  other: {}\n`, 'Remove the volume "data"', `${web}volumes:\n  other: {}\n`],
  [`${web}volumes:\n  data:\n    driver: local\n`, 'Remove the volume "data"', `${web}volumes: {}\n`],
  [`${web}volumes: {data: , b: }\n`, 'Remove the volume "data"', `${web}volumes: {b: }\n`],
  [`x-a: &unused {b: 1}\n${web}`, 'Remove the anchor', `x-a: {b: 1}\n${web}`],
  [
    `${web}    networks: [front]\n`,
    'Declare the network "front"',
    `${web}    networks: [front]\n\nnetworks:\n  front:\n`,
  ],
  [
    `${web}    networks: [front]\nnetworks:\n  back: # c\nname: x\n`,
    'Declare the network "front"',
    `${web}    networks: [front]\nnetworks:\n  back: # c\n  front:\nname: x\n`,
  ],
  [
    `${web}    networks: [bakc]\nnetworks:\n  back:\n`,
    'Change to "back"',
    `${web}    networks: [back]\nnetworks:\n  back:\n`,
  ],
  [
    `${web}    volumes: ["dta:/x"]\nvolumes:\n  data:\n`,
    'Change to "data"',
    `${web}    volumes: ["data:/x"]\nvolumes:\n  data:\n`,
  ],
  [
    `${web}    depends_on: [dbb]\n  db:\n    image: x:1\n`,
    'Change to "db"',
    `${web}    depends_on: [db]\n  db:\n    image: x:1\n`,
  ],
  [
    `${web}    secrets: [s]\n`,
    'Declare the secret "s"',
    `${web}    secrets: [s]\n\nsecrets:\n  s:\n    file: ./s.txt\n`,
  ],
  [`${web}    ports: [22:22]\n`, 'Write "22:22"', `${web}    ports: ["22:22"]\n`],
  [
    `${web}    environment:\n      DB_PASSWORD: hunter2\n`,
    'Move the value of DB_PASSWORD to .env',
    `${web}    environment:\n      DB_PASSWORD: \${DB_PASSWORD}\n`,
  ],
  [
    `${web}    environment: ["DB_PASSWORD=hunter2"]\n`,
    'Move the value of DB_PASSWORD to .env',
    `${web}    environment: ["DB_PASSWORD=\${DB_PASSWORD}"]\n`,
  ],
  [
    'services:\n  web:\n    image: nginx\n',
    'Ignore "untagged-image" here',
    'services:\n  web:\n    # compose-ignore untagged-image\n    image: nginx\n',
  ],
];

describe('fixes', () => {
  test.each(fixes)('%j: %s', async (before, title, after) => {
    expect(await fix(before, title)).toBe(after);
  });

  test('what is fixed is no longer reported', async () => {
    client.files.texts.set('/work/s.txt', '');
    client.files.texts.set('/work/.env', 'DB_PASSWORD=hunter2\n');
    for (const [before, title] of fixes) {
      const after = await fix(before, title);
      const counted = (await client.diagnostics(uri)).length;
      await client.open(uri, after);
      expect((await client.diagnostics(uri)).length, `${title} in\n${before}`).toBeLessThan(counted);
    }
  });

  test('a secret’s value goes to .env, which is made if there is none', async () => {
    const found = await actions(`${web}    environment:\n      DB_PASSWORD: it's\n`);
    const action = found.find(({ title }) => title.startsWith('Move'));
    expect(action?.edit?.documentChanges?.slice(0, 2)).toEqual([
      { kind: 'create', uri: 'file:///work/.env', options: { ignoreIfExists: true } },
      {
        textDocument: { uri: 'file:///work/.env', version: null },
        edits: [
          {
            range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
            newText: "DB_PASSWORD='it\\'s'\n",
          },
        ],
      },
    ]);
  });

  test('a file that is missing can be created', async () => {
    const found = await actions(`include: [parts/db.yaml]\n${web}`);
    const action = found.find(({ title }) => title === 'Create parts/db.yaml');
    expect(action?.edit?.documentChanges?.[0]).toEqual({
      kind: 'create',
      uri: 'file:///work/parts/db.yaml',
      options: { ignoreIfExists: true },
    });
  });

  test.each([
    [
      `${web}    networks: [front]\n`,
      'Declare the network "front"',
      `${web}    networks: [front]\n\nnetworks:\n  front:\n`,
    ],
    [
      `${web}    networks: [front]\nnetworks:\n  back: # c\nname: x\n`,
      'Declare the network "front"',
      `${web}    networks: [front]\nnetworks:\n  back: # c\n  front:\nname: x\n`,
    ],
    [
      `${web}    secrets: [s]\n`,
      'Declare the secret "s"',
      `${web}    secrets: [s]\n\nsecrets:\n  s:\n    file: ./s.txt\n`,
    ],
    [`version: "3.8"\n\n${web}`, 'Remove "version"', web],
  ])('lines end in CRLF where those of the file do: %j', async (before, title, after) => {
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    expect(await fix(crlf(before), title)).toBe(crlf(after));
  });

  test.each([
    'a: 1\n a: 2\n c: [}:',
    'a: {b: , b: 1, c}\ne: 1}: 2}\n d: 2}], {1\n  a: 2\ne: 1}: 2}\n? a\n: b\n? [x]\n: 1\n- a: 1\n  a: 2\n',
    'services:\n  web: {image: x, image: y\n  c: [}:\n  c: 1\n',
  ])('what is removed from a broken file ends after it starts: %j', async (text) => {
    await client.open(uri, text);
    const document = client.document(uri);
    for (let offset = 0; offset <= text.length; offset += 1) {
      const at = document.positionAt(offset);
      const found = await client.request<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range: { start: at, end: at },
        context: {
          diagnostics: [
            {
              range: { start: at, end: at },
              message: '',
              code: 'duplicate-key',
              source: 'compose',
              data: {},
            },
          ],
          only: ['quickfix'],
        },
      });
      const edits = found.flatMap(({ edit }) => Object.values(edit?.changes ?? {}).flat());
      const more = found.flatMap(({ edit }) =>
        (edit?.documentChanges ?? []).flatMap((change) => ('edits' in change ? change.edits : [])),
      );
      for (const each of [...edits, ...more]) {
        if (!('range' in each)) continue;
        const { start, end } = each.range;
        expect(document.offsetAt(end), `at ${offset}`).toBeGreaterThanOrEqual(document.offsetAt(start));
      }
    }
  });

  test('all safe ones at once', async () => {
    const text = `version: "3"\nx-a: &unused {b: 1}\n${web}    ports: [22:22]\n    port: []\n`;
    const [action] = await actions(text, ['source.fixAll']);
    if (action === undefined) throw new Error('no action');
    expect(applied(action)).toBe(`x-a: {b: 1}\n${web}    ports: ["22:22"]\n    port: []\n`);
  });

  test('nothing where nothing is wrong', async () => {
    expect(await actions(web)).toEqual([]);
  });
});
