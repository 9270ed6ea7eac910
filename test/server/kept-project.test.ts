import { expect, test } from 'vitest';
import type { CodeAction, TextEdit } from 'vscode-languageserver';
import { load } from '#compose/load/load.ts';
import { memoryHost } from '../compose/load/memory-host.ts';
import { applyEdits, cursorIn } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';
const environment = { PATH: '/bin', HOME: '/home/user', LANG: 'C', WEB_LANG: 'x' };

interface Offered {
  readonly title: string;
  /** The texts by name, with the action applied. */
  readonly files: Readonly<Record<string, string>>;
}

/** The refactorings at a place, each applied. */
async function offered(marked: string, files: Readonly<Record<string, string>> = {}): Promise<Offered[]> {
  const disk = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/work/${name}`, text]));
  const client = await TestClient.inProcess({ files: disk, environment });
  const { text, offset } = cursorIn(marked);
  const document = await client.open(uri, text);
  const position = document.positionAt(offset);
  const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: position, end: position },
    context: { diagnostics: [], only: ['refactor'] },
  });
  expect(client.errors).toEqual([]);
  await client.close();
  return actions.map(({ title, edit }) => {
    const result: Record<string, string> = { ...files, 'compose.yaml': text };
    const changes = edit?.documentChanges ?? [{ textDocument: { uri }, edits: edit?.changes?.[uri] ?? [] }];
    for (const change of changes) {
      if (!('textDocument' in change)) continue;
      const name = change.textDocument.uri.replace('file:///work/', '');
      const edits = (change.edits as TextEdit[]).map(({ range, newText }) =>
        name === 'compose.yaml'
          ? { start: document.offsetAt(range.start), end: document.offsetAt(range.end), newText }
          : { start: (result[name] ?? '').length, end: (result[name] ?? '').length, newText },
      );
      result[name] = applyEdits(result[name] ?? '', edits);
    }
    return { title, files: result };
  });
}

/** Without what `x-…` at the top say, which means nothing. */
async function projectOf(files: Readonly<Record<string, string>>) {
  const disk = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/work/${name}`, text]));
  const { loaded } = await load(memoryHost(disk, environment), { cwd: '/work' });
  if (loaded === undefined) return undefined;
  return Object.fromEntries(Object.entries(loaded.project).filter(([key]) => !key.startsWith('x-')));
}

const values = [
  'True',
  'FALSE',
  '1.10',
  '010',
  '0o17',
  '1_000',
  '0x1F',
  '1e3',
  '-0',
  '.5',
  '+7',
  '08',
  '123456789.0',
  'yes',
  'Off',
  '"1.10"',
  "'True'",
  '12345678901234567890',
  '"a#b"',
  "'it''s'",
  '"tab\\there"',
  '22:30',
  'a b  # why',
];

test.each(values)('%s reaches the container as before, however it is written', async (value) => {
  const marked = `services:\n  web:\n    image: x:1\n    environment:\n      A: ‸${value}\n      B: b\n`;
  const before = await projectOf({ 'compose.yaml': marked.replace('‸', '') });
  expect(before).toBeDefined();
  const all = await offered(marked);
  for (const { title, files } of all) expect(await projectOf(files), title).toEqual(before);
  expect(all.map(({ title }) => title)).toContain('Move to .env as A');
});

test('a value that Docker Compose refuses has no other form', async () => {
  const marked = 'services:\n  web:\n    image: x:1\n    environment:\n      WHEN: 2024‸-01-02\n';
  const titles = (await offered(marked)).map(({ title }) => title);
  expect(titles.filter((title) => !title.startsWith('Extract'))).toEqual([]);
});

test.each([
  '    ports:\n      - target: ‸80\n        target: 81\n        published: "8080"\n',
  '    volumes:\n      - type: ‸volume\n        source: data\n        source: other\n        target: /data\n        volume: {}\n',
  '    depends_on:\n      db:\n        condition: ‸service_started\n      db:\n        condition: service_healthy\n',
  '    depends_on:\n      db:\n        condition: ‸service_started\n      db:\n        condition: service_started\n',
  '    build:\n      context: ‸.\n      context: ./app\n',
  '    secrets:\n      - source: ‸key\n        source: other\n',
  '    env_file:\n      - path: ‸a.env\n        path: b.env\n',
  '    environment:\n      A: ‸1\n      A: 2\n',
])('with a key twice there is no other form, for a value would be lost: %j', async (attribute) => {
  const marked = `services:\n  web:\n    image: x:1\n${attribute}  db:\n    image: y:1\nvolumes: {data: {}, other: {}}\nsecrets: {key: {file: a.env}, other: {file: b.env}}\n`;
  const titles = (await offered(marked, { 'a.env': 'A=1', 'b.env': 'B=1' })).map(({ title }) => title);
  expect(titles.filter((title) => title.startsWith('Write'))).toEqual([]);
});

test('a name of the environment gets another in .env', async () => {
  const marked = (entry: string) => `services:\n  web:\n    image: x:1\n    environment:\n      ${entry}\n`;
  for (const entry of ['PATH: /opt/‸bin', '- PATH=/opt‸/bin', 'HOME: ‸/srv']) {
    const before = await projectOf({ 'compose.yaml': marked(entry).replace('‸', '') });
    const all = await offered(marked(entry));
    const moved = all.filter(({ title }) => title.startsWith('Move to .env as WEB_'));
    expect(moved).toHaveLength(1);
    for (const { title, files } of all) expect(await projectOf(files), title).toEqual(before);
  }
  // Both names are taken.
  const titles = (await offered(marked('LANG: ‸de'))).map(({ title }) => title);
  expect(titles.filter((title) => title.startsWith('Move to'))).toEqual([]);
});

test('an .env that is broken, or that would change something else, is left alone', async () => {
  const marked = 'services:\n  web:\n    image: x:1\n    environment:\n      A: ‸one\n      B: ${A}\n';
  for (const env of ['"\n', 'A=two\n', 'B="open\n']) {
    const titles = (await offered(marked, { '.env': env })).map(({ title }) => title);
    expect(
      titles.filter((title) => title.startsWith('Move to')),
      env,
    ).toEqual([]);
  }
});

test.each(['./src:/src', './src:/src:ro', 'data:/data', '/cache'])(
  'a mount %s in the long form is the same mount',
  async (mount) => {
    const marked = `services:\n  web:\n    image: x:1\n    volumes:\n      - ‸${mount}\nvolumes: {data: {}}\n`;
    const before = await projectOf({ 'compose.yaml': marked.replace('‸', '') });
    const all = await offered(marked);
    expect(all.map(({ title }) => title)).toContain('Convert to the long syntax');
    for (const { title, files } of all) expect(await projectOf(files), title).toEqual(before);
  },
);
