import type { SemanticTokens, WorkspaceSymbol } from 'vscode-languageserver';
import { expect, test } from 'vitest';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';

test('tokens are what the grammar cannot know', async () => {
  const client = await TestClient.inProcess();
  const document = await client.open(
    uri,
    'x-a: &a {b: 1}\nservices:\n  web:\n    <<: *a\n    image: "x:${TAG:-1}"\n    depends_on: [db]\n    profiles: [dev]\n  db: {}\n',
  );
  const { data } = await client.request<SemanticTokens>('textDocument/semanticTokens/full', {
    textDocument: { uri },
  });
  const legend = client.initialized?.capabilities.semanticTokensProvider?.legend;
  const found: string[] = [];
  let line = 0;
  let character = 0;
  for (let i = 0; i < data.length; i += 5) {
    const [deltaLine = 0, deltaStart = 0, length = 0, type = 0, modifiers = 0] = data.slice(i, i + 5);
    line += deltaLine;
    character = deltaLine === 0 ? character + deltaStart : deltaStart;
    const text = document.getText({
      start: { line, character },
      end: { line, character: character + length },
    });
    found.push(`${text} ${legend?.tokenTypes[type]}${modifiers === 1 ? ' declared' : ''}`);
  }
  expect(found).toEqual([
    '&a macro declared',
    'web class declared',
    '*a macro',
    'TAG variable',
    ':- operator',
    'db class',
    'dev enumMember declared',
    'db class declared',
  ]);
  expect(client.errors).toEqual([]);
  await client.close();
});

test('symbols of the workspace are found by some of their letters', async () => {
  const client = await TestClient.inProcess({
    files: {
      '/work/compose.yaml': 'include: [other.yaml]\nservices: {backend: {image: x:1}}\n',
      '/work/other.yaml': 'services: {database: {image: y:1}}\nvolumes: {data: }\n',
    },
  });
  const symbols = async (query: string) =>
    (await client.request<WorkspaceSymbol[]>('workspace/symbol', { query })).map(
      ({ name, containerName }) => `${containerName} ${name}`,
    );
  expect((await symbols('')).sort()).toEqual(['service backend', 'service database', 'volume data']);
  expect(await symbols('bkd')).toEqual(['service backend']);
  expect(client.errors).toEqual([]);
  await client.close();
});
