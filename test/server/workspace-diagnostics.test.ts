import { expect, test } from 'vitest';
import type { ClientCapabilities } from 'vscode-languageserver';
import { fullCapabilities, TestClient } from './support/test-client.ts';

/** What is wrong in files that nobody opened. */

const broken = 'services:\n  web:\n    image: x:1\n    networks: [back]\n';
const right = 'services:\n  web:\n    image: x:1\n';

/** A client that tells its settings, and is not asked. */
const withoutConfiguration = {
  ...fullCapabilities,
  workspace: { ...fullCapabilities.workspace, configuration: false },
};

function start(
  files: Readonly<Record<string, string>>,
  capabilities: ClientCapabilities = fullCapabilities,
): Promise<TestClient> {
  const disk = Object.entries(files).map(([path, text]) => [`/work/${path}`, text]);
  return TestClient.inProcess({ files: Object.fromEntries(disk), workspaceDiagnostics: true, capabilities });
}

/** Codes by file, of files that have any. */
function shown(client: TestClient): Readonly<Record<string, readonly string[]>> {
  const found = [...client.pushed].filter(([, items]) => items.length > 0);
  return Object.fromEntries(
    found
      .map(
        ([uri, items]) =>
          [uri.slice('file:///work/'.length), items.map(({ code }) => String(code)).sort()] as const,
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function eventually(
  client: TestClient,
  expected: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  return client.eventually(() => JSON.stringify(shown(client)) === JSON.stringify(expected));
}

async function write(client: TestClient, path: string, text: string | undefined): Promise<void> {
  if (text === undefined) client.files.texts.delete(`/work/${path}`);
  else client.files.texts.set(`/work/${path}`, text);
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: `file:///work/${path}`, type: 2 }],
  });
}

const project = {
  'a/compose.yaml': `include: [db.yaml]\n${right}    env_file: web.env\n`,
  'a/db.yaml': 'services:\n  db:\n    image: x:1\n    prots: []\n',
  'a/.env': '"X=1\n',
  'a/web.env': 'A B=1\n',
  'b/docker-compose.yml': right,
  'b/compose.prod.yaml': 'services: {web: {tty: maybe}}\n',
  'node_modules/c/compose.yaml': broken,
  'deep/er/compose.yaml': broken,
};
const found = {
  'a/.env': ['env-file'],
  'a/compose.yaml': ['broken-file', 'broken-file', 'broken-file'],
  'a/db.yaml': ['schema-unknown-property'],
  'a/web.env': ['env-file'],
  'b/compose.prod.yaml': ['invalid-cast'],
  'deep/er/compose.yaml': ['undefined-network'],
};

test('every project’s files are diagnosed before they are opened', async () => {
  const client = await start(project);
  await eventually(client, found);
  expect(client.errors).toEqual([]);
  await client.close();
});

test('what is open is the editor’s; closed, it is said again', async () => {
  const client = await start({ 'compose.yaml': broken });
  await eventually(client, { 'compose.yaml': ['undefined-network'] });
  const uri = 'file:///work/compose.yaml';
  await client.open(uri, broken);
  await eventually(client, {});
  expect((await client.diagnostics(uri)).map(({ code }) => code)).toEqual(['undefined-network']);
  await client.closeDocument(uri);
  await eventually(client, { 'compose.yaml': ['undefined-network'] });
  await client.close();
});

test('it follows the disk and what is open elsewhere', async () => {
  const client = await start({
    'compose.yaml': `include: [db.yaml]\n${broken}`,
    'db.yaml': right.replace('web', 'db'),
  });
  await eventually(client, { 'compose.yaml': ['undefined-network'] });
  await write(client, 'compose.yaml', `include: [db.yaml]\n${right}`);
  await eventually(client, {});
  await write(client, 'new/compose.yaml', broken);
  await eventually(client, { 'new/compose.yaml': ['undefined-network'] });
  await write(client, 'new/compose.yaml', undefined);
  await eventually(client, {});
  const uri = 'file:///work/db.yaml';
  await client.open(uri, right.replace('web', 'db'));
  await client.change(uri, [{ text: 'services: {db: {image: x:1, prots: []}}\n' }]);
  await eventually(client, { 'compose.yaml': ['broken-file'] });
  await client.close();
});

test('switched off, nothing is said, and what was said is taken back', async () => {
  const client = await start({ 'compose.yaml': broken }, withoutConfiguration);
  await eventually(client, { 'compose.yaml': ['undefined-network'] });
  await client.connection.sendNotification('workspace/didChangeConfiguration', {
    settings: { composure: { diagnostics: { workspace: false } } },
  });
  await eventually(client, {});
  await client.close();
});

test('500 projects: nothing is loaded while somebody types, and all of it is let go', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 500 }, (_, index) => [
      `p${index}/compose.yaml`,
      index % 50 === 0 || index === 99 ? broken : right,
    ]),
  );
  const client = await start(files);
  const uri = 'file:///work/p1/compose.yaml';
  await client.open(uri, right);
  await client.diagnostics(uri);
  await client.eventually(() => client.pushed.size > 0);
  for (let typed = 0; typed < 5; typed += 1) {
    const before = client.files.reads;
    await client.change(uri, [
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '#' },
    ]);
    await client.diagnostics(uri);
    // The project that was being looked at is finished; none is begun. Until the server hears of the first letter it goes on.
    if (typed > 0) expect(client.files.reads - before).toBeLessThan(4);
  }
  // The last one there is.
  await client.eventually(() => Object.keys(shown(client)).length === 11);
  const reads = client.files.reads;
  await write(client, 'p7/compose.yaml', broken);
  await client.eventually(() => Object.keys(shown(client)).length === 12);
  expect(client.files.reads - reads).toBeLessThan(10);
  expect(client.errors).toEqual([]);
  await client.close();
});
