import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompletionList, Hover, InlayHint, Location, MarkupContent } from 'vscode-languageserver';
import { cursorIn } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.inProcess({
    files: {
      '/work/.env': '# settings\nTAG=1.29\nDB_PASSWORD=hunter2\nEMPTY=\n',
      '/work/.env.prod': 'TAG=2.0\n',
    },
    environment: { HOME: '/home/user', SHELL_ONLY: 'x', PORT: '9000' },
  });
});
afterAll(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
});

async function at<T>(method: string, marked: string): Promise<T> {
  const { text, offset } = cursorIn(marked);
  await client.open(uri, text);
  return client.at<T>(method, uri, offset);
}

async function hover(value: string): Promise<string | undefined> {
  const found = await at<Hover | null>('textDocument/hover', `services:\n  web:\n    image: ${value}\n`);
  return found === null ? undefined : (found.contents as MarkupContent).value;
}

test.each([
  ['nginx:${T‸AG}', '`TAG` = `1.29` (.env)'],
  ['"nginx:$T‸AG"', '`TAG` = `1.29` (.env)'],
  ['x:${PO‸RT}', '`PORT` = `9000` (environment)'],
  ['x:${DB_PASS‸WORD}', '`DB_PASSWORD` = `••••••` (.env)'],
  ['x:${N‸O:-latest}', '`NO` is not set.\n\nThe default value is used: `latest`'],
  ['x:${T‸AG:-latest}', '`TAG` = `1.29` (.env)\n\nThe default value `latest` is not used.'],
  ['x:${EM‸PTY:-latest}', '`EMPTY` is empty (.env).\n\nThe default value is used: `latest`'],
  ['x:${EM‸PTY-latest}', '`EMPTY` is empty (.env).\n\nThe default value `latest` is not used.'],
  ['x:${NO:-${T‸AG}}', '`TAG` = `1.29` (.env)'],
  ['x:${TA‸G:+y}', '`TAG` = `1.29` (.env)\n\nReplaced by `y`'],
  ['x:${N‸O:?set it}', '`NO` is not set.\n\nThe variable is required: set it'],
])('hover on %s', async (value, markdown) => {
  expect(await hover(value)).toBe(markdown);
});

test('an escaped dollar sign is no variable', async () => {
  expect(await hover('x:$${T‸AG}')).toBeUndefined();
});

test('a variable leads to the line that sets it', async () => {
  const found = await at<Location[]>('textDocument/definition', 'services: {web: {image: "x:${T‸AG}"}}\n');
  expect(found).toEqual([
    { uri: 'file:///work/.env', range: { start: { line: 1, character: 0 }, end: { line: 1, character: 8 } } },
  ]);
});

test('values stand beside the variables, but for secrets', async () => {
  await client.open(
    uri,
    'services:\n  web:\n    image: "x:${TAG}"\n    command: ["${DB_PASSWORD}", "${NO:-y}", "$TAG and ${EMPTY}"]\n',
  );
  const hints = await client.request<InlayHint[]>('textDocument/inlayHint', {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
  });
  expect(
    hints.map(({ position, label }) => `${position.line}:${position.character} ${String(label)}`),
  ).toEqual(['2:20 1.29', '3:49 1.29']);
});

test('hints are asked for again when something else is chosen to run the project with, and have its values', async () => {
  await client.open(uri, 'services:\n  web:\n    image: "x:${TAG}"\n');
  const hints = async () =>
    (
      await client.request<InlayHint[]>('textDocument/inlayHint', {
        textDocument: { uri },
        range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
      })
    ).map(({ label }) => label);
  expect(await hints()).toEqual(['1.29']);
  const before = client.hintRefreshes;
  const chosen = { files: ['/work/compose.yaml'], projectDirectory: '/work', envFiles: ['/work/.env.prod'] };
  await client.connection.sendNotification('composure/setProjects', { projects: [chosen] });
  await expect.poll(() => client.hintRefreshes).toBe(before + 1);
  expect(await hints()).toEqual(['2.0']);
  await client.connection.sendNotification('composure/setProjects', { projects: [] });
  await expect.poll(() => client.hintRefreshes).toBe(before + 2);
  expect(await hints()).toEqual(['1.29']);
});

test('names are suggested with their values, and closed', async () => {
  const list = await at<CompletionList>('textDocument/completion', 'services:\n  web:\n    image: x:${T‸\n');
  const tag = list.items.find(({ label }) => label === 'TAG');
  expect(tag?.detail).toBe('1.29 (.env)');
  expect(tag?.textEdit).toMatchObject({
    newText: 'TAG\\}',
    range: { start: { character: 15 }, end: { character: 16 } },
  });
  expect(list.items.find(({ label }) => label === 'DB_PASSWORD')?.detail).toBe('•••••• (.env)');
  const labels = list.items.map(({ label }) => label);
  expect(labels).toContain('HOME');
  expect(labels).not.toContain('SHELL_ONLY');
});

test('a name that is closed already is not closed again', async () => {
  const list = await at<CompletionList>('textDocument/completion', 'services:\n  web:\n    image: x:${‸}\n');
  expect(list.items.find(({ label }) => label === 'TAG')?.textEdit).toMatchObject({ newText: 'TAG' });
});
