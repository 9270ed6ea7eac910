import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompletionList } from 'vscode-languageserver';
import { applyEdits, cursorIn } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.inProcess({
    files: {
      '/work/html/index.html': '',
      '/work/proxy/nginx.conf': '',
      '/work/api/Dockerfile': 'FROM node:22\nWORKDIR /srv/app\nEXPOSE 4000\n',
      '/work/api/uploads/x': '',
    },
  });
});
afterAll(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
});

/** The lines with the cursor, once a suggestion is taken. */
async function taken(marked: string, label: string): Promise<string> {
  const { text, offset } = cursorIn(marked);
  const document = await client.open(uri, text);
  const { items } = await client.at<CompletionList>('textDocument/completion', uri, offset);
  const item = items.find((each) => each.label === label);
  if (item?.textEdit === undefined || !('range' in item.textEdit))
    throw new Error(`Not suggested: ${label}; but ${items.map((each) => each.label).join(' ')}`);
  const { range, newText } = item.textEdit;
  const edit = { start: document.offsetAt(range.start), end: document.offsetAt(range.end), newText };
  return applyEdits(text, [edit]).slice(text.lastIndexOf('\n', offset - 1) + 1);
}

const databases = `services:
  store:
    image: postgres:17
    environment:
      POSTGRES_USER: shop
      POSTGRES_PASSWORD: \${SECRET}
  cache:
    image: redis:8
    command: redis-server --requirepass word
  web:
    build: ./api
`;

test.each([
  [
    'a volume for the data of an image',
    'services:\n  db:\n    image: postgres:16\n    volumes:\n      - ‸\n',
    'db-data:/var/lib/postgresql/data',
    '      - db-data:/var/lib/postgresql/data\n',
  ],
  [
    'the data of an image whose folder moved',
    'services:\n  db:\n    image: postgres:18\n    volumes:\n      - ‸\n',
    'db-data:/var/lib/postgresql',
    '      - db-data:/var/lib/postgresql\n',
  ],
  [
    'a folder beside the file',
    'services:\n  web:\n    image: nginx:1\n    volumes:\n      - ‸\n',
    './html:/usr/share/nginx/html:ro',
    '      - ./html:/usr/share/nginx/html:ro\n',
  ],
  [
    'a file in the folder of the service',
    'services:\n  proxy:\n    image: nginx:1\n    volumes:\n      - ‸\n',
    './proxy/nginx.conf:/etc/nginx/nginx.conf:ro',
    '      - ./proxy/nginx.conf:/etc/nginx/nginx.conf:ro\n',
  ],
  [
    'the place of a source in what is built',
    'services:\n  web:\n    build: ./api\n    volumes:\n      - ./api/uploads:‸',
    '/srv/app/uploads',
    '      - ./api/uploads:/srv/app/uploads',
  ],
  [
    'the address of a database, in a list',
    `${databases}    environment:\n      - ‸\n`,
    'DATABASE_URL',
    '      - DATABASE_URL=postgresql://shop:\\${SECRET\\}@store:5432/shop\n',
  ],
  [
    'the address of a cache, in a map',
    `${databases}    environment:\n      X: y\n      ‸\n`,
    'REDIS_URL',
    '      REDIS_URL: redis://:word@cache:6379\n',
  ],
  [
    'an address as a value',
    `${databases}    environment:\n      CACHE_URI: ‸\n`,
    'redis://:word@cache:6379',
    '      CACHE_URI: redis://:word@cache:6379\n',
  ],
  [
    'a check of a page',
    `${databases}    healthcheck:\n      test: ‸\n`,
    '["CMD", "curl", "-f", "http://localhost:4000/…"]',
    '      test: ["CMD", "curl", "-f", "http://localhost:4000/${1:health}"]\n',
  ],
  [
    'a name like those of the others',
    'services:\n  web:\n    image: x\n    container_name: shop-web\n  db:\n    container_name: ‸\n',
    'shop-db',
    '    container_name: shop-db\n',
  ],
  [
    'a folder that is built',
    'services:\n  web:\n    build:\n      context: ‸\n',
    './api',
    '      context: ./api\n',
  ],
  [
    'waiting until another is healthy',
    'services:\n  db:\n    healthcheck:\n      test: x\n  web:\n    image: x\n    ‸\n',
    'depends_on: service_healthy',
    '    depends_on:\n      ${1:db}:\n        condition: service_healthy$0\n',
  ],
  [
    'an image, by the name of the service',
    'services:\n  redis:\n    image: ‸\n',
    'redis:8-alpine',
    '    image: redis:8-alpine\n',
  ],
  [
    'a network that is named elsewhere',
    'services:\n  a:\n    networks: [inner]\n  b:\n    networks:\n      - ‸\n',
    'inner',
    '      - inner\n',
  ],
])('%s', async (_name, marked, label, line) => {
  expect(await taken(marked, label)).toBe(line);
});
