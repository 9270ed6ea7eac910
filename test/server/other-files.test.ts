import { expect, test } from 'vitest';
import { TestClient } from './support/test-client.ts';

/** Errors and warnings of a document as `line code: text`. */
async function diagnosed(path: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const disk = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/work/${name}`, text]));
  const client = await TestClient.inProcess({ files: disk });
  const uri = `file:///work/${path}`;
  const document = await client.open(uri, files[path] ?? '');
  const found = await client.diagnostics(uri);
  expect(client.errors).toEqual([]);
  await client.close();
  return found
    .filter(({ severity }) => (severity ?? 1) < 3)
    .map(({ code, range }) => `${range.start.line} ${String(code)}: ${document.getText(range)}`);
}

const web = 'services:\n  web:\n    image: x:1\n';
const broken = 'A=1\n"C=1\nV=3\n';

test.each([
  [
    '.env',
    { 'compose.yaml': web.replace('x:1', 'b:${V}'), '.env': broken },
    ['2 broken-file: ${V}', '2 unset-variable: ${V}'],
  ],
  ['.env without variables', { 'compose.yaml': web, '.env': broken }, ['0 broken-file: services']],
  [
    'an env file',
    { 'compose.yaml': `${web}    env_file: a.env\n`, 'a.env': broken },
    ['3 broken-file: a.env'],
  ],
  [
    'the second of two env files',
    {
      'compose.yaml': `${web}    env_file:\n      - b.env\n      - path: ./a.env\n`,
      'a.env': broken,
      'b.env': 'A=1\n',
    },
    ['5 broken-file: ./a.env'],
  ],
  [
    'an included file',
    {
      'compose.yaml': `include:\n  - db.yaml\n${web}`,
      'db.yaml': 'services: {db: {image: x:1, prots: []}}\n',
    },
    ['1 broken-file: db.yaml'],
  ],
  [
    'what an included file includes',
    {
      'compose.yaml': `include:\n  - a/db.yaml\n${web}`,
      'a/db.yaml': 'include: [b.yaml]\n',
      'a/b.yaml': 'services: {db: {image: [x]}}\n',
    },
    ['1 broken-file: a/db.yaml'],
  ],
  [
    'an override',
    { 'compose.yaml': web, 'compose.override.yaml': 'services: {web: {tty: maybe}}\n' },
    ['0 broken-file: services'],
  ],
])('a mistake in %s', async (_name, files, expected) => {
  expect((await diagnosed('compose.yaml', files)).toSorted()).toEqual([...expected].toSorted());
});

test('nothing is said of files that are right', async () => {
  const files = {
    'compose.yaml': `include: [db.yaml]\n${web}    env_file: a.env\n`,
    'a.env': 'A=1\n',
    '.env': 'B=1\n',
    'db.yaml': 'services: {db: {image: x:1}}\n',
  };
  expect(await diagnosed('compose.yaml', files)).toEqual([]);
});

const base = 'services:\n  web:\n    image: x:1\n    networks: [back]\nnetworks: {back: }\n';

test('a fragment in a folder below its base', async () => {
  const fragment =
    'services:\n  web:\n    tty: true\n  more:\n    image: y:1\n    networks: [back]\n    depends_on: [web]\n';
  expect(
    await diagnosed('ext/f/f-compose.yml', { 'compose.yaml': base, 'ext/f/f-compose.yml': fragment }),
  ).toEqual([]);
  const wrong = fragment.replace('tty: true', 'tty: maybe');
  expect(
    await diagnosed('ext/f/f-compose.yml', { 'compose.yaml': base, 'ext/f/f-compose.yml': wrong }),
  ).toEqual(['2 invalid-cast: maybe']);
});

test('a file beside a base that stands alone has no warnings about the base', async () => {
  const taken = base.replace('    networks', '    ports: ["80:80"]\n    networks');
  const alone = 'services:\n  other:\n    image: y:1\n    ports: ["80:80"]\n';
  expect(
    await diagnosed('compose.other.yaml', { 'compose.yaml': taken, 'compose.other.yaml': alone }),
  ).toEqual([]);
});
