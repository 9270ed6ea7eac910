import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { casesIn } from '../published/cases.ts';
import { checkDocument, startServer } from '../published/check.ts';
import type { TestClient } from './support/test-client.ts';

const folder = fileURLToPath(new URL('../fixtures/projects/', import.meta.url));

test('formatting, every action and every rename keep the sample projects', async () => {
  const clients = new Map<string, TestClient>();
  const found: string[] = [];
  let [actions, renames] = [0, 0];
  for (const one of casesIn(folder)) {
    const environment = JSON.stringify(one.environment);
    const client = clients.get(environment) ?? (await startServer(one.environment));
    clients.set(environment, client);
    const checked = await checkDocument(client, one, readFileSync(one.document, 'utf8'), undefined);
    found.push(...checked.findings.map(({ what, detail }) => `${one.name}: ${what}: ${detail}`));
    actions += checked.actions;
    renames += checked.renames;
  }
  for (const client of clients.values()) await client.close();
  expect(found).toEqual([]);
  expect(actions).toBeGreaterThan(400);
  expect(renames).toBeGreaterThan(300);
}, 600_000);
