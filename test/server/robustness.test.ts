import { expect, test } from 'vitest';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';

const text = `x-a: &a {restart: always}
services:
  web:
    <<: *a
    image: "nginx:\${TAG:-1}"
    ports: ["80:80", {target: 443, published: "443"}]
    command: |
      one
    depends_on:
      db: {condition: service_healthy}
volumes:
  data:
`;

const strange = [
  '\u0000\u0001\u0002',
  '\uD800',
  '{'.repeat(2000),
  '- '.repeat(2000),
  '&a *a',
  '? : ?',
  '%YAML 9.9\n---\n',
  'services: [*x',
  `a: ${'x'.repeat(200_000)}`,
  'services:\n  web: *web\n',
  'include: [compose.yaml]\n',
  'services: {a: {extends: {file: compose.yaml, service: a}}}\n',
  'services:\n  web:\n    depends_on: {web: }\n',
  'services: null\nvolumes: 1\nnetworks: "x"\n',
  '<<: {}\n<<: []\n',
  '['.repeat(100_000),
  '- '.repeat(100_000),
  'a: "'.repeat(20_000),
  '\ta: 1\n'.repeat(5_000),
  '# x\n'.repeat(50_000),
  `services:\n${'  abc\n'.repeat(5_000)}`,
  `services:\n${'  a: {image: x}\n'.repeat(3_000)}`,
  `a: "${'${A:-'.repeat(2_000)}"`,
  // Aliases of aliases, and merges of merges.
  `a0: &a0 [x]\n${Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`).join('\n')}`,
  `x0: &x0 {a: 1}\n${Array.from({ length: 100 }, (_, i) => `x${i + 1}: &x${i + 1}\n  <<: *x${i}\n  k${i}: 1`).join('\n')}`,
  `services:\n${Array.from({ length: 300 }, (_, i) => `  s${i}: {extends: s${(i + 1) % 300}, depends_on: [s${(i + 2) % 300}]}`).join('\n')}`,
  // Bytes of something else.
  Array.from({ length: 100_000 }, (_, i) => String.fromCharCode((i * 7919) % 256)).join(''),
  `a: ${'x'.repeat(10_000_001)}`,
];

/** Asks for everything there is to ask, at an offset. */
async function askAll(client: TestClient, offset: number): Promise<void> {
  const document = client.document(uri);
  const position = document.positionAt(offset);
  const all = { start: { line: 0, character: 0 }, end: document.positionAt(document.getText().length) };
  const textDocument = { uri };
  await Promise.all([
    client.request('textDocument/diagnostic', { textDocument }),
    client.request('textDocument/completion', { textDocument, position }),
    client.request('textDocument/hover', { textDocument, position }),
    client.request('textDocument/definition', { textDocument, position }),
    client.request('textDocument/references', {
      textDocument,
      position,
      context: { includeDeclaration: true },
    }),
    client.request('textDocument/documentHighlight', { textDocument, position }),
    client.request('textDocument/prepareRename', { textDocument, position }),
    client.request('textDocument/documentSymbol', { textDocument }),
    client.request('textDocument/documentLink', { textDocument }),
    client.request('textDocument/foldingRange', { textDocument }),
    client.request('textDocument/selectionRange', { textDocument, positions: [position] }),
    client.request('textDocument/semanticTokens/full', { textDocument }),
    client.request('textDocument/inlayHint', { textDocument, range: all }),
  ]);
}

test('every beginning of a file is answered without an error', async () => {
  const client = await TestClient.inProcess();
  for (let length = 0; length <= text.length; length += 3) {
    await client.open(uri, text.slice(0, length));
    await askAll(client, length);
  }
  expect(client.errors).toEqual([]);
  await client.close();
}, 60_000);

test.each(strange.map((each) => [each.slice(0, 30), each]))(
  '%j is answered without an error',
  async (_name, each) => {
    const client = await TestClient.inProcess();
    await client.open(uri, each);
    await askAll(client, Math.min(4, each.length));
    await askAll(client, each.length);
    expect(client.errors).toEqual([]);
    await client.close();
  },
  60_000,
);

test('typing a file letter by letter ends where opening it does', async () => {
  const client = await TestClient.inProcess();
  await client.open(uri, '');
  for (const [offset, letter] of [...text].entries()) {
    const position = client.document(uri).positionAt(offset);
    await client.change(uri, [{ range: { start: position, end: position }, text: letter }]);
    if (offset % 7 === 0) await client.diagnostics(uri);
  }
  const other = await TestClient.inProcess();
  await other.open(uri, text);
  const expected = await other.diagnostics(uri);
  const before = client.refreshes;
  const first = await client.diagnostics(uri);
  if (JSON.stringify(first) !== JSON.stringify(expected))
    await client.eventually(() => client.refreshes > before);
  expect(await client.diagnostics(uri)).toEqual(expected);
  for (const each of [client, other]) {
    expect(each.errors).toEqual([]);
    await each.close();
  }
}, 60_000);
