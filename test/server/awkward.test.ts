import { expect, test } from 'vitest';
import type { CodeAction, WorkspaceEdit } from 'vscode-languageserver';
import { applyEdits } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

/** Files as nobody writes them, which Docker Compose reads. */

const uri = 'file:///work/compose.yaml';

async function codesOf(text: string): Promise<readonly string[]> {
  const client = await TestClient.inProcess();
  await client.open(uri, text);
  const found = await client.diagnostics(uri);
  expect(client.errors).toEqual([]);
  await client.close();
  return found.flatMap(({ code, severity }) => ((severity ?? 1) < 3 ? [String(code)] : []));
}

test.each([
  ['lines that end with a carriage return alone', 'services:\r  a:\r    image: x:1\r'],
  [
    'lines that end as on Windows',
    'services:\r\n  a:\r\n    image: x:1\r\n    command: |\r\n      a\r\n      b\r\n',
  ],
  ['a byte order mark', '\uFEFFservices:\n  a:\n    image: x:1\n'],
  ['tabs behind values', 'services:\n  a:\n    image:\tx:1\n    command:\t[a,\tb]\t# c\n'],
  ['two documents', 'services:\n  a:\n    image: x:1\n---\nservices:\n  b: {image: y:1}\n'],
  [
    'numbers of every kind',
    'services:\n  a:\n    image: x:1\n    environment: {A: 1_000, B: 0o17, C: .5, D: ~, E: Null, F: .inf}\n',
  ],
  [
    'merges of a list of blocks',
    'x-a: &a {restart: always}\nx-b: &b {labels: [x=1]}\nservices:\n  s:\n    <<: [*a, *b]\n    image: x:1\n',
  ],
  [
    'an alias under a list',
    'x-w: &w "v:/b"\nservices:\n  t:\n    image: x:1\n    volumes: [*w, "v:/c"]\nvolumes: {v: {}}\n',
  ],
])('%s: nothing is wrong', async (_name, text) => {
  expect(await codesOf(text)).toEqual([]);
});

const named = 'x-k: &k web\nservices:\n  *k : {image: "x:1"}\n';

test('an anchor that only a key uses is used: it stays, and is renamed there too', async () => {
  const client = await TestClient.inProcess();
  const document = await client.open(uri, named);
  expect((await client.diagnostics(uri)).map(({ code }) => code)).not.toContain('unused-anchor');
  const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: document.positionAt(5), end: document.positionAt(5) },
    context: { diagnostics: [] },
  });
  expect(actions.map(({ title }) => title)).not.toContain('Remove the anchor');
  const edit = await client.at<WorkspaceEdit>('textDocument/rename', uri, named.indexOf('&k') + 1, {
    newName: 'name',
  });
  const edits = (edit.changes?.[uri] ?? []).map(({ range, newText }) => ({
    start: document.offsetAt(range.start),
    end: document.offsetAt(range.end),
    newText,
  }));
  expect(applyEdits(named, edits)).toBe(named.replace('&k', '&name').replace('*k', '*name'));
  await client.close();
});
