import { expect, test } from 'vitest';
import type {
  CodeAction,
  CompletionItem,
  CompletionList,
  Hover,
  Location,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { applyEdits, cursorIn } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

/** `.env` and env files, as documents of the server. */

const compose = `services:
  web:
    image: "nginx:\${TAG:-1.27}"
    environment:
      LEVEL: \${LEVEL}
      PASS: \${DB_PASSWORD:?set it}
    env_file: [web.env]
  db:
    image: "db:\${DB_TAG}"
    env_file: [web.env, more.env]
`;

interface Opened {
  readonly client: TestClient;
  readonly uri: string;
  readonly offset: number;
}

/** An env file with a cursor, open beside a project. */
async function opened(
  name: string,
  marked: string,
  {
    files = {},
    environment = {},
  }: { files?: Record<string, string>; environment?: Record<string, string> } = {},
): Promise<Opened> {
  const { text, offset } = marked.includes('‸') ? cursorIn(marked) : { text: marked, offset: 0 };
  const disk = {
    'compose.yaml': compose,
    'web.env': 'COLOR=red\n',
    'more.env': 'SIZE=1\n',
    ...files,
    [name]: text,
  };
  const client = await TestClient.inProcess({
    environment,
    files: Object.fromEntries(Object.entries(disk).map(([path, content]) => [`/work/${path}`, content])),
  });
  const uri = `file:///work/${name}`;
  await client.open(uri, text, 'dotenv');
  return { client, uri, offset };
}

async function diagnosed(...of: Parameters<typeof opened>): Promise<readonly string[]> {
  const { client, uri } = await opened(...of);
  const document = client.document(uri);
  const found = await client.diagnostics(uri);
  expect(client.errors).toEqual([]);
  await client.close();
  return found.map(({ code, range }) => `${range.start.line} ${String(code)}: ${document.getText(range)}`);
}

const right = 'TAG=1\nLEVEL=info\nDB_PASSWORD=x\nDB_TAG=2\n';

test.each([
  ['nothing', right, []],
  ['quotes that are not closed', `${right}"C=1\n`, ['4 env-file: "']],
  [
    'every mistake, and what is read behind one',
    `"C=1\nA B=2\n${right}LEVEL="x\n`,
    ['0 env-file: "', '1 env-file: A B', '6 env-file: "x'],
  ],
  ['nothing after export', `${right}export `, ['4 env-file:  ']],
  ['a name twice', `TAG=0\n${right}`, ['0 duplicate-variable: TAG']],
  ['names that are missing', 'TAG=1\n', ['0 missing-variable: TAG=1']],
  ['names that nothing uses', `${right}OTHER=1\nCOMPOSE_PROFILES=a\n`, ['4 unused-variable: OTHER']],
  ['a name that another value uses', `${right.replace('info', '${BASE}')}BASE=1\n`, []],
  ['names that are exported', right.replaceAll(/^/gm, 'export ').replace(/export $/, ''), []],
] as const)('problems of .env: %s', async (_name, text, expected) => {
  const found = await diagnosed('.env', text);
  expect(found.filter((each) => !(each.includes('missing-variable') && text.includes('"C')))).toEqual(
    expected,
  );
});

test('the environment wins over .env', async () => {
  expect(await diagnosed('.env', right, { environment: { LEVEL: 'debug' } })).toEqual([
    '1 overridden-variable: LEVEL',
  ]);
});

test('what services are given may be used by their programs', async () => {
  expect(await diagnosed('web.env', 'COLOR=red\nNOBODY=1\n')).toEqual([]);
});

test('names that are set elsewhere are not missing', async () => {
  expect(
    await diagnosed('.env', 'TAG=1\nDB_PASSWORD=x\n', { environment: { LEVEL: 'a', DB_TAG: 'b' } }),
  ).toEqual([]);
});

test('a file that may be chosen has to say what the project needs', async () => {
  const found = await diagnosed('.env.prod', 'TAG=1\nLEVEL=a\n', { files: { '.env': right } });
  expect(found).toEqual(['0 missing-variable: TAG=1']);
});

async function hover(...of: Parameters<typeof opened>): Promise<string> {
  const { client, uri, offset } = await opened(...of);
  const found = await client.at<Hover | null>('textDocument/hover', uri, offset);
  expect(client.errors).toEqual([]);
  await client.close();
  return found === null || typeof found.contents !== 'object' || !('value' in found.contents)
    ? ''
    : found.contents.value;
}

test.each([
  [
    'who uses a name',
    '.env',
    right.replace('LEVEL', 'LEV‸EL'),
    {},
    ['`LEVEL` = `info` (.env)', 'Used in `compose.yaml:5`.'],
  ],
  [
    'a secret',
    '.env',
    right.replace('DB_PASSWORD=x', 'DB_PASS‸WORD=hunter2'),
    {},
    ['`DB_PASSWORD` = `••••••` (.env)', 'Used in `compose.yaml:6`.'],
  ],
  [
    'the environment wins',
    '.env',
    right.replace('LEVEL', 'LEV‸EL'),
    { environment: { LEVEL: 'debug' } },
    [
      '`LEVEL` = `info` (.env)',
      'Used in `compose.yaml:5`.',
      'This value is not used: the environment also sets `LEVEL`, and Docker Compose prefers it to any env file.',
    ],
  ],
  [
    'what services are given',
    'web.env',
    'LEV‸EL=a\n',
    {},
    [
      '`LEVEL` = `a` (web.env)',
      'In the environment of web, db (`env_file`).',
      'This value is not used for `web`: its `environment` sets it too, and overrides `env_file`.',
      'For `db`, a value in `more.env` overrides this one because that file is read later.',
    ],
  ],
  ['another program’s file', 'sub/.env', 'A‸=1\n', {}, ['']],
] as const)('hover: %s', async (_name, file, text, more, expected) => {
  expect((await hover(file, text, more)).split('\n\n')).toEqual(expected);
});

async function completed(...of: Parameters<typeof opened>): Promise<readonly CompletionItem[]> {
  const { client, uri, offset } = await opened(...of);
  const found = await client.at<CompletionList>('textDocument/completion', uri, offset);
  expect(client.errors).toEqual([]);
  await client.close();
  return [...found.items].sort((a, b) => (a.sortText ?? a.label).localeCompare(b.sortText ?? b.label));
}

test('names that compose files use are suggested, those without a default first', async () => {
  const items = await completed('.env', 'LEVEL=1\n‸');
  expect(items.map(({ textEdit }) => textEdit?.newText)).toEqual(['DB_PASSWORD=', 'DB_TAG=', 'TAG=1.27']);
  const before = await completed('.env', 'export D‸=1\n');
  expect(before.map(({ textEdit }) => textEdit?.newText)).toContain('DB_TAG');
});

test('names before it are suggested in a value, without the values of secrets', async () => {
  const items = await completed('.env', 'LEVEL=1\nDB_PASSWORD=hunter2\nURL=http://${‸\nLATER=1\n', {
    environment: { HOME: '/home/u' },
  });
  expect(items.map(({ label, detail }) => `${label} ${detail}`)).toEqual([
    'DB_PASSWORD ••••••',
    'HOME /home/u',
    'LEVEL 1',
    'PWD /work',
  ]);
});

test('definition, references and rename reach compose files and env files', async () => {
  const text = 'LEVEL=info\nTEXT="is ${LEV‸EL}"\n';
  const { client, uri, offset } = await opened('.env', text);
  const places = (found: Location[] | null) =>
    (found ?? [])
      .map(({ uri: at, range }) => `${at.slice('file:///work/'.length)}:${range.start.line}`)
      .sort();
  expect(places(await client.at('textDocument/definition', uri, offset))).toEqual(['.env:0']);
  const context = { includeDeclaration: true };
  expect(places(await client.at('textDocument/references', uri, offset, { context }))).toEqual([
    '.env:0',
    '.env:1',
    'compose.yaml:4',
  ]);
  const edit = await client.at<WorkspaceEdit>('textDocument/rename', uri, offset, { newName: 'DEPTH' });
  const rename = (name: string, before: string) => {
    const document = client.document(`file:///work/${name}`);
    const edits = (edit.changes?.[`file:///work/${name}`] ?? []).map(({ range, newText }) => ({
      start: document.offsetAt(range.start),
      end: document.offsetAt(range.end),
      newText,
    }));
    return applyEdits(before, edits);
  };
  await client.open('file:///work/compose.yaml', compose);
  expect(rename('.env', 'LEVEL=info\nTEXT="is ${LEVEL}"\n')).toBe('DEPTH=info\nTEXT="is ${DEPTH}"\n');
  expect(rename('compose.yaml', compose)).toBe(compose.replace('${LEVEL}', '${DEPTH}'));
  await expect(client.at('textDocument/rename', uri, offset, { newName: 'TEXT' })).rejects.toThrow(
    'The variable "TEXT" already exists.',
  );
  await client.close();
});

test('a name of a service’s env file is its program’s: only this file has it', async () => {
  const { client, uri, offset } = await opened('web.env', 'LEV‸EL=a\nB=${LEVEL}\n');
  const edit = await client.at<WorkspaceEdit>('textDocument/rename', uri, offset, { newName: 'DEPTH' });
  expect(Object.keys(edit.changes ?? {})).toEqual([uri]);
  expect(edit.changes?.[uri]).toHaveLength(2);
  await client.close();
});

async function actions(
  of: Parameters<typeof opened>,
  only?: readonly string[],
): Promise<readonly CodeAction[]> {
  const { client, uri } = await opened(...of);
  const diagnostics = await client.diagnostics(uri);
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const found = await client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range,
    context: { diagnostics, ...(only === undefined ? {} : { only }) },
  });
  expect(client.errors).toEqual([]);
  await client.close();
  return found;
}

