import type {
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  Location,
  Range,
  SelectionRange,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyEdits, cursorIn } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';

let client: TestClient;
beforeEach(async () => {
  client = await TestClient.inProcess({
    files: {
      '/work/compose.override.yaml':
        'services:\n  web:\n    depends_on: [db]\n  db:\n    image: postgres:17\n',
      '/work/included.yaml': 'services:\n  cache:\n    image: redis:8\n    depends_on: [db]\n',
      '/work/base.yaml': 'services:\n  web:\n    image: x:1\n  tpl:\n    depends_on: [web]\n',
      '/work/a.env': '',
      '/work/back/Dockerfile': '',
    },
  });
});
afterEach(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
});

async function at<T>(method: string, marked: string, more: object = {}): Promise<T> {
  const { text, offset } = cursorIn(marked);
  await client.open(uri, text);
  return client.at<T>(method, uri, offset, more);
}

/** Places as `file line:column text`. */
function describe(locations: readonly { uri?: string; range: Range }[] | null): string[] | null {
  if (locations === null) return null;
  return locations
    .map(({ uri: place = uri, range }) => {
      const text =
        place === uri
          ? client.document(uri).getText()
          : (client.files.texts.get(new URL(place).pathname) ?? '');
      const document = TextDocument.create(place, 'yaml', 0, text);
      const name = place.split('/').at(-1);
      return `${name} ${range.start.line}:${range.start.character} ${document.getText(range)}`;
    })
    .sort();
}

const stack = `include: [included.yaml]
services:
  web:
    image: nginx:1
    depends_on:
      - db
      - cache
    networks: [front]
    volumes: ["data:/data"]
  db:
    image: postgres:17
  job:
    extends: {file: base.yaml, service: web}
networks:
  front:
volumes:
  data:
`;

test('a service is declared in every file that the project merges', async () => {
  const found = await at<Location[]>('textDocument/definition', stack.replace('- db', '- d‸b'));
  expect(describe(found)).toEqual(['compose.override.yaml 3:2 db', 'compose.yaml 9:2 db']);
});

test('an included service is found in its file', async () => {
  const found = await at<Location[]>('textDocument/definition', stack.replace('- cache', '- ca‸che'));
  expect(describe(found)).toEqual(['included.yaml 1:2 cache']);
});

test('what is extended from another file is that file’s', async () => {
  const found = await at<Location[]>(
    'textDocument/definition',
    stack.replace('service: web', 'service: w‸eb'),
  );
  expect(describe(found)).toEqual(['base.yaml 1:2 web']);
});

test('references across files, and not those of a file with names of its own', async () => {
  const found = await at<Location[]>('textDocument/references', stack.replace('  db:', '  d‸b:'), {
    context: { includeDeclaration: false },
  });
  expect(describe(found)).toEqual([
    'compose.override.yaml 2:17 db',
    'compose.yaml 5:8 db',
    'included.yaml 3:17 db',
  ]);
});

test('references of a service leave its namesake in an extended file alone', async () => {
  const found = await at<Location[]>('textDocument/references', stack.replace('  web:', '  we‸b:'), {
    context: { includeDeclaration: true },
  });
  expect(describe(found)).toEqual(['compose.override.yaml 1:2 web', 'compose.yaml 2:2 web']);
});

test('highlights tell declarations from references', async () => {
  const found = await at<DocumentHighlight[]>(
    'textDocument/documentHighlight',
    stack.replace('[front]', '[fr‸ont]'),
  );
  expect(found.map(({ kind }) => kind)).toEqual([2, 3]);
  expect(describe(found)).toEqual(['compose.yaml 14:2 front', 'compose.yaml 7:15 front']);
});

test('renaming a volume changes the short form’s first part only', async () => {
  const edit = await at<WorkspaceEdit>('textDocument/rename', stack.replace('  data:', '  da‸ta:'), {
    newName: 'store',
  });
  const document = client.document(uri);
  const edits = (edit.changes?.[uri] ?? []).map(({ range, newText }) => ({
    start: document.offsetAt(range.start),
    end: document.offsetAt(range.end),
    newText,
  }));
  expect(applyEdits(stack, edits)).toBe(
    stack.replace('"data:/data"', '"store:/data"').replace('  data:', '  store:'),
  );
});

test('renaming a service goes through all files', async () => {
  const edit = await at<WorkspaceEdit>('textDocument/rename', stack.replace('  db:', '  d‸b:'), {
    newName: 'pg',
  });
  expect(Object.keys(edit.changes ?? {}).sort()).toEqual([
    'file:///work/compose.override.yaml',
    'file:///work/compose.yaml',
    'file:///work/included.yaml',
  ]);
});

test('a name that cannot be is refused with a reason', async () => {
  await expect(
    at<WorkspaceEdit>('textDocument/rename', stack.replace('  db:', '  d‸b:'), { newName: 'a b' }),
  ).rejects.toThrow('"a b" is not a valid service name');
});

