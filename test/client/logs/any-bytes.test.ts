import { describe, expect, it } from 'vitest';
import { parseAnsi } from '../../../client/webview/logs/ansi.ts';
import {
  drawnLength,
  linksIn,
  mostLinks,
  mostParts,
  pieces,
  searchedLength,
} from '../../../client/webview/logs/decorate.ts';
import { filePlaces } from '../../../client/webview/logs/file-places.ts';
import {
  parseJsonLine,
  prettyLength,
  readLength,
  summaryLength,
} from '../../../client/webview/logs/json-line.ts';

/** What a program wrote goes through the panel whatever it is: nothing is thrown, and the work for a line has an end. */
describe('JSON lines of any shape', () => {
  it.each([
    ['{"msg":{"toString":1}}', 'msg={"toString": 1}'],
    ['{"msg":{"toString":1},"message":"x"}', 'x  msg={"toString": 1}'],
    ['{"event":{"action":"login"},"message":"x"}', 'x  event={"action": "login"}'],
    ['{"message":"","event":"started"}', 'started  message='],
    ['{"msg":42,"ok":true}', '42  ok=true'],
    ['{"msg":null,"a":1}', 'null  a=1'],
    ['{"a":{"b":1},"c":"text","msg":"m"}', 'm  c=text  a={"b": 1}'],
    ['{"__proto__":{"x":1},"constructor":"c"}', 'constructor=c  __proto__={"x": 1}'],
    ['{"toString":"s","valueOf":1}', 'toString=s  valueOf=1'],
    ['{"a":{"b":{"c":{"d":{"e":1}}}}}', 'a={"b": {"c": {"d": {…}}}}'],
    ['{"msg":"\\u001b[31mred\\u001b[0m\\u0007\\r\\nnext"}', 'red\nnext'],
    ['{}', '{}'],
    ['{"level":"info"}', '{"level":"info"}'],
  ])('%s', (line, summary) => {
    expect(parseJsonLine(line)?.summary).toBe(summary);
  });

  it('9,000 deep', () => {
    for (const line of [
      `{"a":${'['.repeat(9000)}${']'.repeat(9000)}}`,
      `${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`,
    ]) {
      const read = parseJsonLine(line);
      expect(read?.summary).toMatch(/^a=[[{]/);
      expect(read?.summary.length).toBeLessThan(100);
      expect(read?.pretty().split('\n').length).toBeLessThan(100);
    }
  });

  it('with much in it', () => {
    const many = JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, i])));
    const long = JSON.stringify({ msg: 'm'.repeat(60_000), other: 'o' });
    const lines = JSON.stringify({ msg: 'l\n'.repeat(20_000) });
    const wide = JSON.stringify({ a: Array.from({ length: 30_000 }, () => 1) });
    for (const line of [many, long, lines, wide]) {
      expect(line.length).toBeLessThan(readLength);
      const read = parseJsonLine(line);
      expect(read?.summary.length).toBeLessThan(summaryLength + 1100);
      expect(read?.summary.split('\n').length).toBeLessThan(40);
      expect(read?.pretty().length).toBeLessThan(2 * prettyLength);
    }
  });

  it('too long to be read', () => {
    expect(parseJsonLine(`{"msg":"${'x'.repeat(readLength)}"}`)).toBeUndefined();
  });
});

describe('the work for a line', () => {
  const base64 = (length: number) =>
    Buffer.from(Array.from({ length }, (_, i) => (i * i * 31) % 251))
      .toString('base64')
      .slice(0, length);
  const hostile = [
    base64(16_384),
    'a/'.repeat(8192),
    'a.b/'.repeat(4096),
    `${'x'.repeat(16_000)}:1`,
    ':1'.repeat(8192),
    'a.js:1 '.repeat(2500),
    'http://a.b '.repeat(1500),
    `http://${'.'.repeat(16_000)}`,
    'File "'.repeat(2700),
    `File "${'x'.repeat(16_000)}`,
    '\x1b[38;5;1mx'.repeat(1600),
    `\x1b[${'38;'.repeat(5000)}m`,
    '\x1b]'.repeat(8000),
    '\x1b[0m'.repeat(4000),
    'x'.repeat(1_000_000),
    String.fromCharCode(...Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 65_536)),
  ];

  it('looks at each character for file names once at most, and at the beginning only', () => {
    for (const text of hostile) {
      let looked = 0;
      linksIn(text, () => looked++);
      expect(looked).toBeLessThanOrEqual(searchedLength);
      looked = 0;
      for (const _ of filePlaces(text, () => looked++));
      expect(looked).toBeLessThanOrEqual(text.length);
    }
  });

  it('shows so much and no more', () => {
    for (const text of hostile) {
      const styled = parseAnsi(text, drawnLength);
      const links = linksIn(styled.text);
      expect(links.length).toBeLessThanOrEqual(mostLinks);
      const cut = pieces(styled, links, /./gu);
      expect(cut.length).toBeLessThanOrEqual(2 * (mostLinks + 2 * mostParts) + 1);
      const drawn = cut.map((piece) => piece.text).join('');
      expect(drawn.length).toBeLessThanOrEqual(drawnLength + 2);
      expect(drawn.replace(/ …$/, '')).toBe(styled.text.slice(0, drawnLength));
    }
  });

  it('finds the links at the beginning of a long line', () => {
    const text = `src/a.js:3 ${base64(16_384)} src/b.js:4`;
    expect(linksIn(text)).toMatchObject([{ kind: 'file', path: 'src/a.js', line: 3 }]);
  });
});
