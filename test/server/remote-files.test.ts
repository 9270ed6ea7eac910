import type { Hover, Location } from 'vscode-languageserver';
import { afterEach, expect, test } from 'vitest';
import { RemoteCache } from '#compose/load/remote-cache.ts';
import { remoteAddress } from '#compose/load/remote-address.ts';
import { cursorIn } from './support/marked-text.ts';
import { MemoryFiles } from './support/memory-files.ts';
import { TestClient } from './support/test-client.ts';

// The server reads what was fetched before, and asks nobody.
const uri = 'file:///work/compose.yaml';
const commit = 'a'.repeat(40);
const cache = '/home/user/.cache';
const text = 'https://example.test/shop.git#main:deep';
const marked = `include:\n  - https://example.test/sh‸op.git#main:deep\nservices:\n  web:\n    extends: {file: "https://example.test/shop.git#${commit}", service: base}\n`;

let client: TestClient | undefined;
afterEach(async () => {
  expect(client?.errors).toEqual([]);
  await client?.close();
});

const address = remoteAddress(text);
const finding =
  address === undefined
    ? ''
    : new RemoteCache({
        files: new MemoryFiles(),
        environment: {},
        home: '/home/user',
        platform: 'posix',
      }).findingPath(address);

async function open(trusted: boolean, fetched = true) {
  const files = {
    [`${cache}/docker-compose/${commit}/compose.yaml`]: 'services: {base: {image: base}}\n',
    [`${cache}/docker-compose/${commit}/deep/compose.yml`]: 'services: {deep: {image: deep}}\n',
    [finding]: JSON.stringify({ version: commit, foundAt: Date.UTC(2030, 0, 2) }),
  };
  client = await TestClient.inProcess({
    files: fetched ? files : {},
    initializationOptions: { trusted },
    host: { remoteCache: { isMac: false } },
  });
  const { text: compose, offset } = cursorIn(marked);
  await client.open(uri, compose);
  return { client, offset };
}

test('a file that was fetched is part of the project, and its definition is its text', async () => {
  const { client: server, offset } = await open(true);
  expect(await server.diagnostics(uri)).toEqual([]);
  expect(await server.at<Location[]>('textDocument/definition', uri, offset)).toMatchObject([
    { uri: `file://${cache}/docker-compose/${commit}/deep/compose.yml` },
  ]);
});

test('a hover says of which commit it is, and since when', async () => {
  const { client: server, offset } = await open(true);
  const hover = await server.at<Hover>('textDocument/hover', uri, offset);
  expect(hover.contents).toEqual({
    kind: 'markdown',
    value:
      'From the Git repository https://example.test/shop.git, commit `aaaaaaaaaaaa`, which `main` was on 2030-01-02 00:00 UTC',
  });
});

test('one that was not fetched is said at its address', async () => {
  const { client: server } = await open(true, false);
  const problems = await server.diagnostics(uri);
  expect(problems.map(({ code, range }) => [code, range.start.line])).toEqual([
    ['remote-file', 1],
    ['remote-file', 4],
  ]);
  expect(problems[0]?.message).toBe(`${text} has not been fetched yet. Fetch it, or run the project once.`);
});

test('where the workspace is not trusted, nothing of it is read', async () => {
  const { client: server, offset } = await open(false);
  expect((await server.diagnostics(uri)).map(({ code }) => code)).toEqual(['remote-file', 'remote-file']);
  expect(await server.at<Location[]>('textDocument/definition', uri, offset)).toEqual([]);
});