function added(action: CodeAction | undefined): string | undefined {
  const changes = (action?.edit?.documentChanges ?? []) as TextDocumentEdit[];
  return changes
    .flatMap((change) => ('edits' in change ? change.edits : []))
    .map((edit) => ('newText' in edit ? edit.newText : ''))
    .join();
}

test('the missing names are added, with the defaults that files give them', async () => {
  const found = await actions(['.env', 'TAG=1'], ['quickfix']);
  expect(found.map(({ title }) => title)).toEqual(['Add the 3 missing variables']);
  expect(added(found[0])).toBe('\nLEVEL=\nDB_PASSWORD=\nDB_TAG=\n');
});

test('.env.example is brought up to date, without secrets', async () => {
  const text = 'TAG=1.28\nDB_PASSWORD=hunter2\nLEVEL="info"\n';
  const files = { '.env.example': '# which\nLEVEL=debug\n' };
  const found = await actions(['.env', text, { files }], ['source']);
  expect(found.map(({ title }) => title)).toEqual(['Update .env.example (2 missing)']);
  expect(added(found[0])).toBe('TAG=1.28\nDB_PASSWORD=\n');
  expect(await actions(['.env.example', text], ['source'])).toEqual([]);
});

test('an env file is no YAML: nothing of YAML is said of it', async () => {
  const { client, uri } = await opened('.env', 'A: b: c\n');
  for (const method of ['documentSymbol', 'foldingRange', 'documentLink', 'formatting'])
    expect(
      await client.request(`textDocument/${method}`, {
        textDocument: { uri },
        options: { tabSize: 2, insertSpaces: true },
      }),
    ).toEqual([]);
  expect(client.errors).toEqual([]);
  await client.close();
});

