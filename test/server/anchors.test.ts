import { expect, test } from 'vitest';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';

async function diagnosed(text: string): Promise<readonly string[]> {
  const client = await TestClient.inProcess();
  await client.open(uri, text);
  const found = await client.diagnostics(uri);
  expect(client.errors).toEqual([]);
  await client.close();
  return found
    .filter(({ severity }) => (severity ?? 1) < 3)
    .map(({ code, range }) => `${range.start.line} ${String(code)}`);
}

const used = (block: string, how: string) =>
  `x-base: &base\n  image: x:1\n${block}services:\n${['a', 'b', 'c'].map((name) => `  ${name}:\n    ${how}\n`).join('')}`;

test.each([
  ['  enviroment: {A: b}\n', '2 schema-unknown-property'],
  ['  stop_grace_period: soon\n', '2 invalid-duration'],
  ['  privileged: maybe\n', '2 invalid-cast'],
  ['  mem_limit: lots\n', '2 invalid-size'],
  ['  ports: ["abc:80"]\n', '2 invalid-port'],
  ['  networks: [front]\n', '2 undefined-network'],
  ['  depends_on: [nobody]\n', '2 undefined-dependency'],
  ['  volumes: ["data:/data"]\n', '2 undefined-volume'],
  ['  pull_policy: sometimes\n', '2 schema-pattern'],
  ['  environment: {A: "${A!}"}\n', '2 invalid-interpolation'],
  ['  environment: {A: "${A}"}\n', '2 unset-variable'],
  ['  group_add: [a, a]\n', '2 schema-unique'],
  ['  healthcheck:\n    retries: x\n', '3 invalid-cast'],
])('a mistake in an anchor that three services merge is said once: %j', async (block, expected) => {
  expect(await diagnosed(used(block, '<<: *base'))).toEqual([expected]);
});

test('a mistake in an anchor that is a value is said once', async () => {
  expect(
    await diagnosed(
      'x-env: &env\n  - 5\nx-log: &log {driver: 1}\nservices:\n  a: {image: x:1, environment: *env, logging: *log}\n  b: {image: x:1, environment: *env, logging: *log}\n',
    ),
  ).toEqual(['1 schema-type', '2 schema-type']);
});

test('two mistakes in one value are two', async () => {
  const found = await diagnosed(used('  hostname: ${A}${B}\n', '<<: *base'));
  expect(found).toEqual(['2 unset-variable', '2 unset-variable']);
});
