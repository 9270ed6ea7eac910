import { afterEach, beforeEach, expect, test } from 'vitest';
import { EngineFacts } from '../../server/src/protocol.ts';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';
const text = `services:
  api:
    image: node:22
    depends_on: {db: {condition: service_healthy}}
  db:
    image: example/db:1
`;

let client: TestClient;
beforeEach(async () => {
  client = await TestClient.inProcess();
  await client.open(uri, text);
});
afterEach(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
});

async function found(healthChecks?: Readonly<Record<string, boolean>>): Promise<unknown[]> {
  if (healthChecks !== undefined)
    await client.connection.sendNotification(EngineFacts, { images: [], healthChecks });
  const diagnostics = await client.diagnostics(uri);
  return diagnostics
    .filter(({ code }) => code === 'unchecked-dependency')
    .map(({ severity, message }) => [severity, message]);
}

test('a wait for a service without a health check is a hint while its image is not known', async () => {
  expect(await found()).toEqual([
    [
      4,
      '"db" has no health check in the files. Unless its image has one, "api" cannot start. Add a "healthcheck" to "db".',
    ],
  ]);
});

test('it is certain once the image is on the engine', async () => {
  expect(await found({ 'example/db:1': true })).toEqual([]);
  expect(await found({ 'example/db:1': false })).toEqual([
    [
      2,
      '"api" cannot start, because neither "db" nor its image example/db:1 has a health check. Add a "healthcheck" to "db".',
    ],
  ]);
});

test('where models are used is a warning once it is known that nothing runs them', async () => {
  const codes = async () =>
    (await client.diagnostics(uri)).map(({ code, range }) => [code, range.start.line]);
  await client.change(uri, [
    {
      text: 'services:\n  chat:\n    image: chat:1\n    models: [small]\nmodels: {small: {model: ai/small}}\n',
    },
  ]);
  expect(await codes()).not.toContainEqual(['no-model-runner', 3]);
  await client.connection.sendNotification(EngineFacts, { images: [], modelRunner: false });
  expect(await codes()).toContainEqual(['no-model-runner', 3]);
  await client.connection.sendNotification(EngineFacts, { images: [], modelRunner: true });
  expect(await codes()).not.toContainEqual(['no-model-runner', 3]);
});
