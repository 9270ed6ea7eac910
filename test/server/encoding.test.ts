import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Location, WorkspaceEdit } from 'vscode-languageserver';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { diskFiles } from '../../disk/disk-files.ts';
import { TestClient } from './support/test-client.ts';

let folder: string;
let client: TestClient;
const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'composure-utf16-')));
  client = await TestClient.inProcess({
    folder: pathToFileURL(folder).href,
    host: { files: diskFiles() },
  });
});

afterEach(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
  await rm(folder, { recursive: true });
});

const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

test.each([
  ['UTF-16', utf16],
  ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`)],
])(
  'places in a file of %s that is not open are those of the editor, which shows no mark',
  async (_, bytes) => {
    const included = 'services: {db: {image: "é😀:1"}, api: {image: "x:1", depends_on: [db]}}\r\n';
    await writeFile(join(folder, 'more.yaml'), bytes(included));
    const text = 'include: [more.yaml]\r\nservices: {web: {image: "x:1", depends_on: [db]}}\r\n';
    const uri = uriOf('compose.yaml');
    await writeFile(join(folder, 'compose.yaml'), bytes(text));
    await client.open(uri, text);
    expect(await client.diagnostics(uri)).toEqual([]);
    const at = text.indexOf('db]');
    const [link] = await client.at<Location[]>('textDocument/definition', uri, at);
    expect(link?.uri).toBe(uriOf('more.yaml'));
    expect(link?.range).toEqual({
      start: { line: 0, character: included.indexOf('db') },
      end: { line: 0, character: included.indexOf('db') + 2 },
    });
    const edit = await client.at<WorkspaceEdit>('textDocument/rename', uri, at, { newName: 'data' });
    const characters = JSON.stringify(edit).match(/"start":\{"line":0,"character":\d+/g) ?? [];
    expect(characters.map((each) => Number(/\d+$/.exec(each)?.[0])).toSorted((a, b) => a - b)).toEqual([
      included.indexOf('db'),
      included.lastIndexOf('db'),
    ]);
  },
);

test('an editor that shows what stands for no character is told which byte that is, until it is saved', async () => {
  const text = 'services: {a: {image: "x:1", environment: {X: "caf\xe9"}}}\n';
  await writeFile(join(folder, 'compose.yaml'), Buffer.from(text, 'latin1'));
  const uri = uriOf('compose.yaml');
  await client.open(uri, text.replace('\xe9', '\ufffd'));
  const [problem, ...others] = await client.diagnostics(uri);
  expect(others).toEqual([]);
  expect(problem?.code).toBe('wrong-encoding');
  expect(problem?.message).toContain('0xE9 on line 1, column 51');
  expect(problem?.range.start).toEqual({ line: 0, character: text.indexOf('\xe9') });

  // What is meant by it is typed again and saved as UTF-8.
  await writeFile(join(folder, 'compose.yaml'), text);
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri, type: 2 }],
  });
  await client.change(uri, [{ text }]);
  await client.eventually(() => client.refreshes > 0);
  expect(await client.diagnostics(uri)).toEqual([]);
});
