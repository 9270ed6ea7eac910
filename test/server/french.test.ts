import type { CodeAction, CompletionList, Hover, InlayHint, MarkupContent } from 'vscode-languageserver';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';
const text = `services:
  base:
    image: nginx:1
    restart: always
  web:
    extends: base
    image: nginx:\${TAG:-2}
    restart: alway
    ports:
      - "8080:80"
    volume: []
    depends_on:
      - base
`;

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.inProcess({ locale: 'fr-FR' });
  await client.open(uri, text);
});
afterAll(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
});

test('a reader of French is answered in French: diagnostics and what can be done about them', async () => {
  const diagnostics = await client.diagnostics(uri);
  expect(diagnostics.map(({ message }) => message)).toEqual(
    expect.arrayContaining([
      '« volume » n’est pas une clé connue dans le service « web ». Vouliez-vous dire « volumes » ?',
      '« alway » n’est pas une politique de redémarrage valide. Vouliez-vous dire « always » ?',
    ]),
  );
  expect(diagnostics[0]?.codeDescription?.href).toMatch(/^file:\/\/\/docs\/fr\/diagnostics\.md#[\w-]+$/);
  const end = client.document(uri).positionAt(text.length);
  const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end },
    context: { diagnostics },
  });
  expect(actions.map(({ title }) => title)).toContain('Remplacer par « volumes »');
});

test('hovers, suggestions, inlay hints and refusals too', async () => {
  const hover = await client.at<Hover>('textDocument/hover', uri, text.indexOf('8080'));
  expect((hover.contents as MarkupContent).value).toBe(
    'Le port 8080 de l’hôte, sur toutes les interfaces, mène au port 80/tcp du conteneur.',
  );
  const { items } = await client.at<CompletionList>('textDocument/completion', uri, text.indexOf('always'));
  expect(items.find(({ label }) => label === 'no')?.detail).toBe('jamais (par défaut)');
  const hints = await client.request<InlayHint[]>('textDocument/inlayHint', {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: client.document(uri).positionAt(text.length) },
  });
  expect(hints.map(({ label }) => label)).toContain('(valeur du parent : nginx:1)');
  const at = text.indexOf('base:');
  await expect(client.at('textDocument/rename', uri, at, { newName: 'a b' })).rejects.toThrow(
    '« a b » n’est pas un nom de service valide. Utilisez seulement des lettres, des chiffres, « . », « _ » et « - ».',
  );
  const described = await client.at<Hover>('textDocument/hover', uri, text.indexOf('depends_on'));
  expect((described.contents as MarkupContent).value).toContain('Dépendances entre services.');
});
