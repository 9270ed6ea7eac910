import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInside } from '#disk/inside-folders.ts';
import type { LogLine } from '#engine/logs/log-source.ts';
import { HistoryMerge } from '../../../client/src/logs/history-merge.ts';
import { LogFeed } from '../../../client/src/logs/log-feed.ts';
import { LogNotes } from '../../../client/src/logs/log-notes.ts';
import { isSameLogs, readShownLogs } from '../../../client/src/logs/shown-logs.ts';
import { readState } from '../../../client/webview/logs/page-state.ts';
import type { LineBatch } from '../../../client/webview/logs/protocol.ts';
import { onlyThis } from '../../../client/webview/logs/service-choice.ts';
import { ServiceColors } from '../../../client/webview/logs/service-colors.ts';
import { containerKey, nameWithProject, serviceKey } from '../../../client/webview/logs/source-names.ts';

const line = (text: string, second = 0): LogLine => ({
  containerId: 'c',
  containerName: 'shop-web-1',
  service: 'web',
  stream: 'stdout',
  text,
  time: `2026-01-01T00:00:${String(second).padStart(2, '0')}.000000000Z`,
});

describe('a file that a log names is opened inside the workspace only', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'composure-inside-'));
    for (const name of ['work', 'work-other', 'outside']) mkdirSync(join(folder, name));
    for (const name of ['work/a.js', 'work/..b.js', 'work-other/a.js', 'outside/secret'])
      writeFileSync(join(folder, name), '');
    symlinkSync(join(folder, 'outside'), join(folder, 'work/link'));
    symlinkSync(join(folder, 'outside/secret'), join(folder, 'work/secret'));
    symlinkSync('a.js', join(folder, 'work/same'));
    symlinkSync(join(folder, 'work'), join(folder, 'way-in'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['work/a.js', true],
    ['work/..b.js', true],
    ['work/same', true],
    ['way-in/a.js', true],
    ['work/nothing.js', false],
    ['work/../outside/secret', false],
    ['work/link/secret', false],
    ['work/secret', false],
    ['work-other/a.js', false],
    ['work', false],
  ])('%s: %s', async (path, inside) => {
    expect(await isInside(join(folder, path), [join(folder, 'nowhere'), join(folder, 'work')])).toBe(inside);
    expect(await isInside(join(folder, path), [])).toBe(false);
  });
});

describe('what a page kept over a reload', () => {
  const logs = {
    title: 'shop · web',
    targets: [
      { selection: { project: 'shop', services: ['web'] }, title: 'shop · web', services: ['db', 'web'] },
    ],
  };

  it('is shown again', () => {
    const { kept } = readState({ options: { wrap: true }, kept: JSON.parse(JSON.stringify(logs)) });
    expect(readShownLogs(kept)).toEqual(logs);
    expect(isSameLogs(readShownLogs(kept), logs)).toBe(true);
    expect(isSameLogs(undefined, logs)).toBe(false);
  });

  it.each([
    undefined,
    null,
    'text',
    {},
    { title: 'x', targets: [] },
    { title: 1, targets: logs.targets },
    { title: 'x', targets: [{ selection: { project: 1 }, title: '', services: [] }] },
    { title: 'x', targets: [{ selection: { project: 'p', services: [1] }, title: '', services: [] }] },
  ])('is nothing of ours: %j', (kept) => {
    expect(readShownLogs(kept)).toBeUndefined();
    expect(readState(kept).options).toEqual({ wrap: false, times: 'none', json: true });
  });
});

describe('several projects in one view', () => {
  it('have their history in order, whichever comes first', async () => {
    const taken: string[] = [];
    const merge = new HistoryMerge(2, async (lines, part) => {
      for (const { text } of lines) taken.push(`${part} ${text}`);
    });
    const first = merge.push([line('a', 1), line('b', 3), line('c', 9)], 0);
    expect(taken).toEqual([]);
    await merge.push([line('d', 2), line('e', 4)], 1);
    expect(taken).toEqual(['0 a', '1 d', '0 b', '1 e']);
    merge.live(1);
    await first;
    expect(taken.at(-1)).toBe('0 c');
    const waiting = merge.push([line('f', 20)], 1);
    expect(taken).toHaveLength(5);
    merge.live(0);
    await waiting;
    await merge.push([line('g', 1)], 0);
    expect(taken.slice(5)).toEqual(['1 f', '0 g']);
  });

  it('say whose a line is', async () => {
    const sent: LineBatch[] = [];
    const feed = new LogFeed((batch) => sent.push(batch));
    await feed.push('shop', [line('a')]);
    await feed.push(
      'blog',
      Array.from({ length: 999 }, () => ({ ...line('b'), containerName: 'blog-web-1', containerId: 'd' })),
    );
    feed.close();
    const sources = sent[0]?.sources ?? [];
    expect(sources.map(({ project, name }) => nameWithProject(project, name, true))).toEqual([
      'shop · web-1',
      'blog · web-1',
    ]);
    expect(sources.map(({ project, name }) => nameWithProject(project, name, false))).toEqual([
      'web-1',
      'web-1',
    ]);
    expect(new Set(sources.flatMap((source) => [serviceKey(source), containerKey(source)])).size).toBe(4);
    const colors = new ServiceColors();
    colors.reset([
      { name: 'shop', services: ['web', 'db'] },
      { name: 'blog', services: ['web'] },
    ]);
    expect(sources.map((source) => colors.of(source))).toEqual([1, 2]);
  });

  it('wait for the page together, and none is forgotten', async () => {
    const sent: LineBatch[] = [];
    const feed = new LogFeed((batch) => sent.push(batch));
    const many = (text: string) => Array.from({ length: 9000 }, () => line(text));
    let done = 0;
    const pushed = ['shop', 'blog'].map((project) => feed.push(project, many(project)).then(() => done++));
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    await turn();
    expect(sent).toHaveLength(8);
    for (let acknowledged = 0; done < 2 && acknowledged < 100; acknowledged++) {
      feed.acknowledge();
      await turn();
    }
    await Promise.all(pushed);
    feed.close();
    expect(done).toBe(2);
  });

  it('say whose trouble it is', () => {
    const shown: string[] = [];
    const notes = new LogNotes(['shop', 'blog'], (text) => shown.push(text));
    notes.set(1, 'gone');
    notes.set(0, 'slow');
    notes.set(1, '');
    notes.set(0, '');
    expect(shown).toEqual(['blog: gone', 'shop: slow  blog: gone', 'shop: slow', '']);
  });
});

it('long lines are sent in batches that are no heavier', async () => {
  const sent: LineBatch[] = [];
  const feed = new LogFeed((batch) => {
    sent.push(batch);
    feed.acknowledge();
  });
  await feed.push(
    'shop',
    Array.from({ length: 1000 }, () => line('x'.repeat(16_384))),
  );
  feed.close();
  for (const { texts } of sent) expect(texts.length).toBeLessThan(450_000);
});

it('one service alone, and all again', () => {
  const all = ['a', 'b', 'c'].map((key) => ({ key, label: key, color: 0 }));
  const alone = onlyThis('b', all, new Set(['b']));
  expect([...alone]).toEqual(['a', 'c']);
  expect([...onlyThis('b', all, alone)]).toEqual([]);
});
