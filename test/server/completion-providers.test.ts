import { afterEach, expect, test } from 'vitest';
import type { CompletionList } from 'vscode-languageserver';
import { cursorIn } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

const metadata = {
  description: 'Databases',
  up: {
    parameters: [
      { name: 'size', description: 'In GB', type: 'integer', default: '10' },
      {
        name: 'kind',
        description: 'Which database',
        required: true,
        type: 'string',
        enum: 'mysql, postgres',
      },
      { name: 'public', type: 'boolean' },
    ],
  },
};
const files = {
  '/home/me/.docker/compose/providers/cloud.json': JSON.stringify(metadata),
  '/home/me/.docker/compose/providers/broken.json': 'no',
  '/home/me/.docker/config.json': '{"cliPluginsExtraDirs": ["/extra"]}',
  '/home/me/.docker/cli-plugins/docker-model': '',
  '/home/me/.docker/cli-plugins/docker-compose': '',
  '/extra/docker-cloud': '',
  '/extra/docker-local': '',
  '/usr/bin/telepresence': '',
  '/work/bin/mine': '',
};

let client: TestClient;
afterEach(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
});

async function offered(marked: string, trusted = true): Promise<readonly string[]> {
  client = await TestClient.inProcess({
    files,
    environment: { PATH: 'bin:/usr/bin' },
    host: { home: '/home/me' },
    initializationOptions: { trusted },
  });
  const { text, offset } = cursorIn(marked);
  await client.open('file:///work/compose.yaml', text);
  const { items } = await client.at<CompletionList>(
    'textDocument/completion',
    'file:///work/compose.yaml',
    offset,
  );
  return [...items]
    .sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1))
    .map(({ label, detail }) => (detail === undefined ? label : `${label}: ${detail}`));
}

const service = (rest: string) => `services:\n  db:\n    provider:\n${rest}`;

test('the type: what was run before, then plugins; programs once a letter is typed, none of the project', async () => {
  expect(await offered(service('      type: ‸\n'))).toEqual(['model', 'broken', 'cloud', 'local']);
  await client.close();
  const typed = await offered(service('      type: t‸\n'));
  expect(typed).toContain('telepresence');
  expect(typed).not.toContain('mine');
  expect(typed).not.toContain('compose');
});

test('the options that the provider told of, and their values', async () => {
  expect(await offered(service('      type: cloud\n      options:\n        size: 3\n        ‸\n'))).toEqual([
    'kind: Which database',
    'public',
  ]);
  await client.close();
  expect(await offered(service('      type: cloud\n      options:\n        kind: ‸\n'))).toEqual([
    'mysql',
    'postgres',
  ]);
  await client.close();
  expect(await offered(service('      type: cloud\n      options:\n        size: ‸\n'))).toEqual([
    '10: default',
  ]);
  await client.close();
  expect(await offered(service('      type: broken\n      options:\n        ‸\n'))).toEqual([]);
});

// `model` is known everywhere.
test('nothing of this machine in an untrusted workspace', async () => {
  expect(await offered(service('      type: ‸\n'), false)).toEqual(['model']);
  await client.close();
  expect(await offered(service('      type: cloud\n      options:\n        ‸\n'), false)).toEqual([]);
});
