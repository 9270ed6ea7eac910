import type { Hover, MarkupContent } from 'vscode-languageserver';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cursorIn } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.inProcess({
    files: { '/work/other.yaml': 'services:\n  base:\n    image: x:1\n' },
  });
});
afterAll(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
});

/** The text under the hover's range, and its Markdown. */
async function hover(marked: string): Promise<{ on: string; markdown: string } | null> {
  const { text, offset } = cursorIn(marked);
  await client.open(uri, text);
  const found = await client.at<Hover | null>('textDocument/hover', uri, offset);
  if (found === null) return null;
  const document = client.document(uri);
  const range = found.range === undefined ? '' : document.getText(found.range);
  return { on: range, markdown: (found.contents as MarkupContent).value };
}

test('a key: the schema’s text and a link to the reference', async () => {
  const found = await hover('services:\n  web:\n    container_n‸ame: x\n');
  expect(found?.on).toBe('container_name');
  expect(found?.markdown).toContain(
    'https://docs.docker.com/reference/compose-file/services/#container\\_name'.replace('\\', ''),
  );
  expect(found?.markdown.length).toBeGreaterThan(40);
});

test.each([
  ['services:\n  web:\n    build:\n      tar‸get: x\n', 'compose-file/build/#target'],
  ['services:\n  web:\n    deploy:\n      re‸plicas: 2\n', 'compose-file/deploy/#replicas'],
  ['net‸works: {}\n', 'compose-file/networks/'],
  ['volumes:\n  data:\n    dri‸ver: local\n', 'compose-file/volumes/#driver'],
  ['ver‸sion: "3"\n', 'compose-file/version-and-name/'],
  ['x-a: &a\n  b: 1\nservices:\n  web:\n    <<: *a\n    im‸age: x\n', 'compose-file/services/#image'],
])('the page that describes %j', async (text, page) => {
  expect((await hover(text))?.markdown).toContain(page);
});

test.each([
  [
    'a reference',
    'services:\n  web:\n    depends_on: [d‸b]\n  db:\n    image: x:1\n',
    'db',
    'db:\n  image: x:1',
  ],
  [
    'a reference in a list',
    'services:\n  a:\n    networks:\n      - n‸et\nnetworks:\n  net:\n    driver: bridge\n',
    'net',
    'net:\n  driver: bridge',
  ],
  [
    'the name in a mount',
    'services:\n  a:\n    volumes: ["da‸ta:/x"]\nvolumes:\n  data:\n    external: true\n',
    'data',
    'data:\n  external: true',
  ],
  ['an alias', 'x-a: &a\n  b: 1\nx-b: *‸a\n', 'a', 'b: 1'],
  [
    'another file',
    'include: [other.yaml]\nservices:\n  a:\n    depends_on: [ba‸se]\n',
    'base',
    'other.yaml\n\n```yaml\nbase:\n  image: x:1',
  ],
])('%s shows what it stands for', async (_name, text, on, markdown) => {
  const found = await hover(text);
  expect(found?.on).toBe(on);
  expect(found?.markdown).toContain(markdown);
});

test.each([
  [
    'services: {a: {ports: ["80‸80:80"]}}',
    'Host port 8080 on all interfaces forwards to port 80/tcp of the container.',
  ],
  [
    'services: {a: {ports: ["127.0.0.1:9090-9092:90-9‸2/udp"]}}',
    'Host port 9090–9092 on 127.0.0.1 only forwards to port 90–92/udp of the container.',
  ],
  [
    'services: {a: {ports: [‸80]}}',
    'A free host port, chosen by the engine, forwards to port 80/tcp of the container.',
  ],
  ['services: {a: {healthcheck: {interval: ‸90s}}}', '1 min 30 s'],
  ['services: {a: {mem_limit: 512‸M}}', '512 MiB (536,870,912 bytes)'],
  [
    'services: {a: {volumes: ["./src:/s‸rc:ro"]}}',
    'The host path `./src` is mounted read-only at `/src` in the container.',
  ],
  ['services: {a: {image: ngi‸nx:1.29}}', '[nginx:1.29](https://hub.docker.com/_/nginx)'],
  ['services: {a: {restart: al‸ways}}', '`always`: regardless of its exit code, also after reboots.'],
])('%j is explained', async (text, markdown) => {
  expect((await hover(text))?.markdown).toBe(markdown);
});

test.each([
  ['space', 'name:‸ x'],
  ['an undeclared name', 'services: {a: {networks: [n‸]}}'],
  ['a comment', '# ‸\nname: x'],
  ['free text', 'services: {a: {hostname: h‸}}'],
  ['an empty document', '‸'],
])('nothing on %s', async (_name, text) => {
  expect(await hover(text)).toBeNull();
});
