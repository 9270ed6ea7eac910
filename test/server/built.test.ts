import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
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

/** Bytes of what V8 compiles until the first answer. A tenth more than today's is for what comes; a library that is not lazy any more goes far beyond. */
const mostAtStart = 970_000;

test('before the first answer little code is compiled: what suggests, explains, fixes and converts comes later', async () => {
  const cache = join(folder, 'first-answer');
  await startAndEnd([`--code-cache=${cache}`]);
  expect(statSync(join(cache, 'main.cjs.cache')).size).toBeLessThanOrEqual(mostAtStart);
});

test('what V8 makes of the code is kept in the folder that the client chooses, and taken from there', async () => {
  const cache = join(folder, 'code');
  await startAndEnd([`--code-cache=${cache}`]);
  const file = join(cache, 'main.cjs.cache');
  const { mtimeMs } = statSync(file);
  await startAndEnd([`--code-cache=${cache}`]);
  // Not written again: V8 took it.
  expect(statSync(file).mtimeMs).toBe(mtimeMs);
  expect(readdirSync(cache)).toEqual(['main.cjs.cache']);
});

test.each([
  ['of another file', (cache: Buffer) => cache.fill(0, 0, 8)],
  ['that is cut', (cache: Buffer) => cache.subarray(0, 1000)],
  ['that is empty', () => Buffer.alloc(0)],
  ['that is none', () => Buffer.alloc(1000)],
])('a code cache %s is passed over and written anew', async (_what, spoil) => {
  const cache = mkdtempSync(join(folder, 'spoiled-'));
  const file = join(cache, 'main.cjs.cache');
  const whole = readFileSync(join(dist, 'server/main.cjs.cache'));
  writeFileSync(file, spoil(Buffer.from(whole)));
  await startAndEnd([`--code-cache=${cache}`]);
  expect(readFileSync(file).subarray(0, 8)).toEqual(whole.subarray(0, 8));
  expect(statSync(file).size).toBeGreaterThan(100_000);
});

test('a folder for the code cache that cannot be made does not keep it from starting', async () => {
  const taken = join(folder, 'taken');
  writeFileSync(taken, '');
  await startAndEnd([`--code-cache=${join(taken, 'below')}`]);
});

async function startAndEnd(options: readonly string[]): Promise<void> {
  const child = fork(join(dist, 'server.mjs'), ['--node-ipc', ...options], { stdio: 'ignore' });
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
