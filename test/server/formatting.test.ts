import type { FoldingRange, TextEdit } from 'vscode-languageserver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from '#compose/syntax/parse.ts';
import { format as formatFile } from '../../server/src/yaml/format.ts';
import { piecesOf } from '../../server/src/yaml/pieces.ts';
import { yamlService } from '../../server/src/yaml/service.ts';
import { stack } from '../bench/texts.mjs';
import { applyEdits, applyTextEdits } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';
const options = { tabSize: 2, insertSpaces: true };

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.inProcess();
});
afterAll(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
});

async function format(text: string): Promise<string> {
  await client.open(uri, text);
  const edits = await client.request<TextEdit[]>('textDocument/formatting', {
    textDocument: { uri },
    options,
  });
  return apply(text, edits);
}

function apply(text: string, edits: readonly TextEdit[]): string {
  const document = client.document(uri);
  return applyTextEdits(text, document, edits);
}

const formatted: readonly (readonly [name: string, before: string, after: string])[] = [
  ['indentation', 'services:\n    web:\n        image:   x\n', 'services:\n  web:\n    image: x\n'],
  [
    'comments stay',
    '# top\nservices: # a\n   # b\n   web: {} # c\n',
    '# top\nservices: # a\n  # b\n  web: {} # c\n',
  ],
  [
    'anchors, merge keys and tags',
    'x: &x\n   a: 1\nb:\n   <<: *x\n   c: !override []\n',
    'x: &x\n  a: 1\nb:\n  <<: *x\n  c: !override []\n',
  ],
  [
    'big integers and odd numbers',
    'a:   12345678901234567890123\nb: 0o10\nc: 1_000\nd: 1.10\n',
    'a: 12345678901234567890123\nb: 0o10\nc: 1_000\nd: 1.10\n',
  ],
  ['quotes that the file prefers', "a:   'x'\nb: 'y'\n", "a: 'x'\nb: 'y'\n"],
  [
    'long values stay on their line',
    `a:\n   - ${'word '.repeat(60).trim()}\n`,
    `a:\n  - ${'word '.repeat(60).trim()}\n`,
  ],
  ['block scalars', 'a:\n   b: |\n      x\n        y\n', 'a:\n  b: |\n    x\n      y\n'],
  ['CRLF', 'a:\r\n    b: 1\r\n', 'a:\r\n  b: 1\r\n'],
  ['several documents', 'a:\n   b: 1\n---\nc:\n   d: 2\n', 'a:\n  b: 1\n---\nc:\n  d: 2\n'],
  ['nothing to do', 'a:\n  b: 1\n', 'a:\n  b: 1\n'],
  ['an empty file', '', ''],
];

describe('a long text', { timeout: 120_000 }, () => {
  const long = stack(600)
    .replaceAll('    environment:', '\n\n    # What it is told.\n    environment:')
    .replaceAll(/^( +)/gm, '$1$1')
    .replace('networks:\n', '# For all.\nnetworks:\n');
  const yaml = yamlService();
  const whole = (text: string) => yaml.format(text, options, 'double');
  const inPieces = async (text: string, isCancelled?: () => boolean) =>
    applyEdits(text, await formatFile(yaml, parse('', text), options, isCancelled));

  test.each([
    ['of services', long],
    ['of other sections', long.replace('services:', 'x-services:')],
    ['of top-level entries', long.replace('services:\n', '').replaceAll(/^ {4}/gm, '')],
    ['with anchors', long.replace('services:', 'x-a: &a {b: 1}\nservices:')],
    ['with CRLF', long.replaceAll('\n', '\r\n')],
  ])('%s is formatted in pieces as it is as a whole', async (_name, text) => {
    const expected = await whole(text.replaceAll('\r\n', '\n'));
    expect(expected).not.toBe(text);
    expect((await inPieces(text)).replaceAll('\r\n', '\n')).toBe(expected);
    expect(piecesOf(parse('', text)).length > 1).toBe(!text.includes('&a'));
  });

  test('is not formatted any further once nobody wants it', async () => {
    let asked = 0;
    const cancelled = () => {
      asked += 1;
      return asked > 2;
    };
    expect(await inPieces(long, cancelled)).toBe(long);
    expect(asked).toBe(3);
  });
});

describe('formatting', () => {
  test.each(formatted)('%s', async (_name, before, after) => {
    const once = await format(before);
    expect(once).toBe(after);
    expect(await format(once), 'formatting twice changes nothing').toBe(once);
  });

  test('a file with a syntax error is left alone', async () => {
    expect(await format('a:   [1\nb:    2\n')).toBe('a:   [1\nb:    2\n');
  });

  test('edits are those lines that change', async () => {
    const text = 'a:\n  b: 1\n  c:   2\n  d: 3\n';
    await client.open(uri, text);
    const edits = await client.request<TextEdit[]>('textDocument/formatting', {
      textDocument: { uri },
      options,
    });
    expect(edits.map((edit) => edit.range.start.line)).toEqual([2]);
  });

  test('a range formats its lines only', async () => {
    const text = 'a:\n   b: 1\nc:\n   d: 2\n';
    await client.open(uri, text);
    const edits = await client.request<TextEdit[]>('textDocument/rangeFormatting', {
      textDocument: { uri },
      range: { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } },
      options,
    });
    expect(apply(text, edits)).toBe('a:\n   b: 1\nc:\n  d: 2\n');
  });

  test('can be switched off', async () => {
    const other = await TestClient.inProcess({ settings: { format: { enable: false } } });
    await other.open(uri, 'a:    1\n');
    const edits = await other.request<TextEdit[]>('textDocument/formatting', {
      textDocument: { uri },
      options,
    });
    expect(edits).toEqual([]);
    await other.close();
  });

  test('a new line after a key is indented', async () => {
    await client.open(uri, 'services:\n\n');
    const edits = await client.request<TextEdit[]>('textDocument/onTypeFormatting', {
      textDocument: { uri },
      position: { line: 1, character: 0 },
      ch: '\n',
      options,
    });
    expect(apply('services:\n\n', edits)).toBe('services:\n  \n');
  });
});

test('folding follows the structure', async () => {
  await client.open(uri, 'services:\n  web:\n    ports:\n      - a\n      - b\nname: x\n');
  const ranges = await client.request<FoldingRange[]>('textDocument/foldingRange', { textDocument: { uri } });
  expect(ranges.map(({ startLine, endLine }) => `${startLine}-${endLine}`)).toEqual(['0-4', '1-4', '2-4']);
});

test.each([
  ['the text of a block', 'a: |\n  x\n\n  y\n\nb: 1\n', ['0-3']],
  ['brackets', 'a: [\n  x,\n  y\n]\n', ['0-3']],
  ['items that are mappings', 'a:\n  - b: 1\n    c: 2\n  - d: 1\n', ['0-3', '1-2']],
  ['comments that follow each other', '# a\n# b\na: 1\n# c\nb: 1\n', ['0-1 comment']],
  ['several documents', 'a:\n  b: 1\n---\nc:\n  d: 1\n', ['0-1', '3-4']],
])('folding takes %s', async (_name, text, expected) => {
  await client.open(uri, text);
  const ranges = await client.request<FoldingRange[]>('textDocument/foldingRange', { textDocument: { uri } });
  expect(
    ranges.map(({ startLine, endLine, kind }) => [`${startLine}-${endLine}`, kind ?? []].flat().join(' ')),
  ).toEqual(expected);
});
