import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CompletionList, FoldingRange, Hover, TextEdit } from 'vscode-languageserver';
import { createProtocolConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-languageserver/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildServer } from './support/build.ts';
import { TestClient } from './support/test-client.ts';

let dist: string;
let folder: string;
let client: TestClient;

beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), 'composure-server-'));
  buildServer(dist);
  folder = mkdtempSync(join(tmpdir(), 'composure-files-'));
  writeFileSync(join(folder, 'included.yaml'), 'services:\n  db:\n    image: postgres:17\n');
  client = await TestClient.built(join(dist, 'server.mjs'));
}, 60_000);

afterAll(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
  rmSync(folder, { recursive: true });
  rmSync(dist, { recursive: true });
});

test('what it knows of Dockerfiles is in the bundle', async () => {
  writeFileSync(join(folder, 'Dockerfile'), 'FROM node:22 AS build\nFROM nginx:1\nEXPOSE 8081\n');
  const uri = pathToFileURL(join(folder, 'built.compose.yaml')).href;
  const text = 'services:\n  web:\n    build: .\n    ports:\n      - \n';
  await client.open(uri, text);
  const list = await client.at<CompletionList>('textDocument/completion', uri, text.length - 1);
  expect(list.items.map(({ label }) => label)).toContain('8081:8081');
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
  const child = fork(join(dist, 'server.mjs'), ['--node-ipc'], { stdio: 'ignore' });
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

/** What the server reads before its first answer. A tenth more than today's is for what comes; a library that is not lazy any more goes far beyond. */
const mostAtStart = { files: 7, bytes: 660_000 };

test('before the first answer little code is loaded: what suggests, explains, fixes and converts comes later', async () => {
  const report = join(folder, 'loaded');
  await startAndEnd([], { NODE_V8_COVERAGE: report });
  const [name = ''] = readdirSync(report);
  const { result }: { result: { url: string }[] } = JSON.parse(readFileSync(join(report, name), 'utf8'));
  const loaded = result.map(({ url }) => url).filter((url) => url.startsWith(pathToFileURL(dist).href));
  const bytes = loaded.reduce((sum, url) => sum + statSync(fileURLToPath(url)).size, 0);
  expect(loaded.some((url) => url.endsWith('/server.mjs'))).toBe(true);
  expect(loaded.length).toBeLessThanOrEqual(mostAtStart.files);
  expect(bytes).toBeLessThanOrEqual(mostAtStart.bytes);
  expect(loaded.join('\n')).not.toMatch(/\/(?:late|fr|descriptions|src)-/);
});

test('what V8 makes of the code is kept in the folder that the client chooses, where Node can', async () => {
  const cache = join(folder, 'code');
  await startAndEnd([`--code-cache=${cache}`], {});
  expect(existsSync(cache)).toBe('enableCompileCache' in nodeModule);
});

async function startAndEnd(
  options: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  const child = fork(join(dist, 'server.mjs'), ['--node-ipc', ...options], {
    stdio: 'ignore',
    env: { ...process.env, ...variables },
  });
  const connection = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  connection.listen();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    workspaceFolders: null,
  });
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  await ended;
  connection.dispose();
}
