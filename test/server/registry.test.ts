import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CodeAction, CompletionList, Hover } from 'vscode-languageserver';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { putImage, type Registry, startRegistry, whyNoRegistry } from '../../scripts/lib/registry.mjs';
import { type RunningAuthority, startAuthority, tokenFor } from '../../scripts/lib/registry-tokens.mjs';
import { diskStore } from '../../server/src/registry/disk-store.ts';
import type { Fetch } from '../../server/src/registry/list-tags.ts';
import { Tags } from '../../server/src/registry/tags.ts';
import { cursorIn } from './support/marked-text.ts';
import { type ClientOptions, fullCapabilities, TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';
const reason = await whyNoRegistry();
/** Of a client that takes an action's edit when it is chosen. */
const capabilities = {
  ...fullCapabilities,
  textDocument: {
    ...fullCapabilities.textDocument,
    codeAction: { ...fullCapabilities.textDocument?.codeAction, resolveSupport: { properties: ['edit'] } },
  },
};

/** Asks for real, and counts. */
function countingFetch() {
  const asked: string[] = [];
  const ask: Fetch = (url, options) => {
    asked.push(new URL(url).pathname);
    return fetch(url, options);
  };
  return { asked, ask };
}

describe.skipIf(reason !== undefined)('a real registry', () => {
  let open: Registry;
  let authority: RunningAuthority;
  let guarded: Registry;
  let closed: Registry;

  beforeAll(async () => {
    authority = await startAuthority();
    [open, guarded, closed] = await Promise.all([
      startRegistry(),
      startRegistry({ authority }),
      startRegistry({ users: { alice: 'secret' } }),
    ]);
    await putImage(open, 'team/app', ['1.2.0', '1.10.0', '1.9', 'latest', 'edge']);
    const token = await tokenFor(authority, 'repository:app:pull,push');
    await putImage(guarded, 'app', ['2.0', '2.1'], `Bearer ${token}`);
  }, 120_000);

  afterAll(async () => {
    await Promise.all([open, guarded, closed, authority].map((each) => each?.stop()));
  });

  test('tells its tags, the newest first', async () => {
    const tags = new Tags({ fetch: countingFetch().ask, now: () => 0 });
    const image = `${open.address}/team/app:1`;
    expect(await tags.known(image)).toBeUndefined();
    await tags.settled(image);
    expect((await tags.known(image))?.tags).toEqual(['latest', '1.10.0', '1.9', '1.2.0', 'edge']);
  });

  test('tells them with a token, where it wants one', async () => {
    const { asked, ask } = countingFetch();
    const tags = new Tags({ fetch: ask, now: () => 0 });
    const image = `${guarded.address}/app`;
    await tags.known(image);
    await tags.settled(image);
    expect((await tags.known(image))?.tags).toEqual(['2.1', '2.0']);
    expect(asked).toEqual(['/v2/app/tags/list', '/token', '/v2/app/tags/list']);
  });

  test('is left alone once it refused, and asked again later', async () => {
    const { asked, ask } = countingFetch();
    let now = 0;
    const tags = new Tags({ fetch: ask, now: () => now });
    const image = `${closed.address}/app`;
    for (const minutes of [0, 1, 6]) {
      now = minutes * 60_000;
      await tags.known(image);
      await tags.settled(image);
    }
    expect(asked).toEqual(['/v2/app/tags/list', '/v2/app/tags/list']);
  });

  test('is asked once: what is known is kept on the disk, until it is old', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'composure-tags-'));
    try {
      const image = `${open.address}/team/app`;
      const first = new Tags({ fetch: countingFetch().ask, now: () => 0, store: diskStore(folder) });
      await first.known(image);
      await first.settled(image);
      const { asked, ask } = countingFetch();
      let now = 3_600_000;
      const second = new Tags({ fetch: ask, now: () => now, store: diskStore(folder) });
      expect(await second.known(image)).toMatchObject({ age: 3_600_000 });
      expect(asked).toEqual([]);
      now = 10 * 3_600_000;
      expect((await second.known(image))?.tags).toHaveLength(5);
      await second.settled(image);
      expect(asked).toEqual(['/v2/team/app/tags/list']);
      expect(await second.known(image)).toMatchObject({ age: 0 });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('completion offers what fits, after the images of the engine', async () => {
    const list = await complete(`services:\n  a:\n    image: ${open.address}/team/app:1‸\n`, {
      host: { fetch: countingFetch().ask },
    });
    expect(list.items.map(({ label }) => label.slice(open.address.length))).toEqual([
      '/team/app:1.10.0',
      '/team/app:1.9',
      '/team/app:1.2.0',
    ]);
  });

  test.each([
    ['in an untrusted workspace', { initializationOptions: { trusted: false } }],
    ['when it is switched off', { settings: { images: { registry: false } } }],
  ])('nobody is asked %s', async (_name, options) => {
    const { asked, ask } = countingFetch();
    const list = await complete(`services:\n  a:\n    image: ${open.address}/team/app:‸\n`, {
      ...options,
      host: { fetch: ask },
    });
    expect(list.items).toEqual([]);
    expect(asked).toEqual([]);
  });

  test('hover tells whether the tag is there', async () => {
    const text = `services:\n  a:\n    image: ${open.address}/team/app:1.9\n`;
    const client = await TestClient.inProcess({ host: { fetch: countingFetch().ask } });
    await client.open(uri, text);
    const at = text.indexOf('app');
    await client.at<CompletionList>('textDocument/completion', uri, text.indexOf('1.9') + 1);
    const hover = await client.at<Hover>('textDocument/hover', uri, at);
    expect(JSON.stringify(hover.contents)).toContain('The registry has `1.9`.');
    expect(client.errors).toEqual([]);
    await client.close();
  });

  test('hover tells of a newer tag of the same kind', async () => {
    const text = `services:\n  a:\n    image: ${open.address}/team/app:1.2.0\n`;
    const client = await TestClient.inProcess({ host: { fetch: countingFetch().ask } });
    await client.open(uri, text);
    await client.at<CompletionList>('textDocument/completion', uri, text.indexOf('1.2.0') + 1);
    const hover = await client.at<Hover>('textDocument/hover', uri, text.indexOf('app'));
    expect(JSON.stringify(hover.contents)).toContain('`1.10.0` is available: it is newer than `1.2.0`.');
    expect(client.errors).toEqual([]);
    await client.close();
  });

  test('a newer tag of the same kind is a quiet hint, with a fix, and the digest can be pinned', async () => {
    const image = `${open.address}/team/app`;
    const text = `services:\n  a:\n    image: "${image}:1.2.0"\n  b:\n    image: ${image}:1.10.0\n`;
    const client = await TestClient.inProcess({ host: { fetch: countingFetch().ask }, capabilities });
    await client.open(uri, text);
    const hints = async () => (await client.diagnostics(uri)).filter(({ code }) => code === 'newer-image');
    for (let told = client.refreshes; (await hints()).length === 0; told += 1)
      await client.eventually(() => client.refreshes > told);
    const [hint, ...more] = await hints();
    expect(more).toEqual([]);
    expect(hint).toMatchObject({ severity: 4, message: 'The registry has a newer version: 1.2.0 → 1.10.0.' });
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: hint?.range,
      context: { diagnostics: [hint] },
    });
    const use = actions.find(({ title }) => title === 'Use 1.10.0');
    expect(use?.edit?.changes?.[uri]?.map(({ newText }) => newText)).toEqual(['1.10.0']);
    const pin = actions.find(({ title }) => title === 'Pin digest');
    expect(pin?.edit).toBeUndefined();
    const pinned = await client.request<CodeAction>('codeAction/resolve', pin);
    const [edit] = pinned.edit?.changes?.[uri] ?? [];
    expect(edit?.newText).toMatch(/^@sha256:[0-9a-f]{64}$/);
    expect(edit?.range.start).toEqual({ line: 2, character: '    image: "'.length + image.length + 6 });
    expect(client.errors).toEqual([]);
    await client.close();
  });

  test('an older copy on the engine is a quiet hint, until the client tells otherwise', async () => {
    const text =
      'services:\n  a:\n    image: db:16\n  b:\n    image: db:16\n    build: .\n  c:\n    image: db:17\n';
    const client = await TestClient.inProcess({ capabilities });
    await client.open(uri, text);
    const hints = async () =>
      (await client.diagnostics(uri))
        .filter(({ code }) => code === 'older-image')
        .map(({ range, severity }) => [range.start.line, severity]);
    const tell = (older: readonly string[]) =>
      client.connection.sendNotification('composure/engineFacts', { images: [], older });
    await tell(['db:16']);
    await client.eventually(() => client.refreshes > 0);
    expect(await hints()).toEqual([[2, 4]]);
    const told = client.refreshes;
    await tell([]);
    await client.eventually(() => client.refreshes > told);
    expect(await hints()).toEqual([]);
    expect(client.errors).toEqual([]);
    await client.close();
  });

  test('completion begins with what is newer and of the same kind as the tag that is there', async () => {
    await putImage(open, 'team/kinds', ['17-alpine', '16.4', '16.4-alpine', '16.1-alpine']);
    const list = await complete(`services:\n  a:\n    image: ${open.address}/team/kinds:‸16.1-alpine\n`, {
      host: { fetch: countingFetch().ask },
    });
    const labels = list.items.toSorted((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
    expect(labels.map(({ label }) => label.slice(open.address.length + '/team/kinds:'.length))).toEqual([
      '16.4-alpine',
      '17-alpine',
      '16.1-alpine',
      '16.4',
    ]);
  });
});

test('glances wait for their turn, and for nobody', async () => {
  const asked: string[] = [];
  let running = 0;
  let most = 0;
  let news = 0;
  const tags = new Tags({
    now: () => 0,
    onNews: () => {
      news += 1;
    },
    async fetch(url) {
      asked.push(new URL(url).hostname);
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      const body = JSON.stringify({ tags: ['1.0', '1.1'] });
      return { ok: true, status: 200, headers: { get: () => null }, text: async () => body };
    },
  });
  for (const round of [1, 2])
    for (const name of ['a', 'b', 'c']) expect(await tags.glance(`${name}.test/x:${round}`)).toBeUndefined();
  await vi.waitUntil(() => news > 0);
  expect({ asked, most, news }).toEqual({ asked: ['a.test', 'b.test', 'c.test'], most: 1, news: 1 });
  expect((await tags.glance('b.test/x'))?.tags).toEqual(['1.1', '1.0']);
});

describe('of many images that are glanced at', () => {
  const glanceAtAll = async (fetch: Fetch, now: () => number = () => 0) => {
    const asked: string[] = [];
    const tags = new Tags({
      now,
      async fetch(url, options) {
        asked.push(url);
        return fetch(url, options);
      },
    });
    const glance = async () => {
      for (let i = 0; i < 50; i += 1) await tags.glance(`r.test/app${i}:1`);
    };
    await glance();
    return { asked, glance };
  };

  test('one is asked about while their registry cannot be reached', async () => {
    let now = 0;
    const { asked, glance } = await glanceAtAll(
      () => Promise.reject(new TypeError('fetch failed')),
      () => now,
    );
    await vi.waitUntil(() => asked.length === 1);
    await glance();
    expect(asked).toHaveLength(1);
    now = 6 * 60_000;
    await glance();
    await vi.waitUntil(() => asked.length === 2);
  });

  test('all are asked about where it answers that it does not know one', async () => {
    const { asked } = await glanceAtAll(async () => ({
      ok: false,
      status: 404,
      headers: { get: () => null },
      text: async () => '',
    }));
    await vi.waitUntil(() => asked.length === 50);
  });
});

test('a registry that cannot be reached is not mentioned', async () => {
  const list = await complete('services:\n  a:\n    image: 127.0.0.1:9/app:‸\n', {
    host: { fetch: countingFetch().ask },
  });
  expect(list).toEqual({ isIncomplete: false, items: [] });
});

test('who types on to another image stops what was asked for the one before', async () => {
  const signals: AbortSignal[] = [];
  const never: Fetch = (_url, { signal }) => {
    signals.push(signal);
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  };
  const tags = new Tags({ fetch: never, now: () => 0 });
  await tags.known('127.0.0.1:1/a');
  await tags.known('127.0.0.1:1/a');
  await tags.known('127.0.0.1:1/b');
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  tags.cancel();
  expect(signals[1]?.aborted).toBe(true);
});

test('Docker Hub is asked for what is new, and as any registry if that fails', async () => {
  const asked: string[] = [];
  const tags = new Tags({
    now: () => 0,
    async fetch(url) {
      asked.push(url);
      const hub = url.startsWith('https://hub.docker.com/');
      const body = hub ? '' : JSON.stringify({ tags: ['1.27', '1.29'] });
      return { ok: !hub, status: hub ? 503 : 200, headers: { get: () => null }, text: async () => body };
    },
  });
  await tags.known('nginx');
  await tags.settled('nginx');
  expect((await tags.known('nginx'))?.tags).toEqual(['1.29', '1.27']);
  expect(asked).toEqual([
    'https://hub.docker.com/v2/repositories/library/nginx/tags?page_size=100&page=1&ordering=last_updated',
    'https://registry-1.docker.io/v2/library/nginx/tags/list?n=1000',
  ]);
});

async function complete(marked: string, options: ClientOptions): Promise<CompletionList> {
  const { text, offset } = cursorIn(marked);
  const client = await TestClient.inProcess(options);
  await client.open(uri, text);
  const list = await client.at<CompletionList>('textDocument/completion', uri, offset);
  expect(client.errors).toEqual([]);
  await client.close();
  return list;
}
