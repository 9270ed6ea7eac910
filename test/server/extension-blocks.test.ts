import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompletionList, Hover, MarkupContent } from 'vscode-languageserver';
import { cursorIn } from './support/marked-text.ts';
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

async function labels(marked: string): Promise<string[]> {
  const { text, offset } = cursorIn(marked);
  await client.open(uri, text);
  return (await client.at<CompletionList>('textDocument/completion', uri, offset)).items.map(
    ({ label }) => label,
  );
}

async function hover(marked: string): Promise<string | undefined> {
  const { text, offset } = cursorIn(marked);
  await client.open(uri, text);
  const found = await client.at<Hover | null>('textDocument/hover', uri, offset);
  return found === null ? undefined : (found.contents as MarkupContent).value;
}

const merged = 'services:\n  web:\n    <<: *base\n    image: x:1\n  db:\n    image: y:1\n';

test.each([
  ['an empty block', `x-base: &base\n  ‸\n${merged}`, 'restart'],
  ['a word in a block', `x-base: &base\n  res‸\n${merged}`, 'restart'],
  ['a key beside others', `x-base: &base\n  init: true\n  hea‸\n${merged}`, 'healthcheck'],
  ['a key further in', `x-base: &base\n  healthcheck:\n    int‸\n${merged}`, 'interval'],
  ['a value', `x-base: &base\n  restart: ‸\n${merged}`, 'unless-stopped'],
  ['an item', `x-base: &base\n  depends_on:\n    - ‸\n${merged}`, 'db'],
  ['in flow style', `x-base: &base {res‸}\n${merged}`, 'restart'],
  [
    'one of a list of merged blocks',
    `x-base: &base\n  res‸\n${merged.replace('*base', '[*base]')}`,
    'restart',
  ],
  ['a block that another merges', `x-low: &low\n  res‸\nx-base: &base\n  <<: *low\n${merged}`, 'restart'],
  [
    'a block that is a value',
    'x-log: &log\n  dri‸\nservices:\n  web:\n    image: x:1\n    logging: *log\n',
    'driver',
  ],
  [
    'an anchor within a block',
    'x-all:\n  health: &health\n    ret‸\nservices:\n  web:\n    image: x:1\n    healthcheck: *health\n',
    'retries',
  ],
  ['a block of a network', 'x-n: &n\n  dri‸\nnetworks:\n  a: *n\n', 'driver_opts'],
])('completion in %s', async (_name, marked, label) => {
  expect(await labels(marked)).toContain(label);
});

test('completion in a block that nothing uses suggests nothing', async () => {
  expect(await labels('x-base: &other\n  res‸\nservices: {}\n')).toEqual([]);
});

test('a block that merges itself ends', async () => {
  expect(await labels('x-base: &base\n  <<: *base\n  res‸\nservices: {}\n')).toEqual([]);
});

test.each([
  ['a key', `x-base: &base\n  res‸tart: always\n${merged}`, 'services/#restart'],
  [
    'a key further in',
    `x-base: &base\n  healthcheck:\n    inter‸val: 5s\n${merged}`,
    'services/#healthcheck',
  ],
  [
    'a key of a block that is a value',
    'x-log: &log\n  dri‸ver: local\nservices:\n  web:\n    image: x:1\n    logging: *log\n',
    'services/#logging',
  ],
  ['a value', `x-base: &base\n  mem_limit: 5‸12m\n${merged}`, 'bytes'],
])('hover on %s', async (_name, marked, part) => {
  expect(await hover(marked)).toContain(part);
});
