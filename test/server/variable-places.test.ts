import type { DocumentHighlight, Location, WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { load } from '#compose/load/load.ts';
import { memoryHost } from '../compose/load/memory-host.ts';
import { applyTextEdits, cursorIn } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';

const files = {
  '/work/.env': '# tags\nTAG=1.0\nexport TAG=1.29\nFULL="nginx:${TAG}"\nLITERAL=\'${TAG}\'\nPORT=80\n',
  '/work/compose.override.yaml': 'services:\r\n  web:\r\n    labels: {é𝒜: "${TAG:-x}"}\r\n',
  '/work/web.env': 'SHOWN=${TAG}\nTAG=of the container\n',
  '/work/raw.env': 'SHOWN=${TAG}\n',
};

const stack = `services:
  web:
    image: "nginx:\${TAG}"
    command: ["$TAG", "$\${TAG}", "\${PORT:-\${TAG}}"]
    environment: [TAG, TAG2, "A=1"]
    env_file:
      - web.env
      - {path: raw.env, format: raw}
  job:
    image: x
    environment:
      TAG:
      OTHER: TAG
secrets:
  tag: {environment: TAG}
`;

let client: TestClient;
beforeEach(async () => {
  client = await TestClient.inProcess({ files, environment: { FROM_SHELL: '1' } });
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

const textOf = (place: string) =>
  place === uri ? client.document(uri).getText() : (client.files.texts.get(new URL(place).pathname) ?? '');

/** The files after a rename, by name. */
async function renamed(marked: string, newName: string): Promise<Readonly<Record<string, string>>> {
  const edit = await at<WorkspaceEdit>('textDocument/rename', marked, { newName });
  return Object.fromEntries(
    Object.entries(edit.changes ?? {}).map(([place, edits]) => {
      const document = TextDocument.create(place, 'yaml', 0, textOf(place));
      return [place.replace('file:///work/', ''), applyTextEdits(document.getText(), document, edits)];
    }),
  );
}

test('references are in compose files, in .env, and in values of env files', async () => {
  const found = await at<Location[]>('textDocument/references', stack.replace('{TAG}"', '{T‸AG}"'), {
    context: { includeDeclaration: true },
  });
  expect(
    found
      .map(({ uri: place, range }) => {
        const text = TextDocument.create(place, 'yaml', 0, textOf(place)).getText(range);
        return `${place.split('/').at(-1)} ${range.start.line}:${range.start.character} ${text}`;
      })
      .sort(),
  ).toEqual([
    '.env 1:0 TAG',
    '.env 2:7 TAG',
    '.env 3:14 TAG',
    'compose.override.yaml 2:21 TAG',
    'compose.yaml 11:6 TAG:',
    'compose.yaml 14:21 TAG',
    'compose.yaml 2:20 TAG',
    'compose.yaml 3:16 TAG',
    'compose.yaml 3:44 TAG',
    'compose.yaml 4:18 TAG',
    'web.env 0:8 TAG',
  ]);
});

test('a rename goes through all of them, and the project means the same', async () => {
  const files2 = await renamed(stack.replace('"$TAG"', '"$TA‸G"'), 'VERSION');
  expect(files2).toEqual({
    '.env':
      '# tags\nVERSION=1.0\nexport VERSION=1.29\nFULL="nginx:${VERSION}"\nLITERAL=\'${TAG}\'\nPORT=80\n',
    'compose.override.yaml': 'services:\r\n  web:\r\n    labels: {é𝒜: "${VERSION:-x}"}\r\n',
    'web.env': 'SHOWN=${VERSION}\nTAG=of the container\n',
    'compose.yaml': `services:
  web:
    image: "nginx:\${VERSION}"
    command: ["$VERSION", "$\${TAG}", "\${PORT:-\${VERSION}}"]
    environment: ["TAG=\${VERSION}", TAG2, "A=1"]
    env_file:
      - web.env
      - {path: raw.env, format: raw}
  job:
    image: x
    environment:
      TAG: "\${VERSION}"
      OTHER: TAG
secrets:
  tag: {environment: VERSION}
`,
  });
  const services = async (texts: Readonly<Record<string, string>>) => {
    const disk = { ...files, '/work/compose.yaml': stack, ...texts };
    const { loaded, problems } = await load(memoryHost(disk), { cwd: '/work' });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    return loaded?.project.services;
  };
  const after = Object.fromEntries(Object.entries(files2).map(([name, text]) => [`/work/${name}`, text]));
  expect(await services(after)).toEqual(await services({}));
});

test('a variable that is not set has its uses', async () => {
  expect(await renamed('services: {web: {image: "x:${N‸O:-${NO}}"}}\n', 'YES')).toEqual({
    'compose.yaml': 'services: {web: {image: "x:${YES:-${YES}}"}}\n',
  });
});

test('highlights are of the same name', async () => {
  const found = await at<DocumentHighlight[]>(
    'textDocument/documentHighlight',
    stack.replace('{TAG}"', '{TAG‸}"'),
  );
  expect(found.map(({ range }) => `${range.start.line}:${range.start.character}`)).toEqual([
    '2:20',
    '3:16',
    '3:44',
  ]);
});

test('an included file with an env file of its own has variables of its own', async () => {
  client.files.texts.set('/work/sub/compose.yaml', 'services:\n  sub:\n    image: "x:${OWN}"\n');
  client.files.texts.set('/work/sub/other.env', 'OWN=2\n');
  const text =
    'include: [{path: sub/compose.yaml, env_file: sub/other.env}]\nservices: {web: {image: "x:${O‸WN:-3}"}}\n';
  expect(Object.keys(await renamed(text, 'MINE'))).toEqual(['compose.yaml']);
});

test.each([
  ['${FROM_‸SHELL}', 'X', 'is set in the environment'],
  ['${COMPOSE_PROJECT_‸NAME}', 'X', 'is a reserved name of Docker Compose'],
  ['${T‸AG}', '1X', 'is not a valid variable name'],
  ['${T‸AG}', 'PORT', 'The variable "PORT" already exists'],
])('%s cannot become %s', async (use, newName, reason) => {
  await expect(renamed(`services: {web: {image: "x:${use}"}}\n`, newName)).rejects.toThrow(reason);
});

test('what is written as a default is no name of the variable', async () => {
  const text = 'services: {web: {image: "x:${TAG:-la‸test}"}}\n';
  expect(await at('textDocument/prepareRename', text)).toBeNull();
});
