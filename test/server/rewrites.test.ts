import type { CodeAction } from 'vscode-languageserver';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { load } from '#compose/load/load.ts';
import { memoryHost } from '../compose/load/memory-host.ts';
import { applyEdits, cursorIn } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.inProcess();
});
afterAll(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
});

async function rewrites(marked: string): Promise<{ text: string; actions: CodeAction[] }> {
  const { text, offset } = cursorIn(`services:\n  web:\n${marked}`);
  const document = await client.open(uri, text);
  const position = document.positionAt(offset);
  const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: position, end: position },
    context: { diagnostics: [], only: ['refactor.rewrite'] },
  });
  return { text, actions };
}

async function rewritten(marked: string, title: string): Promise<string> {
  const { text, actions } = await rewrites(marked);
  const action = actions.find((each) => each.title === title);
  if (action === undefined) throw new Error(`no “${title}” among ${actions.map((each) => each.title)}`);
  const document = client.document(uri);
  const edits = (action.edit?.changes?.[uri] ?? []).map(({ range, newText }) => ({
    start: document.offsetAt(range.start),
    end: document.offsetAt(range.end),
    newText,
  }));
  return applyEdits(text, edits).replace('services:\n  web:\n', '');
}

test.each([
  [
    '    environment:\n      - A=‸1\n      - B\n      - C=x y\n',
    'Convert to a mapping',
    '    environment:\n      A: "1"\n      B:\n      C: x y\n',
  ],
  [
    '    environment: [A=‸b]\n    image: x\n',
    'Convert to a mapping',
    '    environment:\n      A: b\n    image: x\n',
  ],
  [
    '    environment:\n    - URL=postg‸res://u:p@db:5432/x?a=b\n',
    'Convert to a mapping',
    '    environment:\n      URL: "postgres://u:p@db:5432/x?a=b"\n',
  ],
  [
    '    environment:\n      A: ‸1\n      B:\n',
    'Convert to a list',
    '    environment:\n      - A=1\n      - B\n',
  ],
  ['    labels: {a.b: ‸c}\n', 'Convert to a list', '    labels:\n      - a.b=c\n'],
  [
    '    depends_on: [d‸b, cache]\n',
    'Convert to the long syntax with conditions',
    '    depends_on:\n      db:\n        condition: service_started\n      cache:\n        condition: service_started\n',
  ],
  [
    '    ports:\n      - "127.0.0.1:80‸80:80/udp"\n',
    'Convert to the long syntax',
    '    ports:\n      - target: 80\n        published: "8080"\n        host_ip: "127.0.0.1"\n        protocol: udp\n',
  ],
  [
    '    ports:\n      - target: ‸80\n        published: "8080"\n',
    'Convert to the short syntax',
    '    ports:\n      - "8080:80"\n',
  ],
  [
    '    volumes:\n      - ./a‸:/b:ro\n',
    'Convert to the long syntax',
    '    volumes:\n      - type: bind\n        source: ./a\n        target: /b\n        read_only: true\n        bind:\n          create_host_path: true\n',
  ],
  ['    env_file: a.e‸nv\n', 'Convert to the long syntax', '    env_file:\n      - path: a.env\n'],
  ['    build: ./‸app\n', 'Convert to the long syntax', '    build:\n      context: ./app\n'],
])('%j: %s', async (before, title, after) => {
  expect(await rewritten(before, title)).toBe(after);
});

test.each([
  ['a comment would be lost', '    environment:\n      - A=‸1 # why\n      - B=2\n'],
  ['a merge key cannot be an item', '    environment:\n      <<: *a\n      A: ‸1\n'],
  ['a variable may be anything', '    ports: ["${P‸ORT}:80"]\n'],
  ['options that have no place', '    volumes: ["a:/b:‸z"]\n'],
  ['nothing to rewrite', '    image: ‸x\n'],
])('not offered: %s', async (_why, text) => {
  expect((await rewrites(text)).actions).toEqual([]);
});

/** Both forms of the same: each becomes the other, and the project stays what it is. */
test.each([
  [
    'depends_on',
    '    depends_on:\n      - ‸db\n',
    '    depends_on:\n      db:\n        condition: service_started\n',
    'Convert to the long syntax with conditions',
  ],
  [
    'a volume',
    '    volumes:\n      - ‸data:/data:ro\n',
    '    volumes:\n      - type: volume\n        source: data\n        target: /data\n        read_only: true\n        volume: {}\n',
  ],
  [
    'a bind mount',
    '    volumes:\n      - ‸./src:/src\n',
    '    volumes:\n      - type: bind\n        source: ./src\n        target: /src\n        bind:\n          create_host_path: true\n',
  ],
  [
    'an anonymous volume',
    '    volumes:\n      - ‸/cache\n',
    '    volumes:\n      - type: volume\n        target: /cache\n        volume: {}\n',
  ],
  [
    'env_file',
    '    env_file:\n      - ‸a.env\n      - b.env\n',
    '    env_file:\n      - path: a.env\n      - path: b.env\n',
  ],
  ['build', '    build: ‸./app\n', '    build:\n      context: ./app\n'],
  ['a secret', '    secrets:\n      - ‸key\n', '    secrets:\n      - source: key\n'],
  ['a config', '    configs:\n      - ‸key\n', '    configs:\n      - source: key\n'],
])('%s in the short and the long form', async (_, short, long, title = 'Convert to the long syntax') => {
  const mark = (text: string) => text.replace(/(\n +(?:- )?)(\w)(?!.*\n +- )/, '$1‸$2');
  const plain = short.replace('‸', '');
  expect(await rewritten(short, title)).toBe(long);
  const back = await rewritten(mark(long), 'Convert to the short syntax');
  expect(back.replace(/build:\s+/, 'build: ')).toBe(plain);
  const model = async (text: string) => {
    const rest =
      '    image: x\n  db:\n    image: y\nvolumes:\n  data:\nsecrets:\n  key: {file: ./k}\nconfigs:\n  key: {file: ./k}\n';
    const files = {
      'compose.yaml': `services:\n  web:\n${text}${rest}`,
      'a.env': 'A=1',
      'b.env': '',
      'app/Dockerfile': '',
      k: '',
    };
    const disk = Object.fromEntries(
      Object.entries(files).map(([name, content]) => [`/work/${name}`, content]),
    );
    const { loaded, problems } = await load(memoryHost(disk), { cwd: '/work' });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    return loaded?.project.services;
  };
  expect(await model(long)).toEqual(await model(plain));
});

test.each([
  '    depends_on:\n      db:\n        condition: ‸service_healthy\n',
  '    depends_on:\n      db:\n        condition: ‸service_started\n        restart: true\n',
  '    volumes:\n      - type: ‸tmpfs\n        target: /t\n',
  '    volumes:\n      - type: ‸bind\n        source: data\n        target: /t\n',
  '    env_file:\n      - path: ‸a.env\n        required: false\n',
  '    build:\n      context: ‸.\n      target: dev\n',
  '    secrets:\n      - source: ‸key\n        mode: 0400\n',
])('%j has no short form', async (text) => {
  const { actions } = await rewrites(text);
  expect(actions.map(({ title }) => title)).not.toContain('Convert to the short syntax');
});
