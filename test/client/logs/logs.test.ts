import { describe, expect, it } from 'vitest';
import { LogFeed } from '../../../client/src/logs/log-feed.ts';
import { endings, hostPaths, reachableUrl } from '../../../client/src/logs/log-places.ts';
import { parseAnsi } from '../../../client/webview/logs/ansi.ts';
import { linksIn, pieces } from '../../../client/webview/logs/decorate.ts';
import { parseJsonLine } from '../../../client/webview/logs/json-line.ts';
import { Level, levelOf } from '../../../client/webview/logs/level.ts';
import { compile, LineSelection, toPredicate } from '../../../client/webview/logs/line-filter.ts';
import { RowSelection } from '../../../client/webview/logs/row-selection.ts';
import { LineStore } from '../../../client/webview/logs/line-store.ts';
import type { LineBatch } from '../../../client/webview/logs/protocol.ts';

describe('colours', () => {
  it('become ranges of a plain text', () => {
    expect(parseAnsi('\x1b[1;31mERR\x1b[0m at \x1b[38;5;196mhome\x1b[39m.')).toEqual({
      text: 'ERR at home.',
      ranges: [
        { start: 0, end: 3, style: { bold: true, color: 1 } },
        { start: 7, end: 11, style: { color: '#ff0000' } },
      ],
    });
  });

  it('what moves the cursor, sets titles or rings goes; of what a carriage return writes over the last stays', () => {
    expect(parseAnsi('\x1b[2J\x1b]0;title\x07a\x07b\x1b[1A').text).toBe('ab');
    expect(parseAnsi('10 %\r50 %\r100 %').text).toBe('100 %');
    expect(parseAnsi('tab\tstays').text).toBe('tab\tstays');
  });
});

describe('levels', () => {
  it.each([
    ['2024-01-01 ERROR failed', Level.error],
    ['{"level":50,"msg":"x"}', Level.error],
    ['{"time":"t","level":"warn","msg":"error"}', Level.warning],
    ['[warning] low', Level.warning],
    ['INFO started', Level.info],
    ['debug: x', Level.debug],
    ['\x1b[33mwarn\x1b[0m queue is long', Level.warning],
    ['hello', Level.unknown],
    ['terror in the title', Level.unknown],
  ])('%s', (text, level) => {
    expect(levelOf(text, Level.unknown)).toBe(level);
  });

  it('a stack trace is of its error', () => {
    expect(levelOf('    at run (app.js:1:2)', Level.error)).toBe(Level.error);
    expect(levelOf('next', Level.error)).toBe(Level.unknown);
  });
});

describe('links', () => {
  const read = (text: string) =>
    linksIn(text).map((link) =>
      link.kind === 'url' ? link.url : `${link.path} ${link.line}:${link.column}`,
    );
  it.each([
    ['Listening on http://0.0.0.0:3000/.', ['http://0.0.0.0:3000/']],
    ['    at main (/app/src/server.js:10:5)', ['/app/src/server.js 10:5']],
    ['  File "/srv/app.py", line 7, in main', ['/srv/app.py 7:1']],
    ['src/main.rs:42: warning', ['src/main.rs 42:1']],
    ['at 12:30:45 from 10.0.0.1:80', []],
    ['example.com:443 refused', []],
    ['see https://a.b/c.js:1', ['https://a.b/c.js:1']],
  ])('%s', (text, links) => {
    expect(read(text)).toEqual(links);
  });

  it('styles, links and matches cut a line into pieces that make it whole', () => {
    const styled = parseAnsi('\x1b[31mgo http://x.y/z\x1b[0m now');
    const cut = pieces(styled, linksIn(styled.text), /x\.y/g);
    expect(cut.map(({ text }) => text).join('|')).toBe('go |http://|x.y|/z| now');
    expect(cut[2]).toMatchObject({ isMatch: true, link: { kind: 'url' }, style: { color: 1 } });
  });

  it('a path in a container is looked for where it is mounted, then by its end', () => {
    const mount = (source: string, destination: string) =>
      ({ type: 'bind', name: undefined, source, destination, readOnly: false }) as const;
    expect(hostPaths('/app/src/a.js', [mount('/w', '/app'), mount('/v/s', '/app/src')])).toEqual([
      '/v/s/a.js',
      '/w/src/a.js',
    ]);
    expect(hostPaths('/application/a.js', [mount('/w', '/app')])).toEqual([]);
    expect(hostPaths('/app/../../../etc/hostname', [mount('/w', '/app')])).toEqual([]);
    expect(hostPaths('/app/src/../../app/a.js', [mount('/w', '/app')])).toEqual(['/w/a.js']);
    expect(hostPaths('/a/../../etc/hostname', [mount('/w', '/')])).toEqual(['/w/etc/hostname']);
    expect(endings('/app/src/a.js')).toEqual(['app/src/a.js', 'src/a.js', 'a.js']);
  });

  it('an address in a container is opened where it is published', () => {
    const ports = [{ hostIp: '0.0.0.0', hostPort: 8080, containerPort: 3000, protocol: 'tcp' }];
    expect(reachableUrl('http://0.0.0.0:3000/x', ports)).toBe('http://localhost:8080/x');
    expect(reachableUrl('http://localhost:9/', ports)).toBe('http://localhost:9/');
    expect(reachableUrl('https://docs.docker.com/', ports)).toBe('https://docs.docker.com/');
  });
});

