import { expect, test } from 'vitest';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';

const text = `services:
  web:
    image: nginx:1.27
    depends_on: [nowhere]
    networks: [front]
  db:
    image: postgres:17
    restart: always
    volumes: ["data:/data"]
networks:
  back:
`;

async function codes(edited: string): Promise<string[]> {
  const client = await TestClient.inProcess();
  await client.open(uri, text);
  await client.diagnostics(uri);
  await client.open(uri, edited);
  const found = await client.diagnostics(uri);
  expect(client.errors).toEqual([]);
  await client.close();
  return found.map(({ code, range }) => `${range.start.line} ${String(code)}`);
}

test('what is wrong in the whole text', async () => {
  expect(await codes(text)).toEqual([
    '3 undefined-dependency',
    '4 undefined-network',
    '8 undefined-volume',
    '10 unused-network',
  ]);
});

test('a word being typed in one service leaves what is known of the others', async () => {
  expect(await codes(text.replace('restart: always', 'rest'))).toEqual([
    '3 undefined-dependency',
    '4 undefined-network',
    '7 yaml-missing-colon',
  ]);
});

test('a name that is being declared is not undefined', async () => {
  expect(await codes(text.replace('  back:\n', '  fro\n'))).toEqual([
    '3 undefined-dependency',
    '8 undefined-volume',
    '10 schema-type',
  ]);
});

test('nothing is said of what comes after a quote that is not closed', async () => {
  expect(await codes(text.replace('image: postgres:17', 'image: "postgres:17'))).toEqual([
    '6 yaml-unclosed-quote',
  ]);
});

test('a mistake outside of everything leaves nothing certain', async () => {
  expect(await codes(`ser\n${text}`)).toEqual(['0 yaml-missing-colon']);
});
