import { expect, test } from 'vitest';
import { fullCapabilities, TestClient } from './support/test-client.ts';
import { documents } from '../fuzz/project.mjs';
import { fuzz, type Server } from '../fuzz/session.mjs';

const folder = 'file:///work/';

/** As the session sees a server; what is written is on the disk of every server. */
async function start(disk: Record<string, string>, lives: boolean) {
  const { diagnostics: _none, ...workspace } = fullCapabilities.workspace ?? {};
  const client = await TestClient.inProcess({
    files: Object.fromEntries(Object.entries(disk).map(([name, text]) => [`/work/${name}`, text])),
    capabilities: lives ? fullCapabilities : { ...fullCapabilities, workspace },
  });
  let seen = 0;
  const server: Server = {
    errors: client.errors,
    open: async (name, text) => void (await client.open(folder + name, text)),
    close: (name) => client.closeDocument(folder + name),
    change: async (name, change) => void (await client.change(folder + name, [change])),
    write: async (name, text) => {
      disk[name] = text;
      client.files.texts.set(`/work/${name}`, text);
      const changes = [{ uri: folder + name, type: 2 }];
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    },
    request: (method, params) => client.request(method, params),
    refreshed: async () => {
      await client.eventually(() => client.refreshes > seen);
      seen = client.refreshes;
      return true;
    },
  };
  return { server, end: () => client.close() };
}

test('random edits lead to what a fresh server says, and to nothing outside a document (the long one: npm run fuzz)', async () => {
  const disk: Record<string, string> = { ...documents };
  const { server, end } = await start(disk, true);
  const { findings, tally } = await fuzz(server, {
    seed: 20_261_123,
    count: 300,
    every: 100,
    folder,
    fresh: () => start(disk, false),
  });
  expect(findings).toEqual([]);
  expect([tally.edits, tally.compared]).toEqual([300, 12]);
  expect(tally.ranges).toBeGreaterThan(1_000);
  await end();
}, 60_000);