describe('JSON lines', () => {
  it('are read: the message, then the rest', () => {
    expect(parseJsonLine('{"level":30,"time":1,"msg":"up","port":80}')?.summary).toBe('up  port=80');
    expect(parseJsonLine('{not json}')).toBeUndefined();
  });
});

function batch(texts: readonly string[], source = 0): LineBatch {
  return {
    sequence: 0,
    sources: [],
    runs: [source, texts.length],
    texts: `${texts.join('\n')}\n`,
    times: '\n'.repeat(texts.length),
  };
}

describe('the lines kept', () => {
  it('are limited, the oldest go, numbers stay', () => {
    const store = new LineStore({ lines: 10_000, characters: 1e9 });
    for (let i = 0; i < 50; i++)
      store.append(batch(Array.from({ length: 1000 }, (_, j) => `line ${i * 1000 + j}`)));
    expect(store.end).toBe(50_000);
    expect(store.end - store.first).toBeGreaterThanOrEqual(10_000);
    expect(store.end - store.first).toBeLessThan(10_000 + 2 * 8192);
    expect(store.text(49_999)).toBe('line 49999');
    expect(store.text(store.first)).toBe(`line ${store.first}`);
    expect(store.text(0)).toBe('');
  });

  it('are chosen one, several, or all; what is not shown is not among them', () => {
    const store = new LineStore({ lines: 20_000, characters: 1e9 });
    store.append(batch(['a', 'b', 'c', 'b', 'e']));
    const lines = new LineSelection(store);
    const show = (expression: RegExp | undefined) => {
      lines.select(expression && ((line) => expression.test(store.text(line))));
      while (lines.isBehind) lines.work();
    };
    show(undefined);
    const chosen = new RowSelection(
      () => lines,
      () => {},
    );
    chosen.choose(3, 'alone');
    chosen.choose(1, 'range');
    expect([...chosen.shown()]).toEqual([1, 2, 3]);
    chosen.choose(2, 'toggle');
    chosen.choose(0, 'toggle');
    expect([...chosen.shown()]).toEqual([0, 1, 3]);
    show(/b/);
    expect([...chosen.shown()]).toEqual([1, 3]);
    chosen.chooseAll();
    expect(chosen.size).toBe(2);
    chosen.choose(3, 'alone');
    expect([...chosen.shown()]).toEqual([3]);
    chosen.clear();
    expect(chosen.size).toBe(0);
  });

  it('are filtered by text, level and service; what comes and goes is followed', () => {
    const store = new LineStore({ lines: 20_000, characters: 1e9 });
    const source = (name: string) =>
      ({ container: name, project: 'shop', name: `${name}-1`, service: name, stream: 'stdout' }) as const;
    store.append({ ...batch(['error one', 'info two']), sources: [source('web'), source('db')] });
    store.append(batch(['error three'], 1));
    const select = (
      text: string,
      level: Level,
      hidden: readonly string[],
      stream?: 'stdout' | 'stderr',
      without = '',
    ) => {
      const lines = new LineSelection(store);
      const pattern = { text, isExpression: true, matchCase: false };
      const exclude = { text: without, isExpression: true, matchCase: false };
      lines.select(toPredicate(store, { pattern, exclude, level, stream, hidden: new Set(hidden) }));
      while (lines.isBehind) lines.work();
      return lines;
    };
    const numbers = (lines: LineSelection) => Array.from({ length: lines.length }, (_, i) => lines.at(i));
    expect(numbers(select('ONE|two', Level.unknown, []))).toEqual([0, 1]);
    expect(numbers(select('', Level.error, []))).toEqual([0, 2]);
    expect(numbers(select('', Level.error, ['service shop/web']))).toEqual([2]);
    expect(numbers(select('(', Level.unknown, []))).toEqual([0, 1, 2]);
    expect(numbers(select('', Level.unknown, [], 'stdout'))).toEqual([0, 1, 2]);
    expect(numbers(select('', Level.unknown, [], 'stderr'))).toEqual([]);
    expect(numbers(select('', Level.unknown, ['container shop/db-1']))).toEqual([0, 1]);
    expect(numbers(select('', Level.unknown, ['service blog/web']))).toEqual([0, 1, 2]);
    expect(numbers(select('error', Level.unknown, [], undefined, 'THREE'))).toEqual([0]);
    expect(numbers(select('', Level.unknown, [], undefined, 'error|two'))).toEqual([]);
    expect(numbers(select('', Level.unknown, [], undefined, '('))).toEqual([0, 1, 2]);

    const errors = select('error', Level.unknown, []);
    expect(errors.indexOf(1)).toBe(1);
    const before = store.first;
    for (let i = 0; i < 60; i++) store.append(batch([...Array(999).fill('x'), 'error']));
    expect(errors.forget(before)).toBe(2);
    while (errors.isBehind) errors.work();
    expect(errors.at(0)).toBeGreaterThanOrEqual(store.first);
    expect(errors.length).toBe(60 - Math.floor((store.first - 3) / 1000));
    expect(store.text(errors.at(errors.length - 1) ?? 0)).toBe('error');
  });

  it('an expression that is none is said to be', () => {
    expect(compile({ text: '(', isExpression: true, matchCase: false })).toBeInstanceOf(Error);
    expect(compile({ text: '(', isExpression: false, matchCase: false })).toEqual(/\(/gi);
  });
});

describe('the feed', () => {
  const line = (text: string, service = 'web') => ({
    containerId: service,
    containerName: `shop-${service}-1`,
    service,
    stream: 'stdout' as const,
    text,
    time: undefined,
  });

  it('packs lines with who wrote them', async () => {
    const sent: LineBatch[] = [];
    const feed = new LogFeed((each) => sent.push(each));
    await feed.push('shop', [
      line('a'),
      line('b'),
      line('c', 'db'),
      ...Array.from({ length: 997 }, () => line('d')),
    ]);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.sources.map(({ name }) => name)).toEqual(['web-1', 'db-1']);
    expect(sent[0]?.runs).toEqual([0, 2, 1, 1, 0, 997]);
    expect(sent[0]?.texts.startsWith('a\nb\nc\n')).toBe(true);
    feed.close();
  });

  it('waits for a page that is behind, and loses nothing', async () => {
    const sent: LineBatch[] = [];
    const feed = new LogFeed((each) => sent.push(each));
    const many = Array.from({ length: 20_000 }, (_, i) => line(String(i)));
    const pushed = feed.push('shop', many).then(() => 'done');
    const state = () =>
      Promise.race([pushed, new Promise((resolve) => setImmediate(() => resolve('waits')))]);
    expect(await state()).toBe('waits');
    expect(sent).toHaveLength(8);
    while ((await state()) === 'waits') feed.acknowledge();
    expect(sent.map(({ texts }) => texts).join('')).toBe(many.map(({ text }) => `${text}\n`).join(''));
    feed.close();
  });

  it('nobody waits once it is closed', async () => {
    const feed = new LogFeed(() => {});
    const pushed = feed.push(
      'shop',
      Array.from({ length: 20_000 }, () => line('x')),
    );
    feed.close();
    await pushed;
  });
});
