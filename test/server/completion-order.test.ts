import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompletionList } from 'vscode-languageserver';
import { cursorIn } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.inProcess({
    files: { '/work/api/Dockerfile': 'FROM x\n', '/work/.env': '', '/work/Dockerfile': 'FROM x\n' },
  });
});
afterAll(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
});

/** The suggestions that fit what is typed, in the order in which an editor shows them. */
async function ordered(marked: string): Promise<string[]> {
  const { text, offset } = cursorIn(marked);
  await client.open(uri, text);
  const { items } = await client.at<CompletionList>('textDocument/completion', uri, offset);
  const typed = /[\w-]*$/.exec(text.slice(0, offset))?.[0] ?? '';
  return items
    .filter(({ label, filterText }) => (filterText ?? label).startsWith(typed))
    .sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
    .map(({ label }) => label);
}

const service = 'services:\n  web:\n';

test.each([
  ['an empty file', '‸', 'services'],
  ['a service', `${service}    ‸\n`, 'image'],
  ['a service with an image', `${service}    image: x:1\n    ‸\n`, 'environment'],
  [
    'a service that is waited for',
    `services:\n  a:\n    image: x\n    depends_on:\n      web:\n        condition: service_healthy\n  web:\n    image: x:1\n    ‸\n`,
    'healthcheck',
  ],
  ['a database', `${service}    image: postgres:16\n    ‸\n`, 'environment'],
  ['a service with a build', `${service}    build: .\n    ‸\n`, 'environment'],
  ['a file with a name to declare', 'services:\n  web:\n    image: x\n    secrets: [key]\n‸', 'secrets'],
  [
    'a section with a name to declare',
    'services:\n  web:\n    volumes: ["data:/data"]\nvolumes:\n  ‸\n',
    'data',
  ],
  [
    'a section with all names declared but one',
    'services:\n  web:\n    networks: [a, b]\nnetworks:\n  a:\n  ‸\n',
    'b',
  ],
  ['env', `${service}    env‸\n`, 'environment'],
  ['co', `${service}    co‸\n`, 'container_name'],
  ['net', `${service}    image: x:1\n    net‸\n`, 'networks'],
  ['v', `${service}    v‸\n`, 'volumes'],
  ['h', `${service}    h‸\n`, 'healthcheck'],
  ['re', `${service}    re‸\n`, 'restart'],
  ['d', `${service}    d‸\n`, 'depends_on'],
  ['the protocol of a port', `${service}    ports:\n      - target: 80\n        protocol: ‸\n`, 'tcp'],
  ['a port', `${service}    ports:\n      - ‸\n`, 'target'],
  ['a mount', `${service}    volumes:\n      - type: bind\n        ‸\n`, 'source'],
  ['the type of a mount', `${service}    volumes:\n      - type: ‸\n`, 'bind'],
  ['an address pool', 'networks:\n  n:\n    ipam:\n      config:\n        - ‸\n', 'subnet'],
  ['a network', 'networks:\n  n:\n    ‸\n', 'driver'],
  ['the driver of a network', 'networks:\n  n:\n    driver: ‸\n', 'bridge'],
  ['a secret', 'secrets:\n  s:\n    ‸\n', 'file'],
  ['a config', 'configs:\n  c:\n    ‸\n', 'file'],
  ['a volume', 'volumes:\n  v:\n    ‸\n', 'driver'],
  ['a build', `${service}    build:\n      ‸\n`, 'context'],
  ['the folder of a build', `${service}    build:\n      context: ‸\n`, '.'],
  ['the folder of a short build', `${service}    build: ‸\n`, '.'],
  ['restart', `${service}    restart: ‸\n`, 'unless-stopped'],
  ['a condition', `${service}    depends_on:\n      db:\n        condition: ‸\n`, 'service_healthy'],
  ['a health check', `${service}    healthcheck:\n      ‸\n`, 'test'],
  ['limits', `${service}    deploy:\n      resources:\n        ‸\n`, 'limits'],
  ['deploy', `${service}    deploy:\n      ‸\n`, 'resources'],
  ['extends', `${service}    extends:\n      ‸\n`, 'service'],
  ['an action', `${service}    develop:\n      watch:\n        - path: .\n          action: ‸\n`, 'sync'],
  ['a boolean', `${service}    privileged: ‸\n`, 'true'],
])('first in %s: %s → %s', async (_name, marked, first) => {
  expect((await ordered(marked))[0]).toBe(first);
});

test('what is deprecated or excluded comes late', async () => {
  expect((await ordered('‸')).indexOf('version')).toBeGreaterThan(5);
  const found = await ordered(`${service}    image: x:1\n    network_mode: host\n    ‸\n`);
  expect(found.indexOf('build')).toBeGreaterThan(30);
  expect(found.indexOf('networks')).toBeGreaterThan(30);
});