test('an open compose file follows an open .env while it is typed', async () => {
  const { client, uri } = await opened('.env', right);
  const other = 'file:///work/compose.yaml';
  await client.open(other, compose);
  expect(await client.diagnostics(uri)).toEqual([]);
  await client.diagnostics(other);
  await client.change(uri, [{ text: right.replace('DB_TAG=2\n', '') }]);
  for (let told = client.refreshes; ; told += 1) {
    const found = await client.diagnostics(other);
    if (found.some(({ code }) => code === 'unset-variable')) break;
    await client.eventually(() => client.refreshes > told);
  }
  for (let told = client.refreshes; (await client.diagnostics(uri)).length === 0; told += 1)
    await client.eventually(() => client.refreshes > told);
  await client.close();
});

test('of an env file that no project reads nothing is said', async () => {
  expect(await diagnosed('sub/.env', '"A=1\n')).toEqual([]);
});

test('a text of any name is an env file where a compose file reads it as one', async () => {
  const client = await TestClient.inProcess({
    files: {
      '/work/compose.yaml': 'services:\n  web:\n    image: x:1\n    env_file: [settings.txt]\n',
      '/work/settings.txt': '',
      '/work/notes.txt': '',
    },
  });
  const text = 'A=1\nB C=2\nA=3\n';
  for (const name of ['settings', 'notes']) await client.open(`file:///work/${name}.txt`, text, 'plaintext');
  const codes = async (name: string) =>
    (await client.diagnostics(`file:///work/${name}.txt`)).map(({ code }) => code);
  expect(await codes('settings')).toEqual(['env-file', 'duplicate-variable']);
  expect(await codes('notes')).toEqual([]);
  expect(await client.at<Hover | null>('textDocument/hover', 'file:///work/notes.txt', 0)).toBeNull();
  expect(client.errors).toEqual([]);
  await client.close();
});

test('variables that are not set can be added to .env from the compose file', async () => {
  const text = 'services:\n  web:\n    image: "x:${TAG}"\n    hostname: "${HOST}"\n    user: "${HOME}"\n';
  const client = await TestClient.inProcess({
    files: { '/work/compose.yaml': text },
    environment: { HOME: '/root' },
  });
  const uri = 'file:///work/compose.yaml';
  await client.open(uri, text);
  const [tag] = (await client.diagnostics(uri)).filter(({ code }) => code === 'unset-variable');
  const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: tag?.range,
    context: { diagnostics: [tag], only: ['quickfix'] },
  });
  const added = (title: string) => {
    const changes = actions.find((action) => action.title === title)?.edit?.documentChanges ?? [];
    return changes.flatMap((change) =>
      'edits' in change ? change.edits.map((edit) => 'newText' in edit && edit.newText) : [],
    );
  };
  expect(added('Add TAG to .env')).toEqual(['TAG=\n']);
  expect(added('Add the 2 missing variables to .env')).toEqual(['TAG=\nHOST=\n']);
  expect(client.errors).toEqual([]);
  await client.close();
});
