import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CompletionList, FoldingRange, Hover, TextEdit } from 'vscode-languageserver';
import { createProtocolConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-languageserver/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestClient } from './support/test-client.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

let folder: string;
let client: TestClient;

beforeAll(async () => {
  execFileSync(process.execPath, ['scripts/build.mjs', 'server'], { cwd: root, stdio: 'ignore' });
  folder = mkdtempSync(join(tmpdir(), 'composure-server-'));
  writeFileSync(join(folder, 'included.yaml'), 'services:\n  db:\n    image: postgres:17\n');
  client = await TestClient.built(join(root, 'dist/server.mjs'));
}, 60_000);

afterAll(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
  rmSync(folder, { recursive: true });
});

test('the built server does over its standard streams what it does in this process', async () => {
  const uri = pathToFileURL(join(folder, 'compose.yaml')).href;
  const text = 'include: [included.yaml]\nservices:\n  web:\n    image: nginx:1\n    depends_on: [nobody]\n';
  await client.open(uri, text);

  expect((await client.diagnostics(uri)).map(({ code }) => code)).toEqual(['undefined-dependency']);

  const list = await client.at<CompletionList>('textDocument/completion', uri, text.indexOf('nobody'));
  expect(list.items.map(({ label }) => label)).toEqual(['db']);

  const hover = await client.at<Hover>('textDocument/hover', uri, text.indexOf('depends_on'));
  expect(JSON.stringify(hover.contents)).toContain('services/#depends_on');
});

test('the formatter and the folder are in the package', async () => {
  const uri = pathToFileURL(join(folder, 'other.yaml')).href;
  await client.open(uri, 'services:\n    web:\n        image: x\n');
  const edits = await client.request<TextEdit[]>('textDocument/formatting', {
    textDocument: { uri },
    options: { tabSize: 2, insertSpaces: true },
  });
  expect(edits.map(({ newText }) => newText)).toEqual(['  web:\n', '    image: x\n']);
  const ranges = await client.request<FoldingRange[]>('textDocument/foldingRange', { textDocument: { uri } });
  expect(ranges).toHaveLength(2);
});

test('under an editor it speaks over the channel between Node processes', async () => {
  const child = fork(join(root, 'dist/server.mjs'), ['--node-ipc'], { stdio: 'ignore' });
  const connection = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  connection.listen();
  const { capabilities } = await connection.sendRequest<{ capabilities: object }>('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    workspaceFolders: null,
  });
  expect(Object.keys(capabilities)).toContain('completionProvider');
  await connection.sendRequest('shutdown');
  connection.dispose();
  child.kill();
});
