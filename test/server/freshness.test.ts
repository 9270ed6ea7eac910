import { expect, test } from 'vitest';
import type { Diagnostic, InlayHint } from 'vscode-languageserver';
import { SetProjects } from '../../server/src/protocol.ts';
import { TestClient } from './support/test-client.ts';

/** Answers that a change elsewhere makes wrong: the editor is told to ask again, whoever noticed the change first. */

const compose = 'file:///work/compose.yaml';
const web = 'services:\n  web:\n    image: "b:${V}"\n';

function codes(found: readonly Diagnostic[]): readonly string[] {
  return found.flatMap(({ code, severity }) => ((severity ?? 1) < 3 ? [String(code)] : [])).sort();
}

async function write(client: TestClient, path: string, text: string): Promise<void> {
  client.files.texts.set(path, text);
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: `file://${path}`, type: 2 }],
  });
}

async function hints(client: TestClient, uri: string): Promise<readonly string[]> {
  const found = await client.request<InlayHint[]>('textDocument/inlayHint', {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
  });
  return found.map(({ label }) => String(label));
}

/** Asks again only when it is told to. */
async function untilHint(client: TestClient, wanted: string): Promise<void> {
  for (let told = client.hintRefreshes; (await hints(client, compose))[0] !== wanted; told += 1)
    await client.eventually(() => client.hintRefreshes > told);
}

test('diagnostics, where another request loaded the project after the answer', async () => {
  const client = await TestClient.inProcess({ files: { '/work/compose.yaml': web, '/work/.env': 'V=1\n' } });
  await client.open(compose, web);
  expect(codes(await client.diagnostics(compose))).toEqual([]);
  await write(client, '/work/.env', 'V=1\n"C=1\n');
  const before = codes(await client.diagnostics(compose));
  const told = client.refreshes;
  await client.at('textDocument/references', compose, web.indexOf('web'), {
    context: { includeDeclaration: true },
  });
  if (before.length === 0) await client.eventually(() => client.refreshes > told);
  expect(codes(await client.diagnostics(compose))).toEqual(['broken-file']);
  await client.close();
});

test('values at the end of lines, where nothing is wrong before or after', async () => {
  const client = await TestClient.inProcess({
    files: { '/work/compose.yaml': web, '/work/.env': 'V=one\n' },
  });
  await client.open(compose, web);
  expect(await client.diagnostics(compose)).toEqual([]);
  expect(await hints(client, compose)).toEqual(['one']);
  await write(client, '/work/.env', 'V=two\n');
  await client.diagnostics(compose);
  await untilHint(client, 'two');
  await client.close();
});

test('values of an environment whose file is written just before it is chosen', async () => {
  const files = { '/work/compose.yaml': web, '/work/.env': 'V=here\n', '/work/.env.prod': 'V=old\n' };
  const client = await TestClient.inProcess({ files });
  const choose = (envFiles: readonly string[]) =>
    client.connection.sendNotification(SetProjects, {
      projects: envFiles.length === 0 ? [] : [{ files: ['/work/compose.yaml'], envFiles }],
    });
  await client.open(compose, web);
  await choose(['/work/.env.prod']);
  await client.diagnostics(compose);
  expect(await hints(client, compose)).toEqual(['old']);
  await choose([]);
  expect(await hints(client, compose)).toEqual(['here']);
  // The choice is known before the change is told of.
  await choose(['/work/.env.prod']);
  expect(await hints(client, compose)).toEqual(['old']);
  await write(client, '/work/.env.prod', 'V=new\n');
  await client.diagnostics(compose);
  await untilHint(client, 'new');
  await client.close();
});

test('the project of a file, where an edit includes it', async () => {
  const part = 'services:\n  db:\n    image: "x:${DB}"\n';
  const base = 'services:\n  web:\n    image: x:1\n';
  const client = await TestClient.inProcess({
    files: { '/work/compose.yaml': base, '/work/part.yaml': part, '/work/part.env': 'DB=1\n' },
  });
  const uri = 'file:///work/part.yaml';
  await client.open(compose, base);
  await client.open(uri, part);
  await client.diagnostics(compose);
  expect(codes(await client.diagnostics(uri))).toEqual(['unset-variable']);
  const included = `include: [{path: part.yaml, env_file: part.env}]\n${base}`;
  await client.change(compose, [{ text: included }]);
  await client.diagnostics(compose);
  for (let told = 0; codes(await client.diagnostics(uri)).length > 0; told += 1)
    await client.eventually(() => client.refreshes > told);
  await client.close();
});