test('a name that another one has is refused with a reason', async () => {
  const text =
    'x-a: &one 1\nx-b: &two 2\nservices:\n  web: {image: x}\n  db: {image: x}\nvolumes:\n  web: {}\n';
  for (const [from, newName, reason] of [
    ['  d‸b:', 'web', 'There is already a service named "web" in this project.'],
    ['&o‸ne', 'two', 'The anchor "two" already exists in this file.'],
  ] as const)
    await expect(
      at<WorkspaceEdit>('textDocument/rename', text.replace(from.replace('‸', ''), from), { newName }),
    ).rejects.toThrow(reason);
  // A volume is another kind of thing, and the same name is no other.
  for (const newName of ['store', 'db'])
    await at<WorkspaceEdit>('textDocument/rename', text.replace('  db:', '  d‸b:'), { newName });
});

test('the network of services that name none keeps its name, and no other takes it', async () => {
  const text = 'services:\n  web:\n    image: x\n    networks: [n]\nnetworks:\n  default:\n  n:\n';
  for (const [from, newName] of [
    ['  def‸ault:', 'other'],
    ['  n‸:', 'default'],
  ] as const)
    await expect(
      at<WorkspaceEdit>('textDocument/rename', text.replace(from.replace('‸', ''), from), { newName }),
    ).rejects.toThrow('"default" is a reserved name of Docker Compose');
});

test('a volume that is used by a name with a variable in it is used, and keeps its name', async () => {
  const text = 'services:\n  web:\n    image: x\n    volumes: ["${PREFIX}da:/data"]\nvolumes:\n  da:\n';
  await expect(
    at<WorkspaceEdit>('textDocument/rename', text.replace('  da:', '  d‸a:'), { newName: 'other' }),
  ).rejects.toThrow('"da" is part of another name that cannot change with it');
  const uri = 'file:///work/compose.yaml';
  expect((await client.diagnostics(uri)).map(({ code }) => code)).not.toContain('unused-volume');
});

test('renaming an anchor takes its aliases along', async () => {
  const text = 'x-a: &a 1\nx-b: *a\nx-c: &a 2\nx-d: *a\n';
  const edit = await at<WorkspaceEdit>('textDocument/rename', text.replace('*a', '*‸a'), { newName: 'z' });
  const document = client.document(uri);
  const edits = (edit.changes?.[uri] ?? []).map(({ range, newText }) => ({
    start: document.offsetAt(range.start),
    end: document.offsetAt(range.end),
    newText,
  }));
  expect(applyEdits(text, edits)).toBe('x-a: &z 1\nx-b: *z\nx-c: &a 2\nx-d: *a\n');
});

test('ranges are right behind characters outside the basic plane', async () => {
  const found = await at<Location[]>(
    'textDocument/definition',
    'services:\n  "𝒜é": {depends_on: [𝒜é, d‸b]}\n  db: {image: x:1}\n',
  );
  expect(describe(found)).toContain('compose.yaml 2:2 db');
});

test('the outline has sections, what they declare, and its attributes', async () => {
  await client.open(
    uri,
    'name: x\nservices:\n  web:\n    image: nginx:1\n    ports: []\n\nvolumes: {data: }\n',
  );
  const outline = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', {
    textDocument: { uri },
  });
  const draw = (symbols: readonly DocumentSymbol[], depth = 0): string[] =>
    symbols.flatMap((symbol) => [
      `${' '.repeat(depth)}${symbol.name}${symbol.detail === undefined ? '' : ` (${symbol.detail})`} ${symbol.range.start.line}-${symbol.range.end.line}`,
      ...draw(symbol.children ?? [], depth + 1),
    ]);
  expect(draw(outline)).toEqual([
    'name 0-0',
    'services 1-4',
    ' web (nginx:1) 2-4',
    '  image 3-3',
    '  ports 4-4',
    'volumes 6-6',
    ' data 6-6',
  ]);
});

test('links lead to files that exist, and to pages of images', async () => {
  await client.open(
    uri,
    `include: [included.yaml, missing.yaml]
services:
  web:
    image: ghcr.io/a/b:1
    env_file: [a.env, "\${X}.env"]
    build: ./back
    extends: {file: base.yaml, service: web}
`,
  );
  const links = await client.request<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri } });
  const document = client.document(uri);
  expect(links.map(({ range, target }) => `${document.getText(range)} -> ${target}`)).toEqual([
    'included.yaml -> file:///work/included.yaml',
    'a.env -> file:///work/a.env',
    './back -> file:///work/back/Dockerfile',
    'base.yaml -> file:///work/base.yaml',
    'ghcr.io/a/b -> https://ghcr.io/a/b',
  ]);
});

test('a selection grows from the word to the file', async () => {
  const { text, offset } = cursorIn('services:\n  web:\n    image: "ngi‸nx"\n');
  const document = await client.open(uri, text);
  const [range] = await client.request<SelectionRange[]>('textDocument/selectionRange', {
    textDocument: { uri },
    positions: [document.positionAt(offset)],
  });
  const grown: string[] = [];
  for (let at = range; at !== undefined; at = at.parent) grown.push(document.getText(at.range).trimEnd());
  expect(grown).toEqual([
    'nginx',
    '"nginx"',
    'image: "nginx"',
    'web:\n    image: "nginx"',
    'services:\n  web:\n    image: "nginx"',
    'services:\n  web:\n    image: "nginx"',
  ]);
});
