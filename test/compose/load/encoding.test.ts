import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { load } from '#compose/load/load.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { nodeHost } from '#engine/project/disk-host.ts';

// What Docker Compose 2.40 does with the same bytes was tried with each of these.
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'composure-encoding-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function loaded(files: Readonly<Record<string, Buffer | string>>) {
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const { loaded, problems } = await load(nodeHost({}), { cwd: folder });
  return {
    environment: loaded?.project.services.a?.environment,
    problems: problems.map(
      ({ code, message, severity, span }) =>
        `${severity} ${code} ${span.start}+${span.end - span.start} ${formatPhrase(message).replaceAll(folder, '')}`,
    ),
  };
}

const text = 'services:\n  a:\n    image: x\n    environment:\n      X: "é😀"\n';
const little = (content: string) =>
  Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(content, 'utf16le')]);
const big = (content: string) =>
  Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(content, 'utf16le').swap16()]);

describe('a Compose file', () => {
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, as PowerShell writes it', little(text.replaceAll('\n', '\r\n'))],
    ['UTF-16, the other way round', big(text)],
  ])('%s is read', async (_, bytes) => {
    expect(await loaded({ 'compose.yaml': bytes })).toEqual({ environment: { X: 'é😀' }, problems: [] });
  });

  test('Latin-1 is refused, with the place', async () => {
    expect(
      (await loaded({ 'compose.yaml': Buffer.from(text.replace('😀', ''), 'latin1') })).problems,
    ).toEqual([
      'error wrong-encoding 55+1 /compose.yaml is not valid UTF-8: 0xE9 on line 5, column 11 is not a character. Save the file as UTF-8.',
    ]);
  });

  test('a Latin-1 comment as well', async () => {
    const bytes = Buffer.concat([Buffer.from(text), Buffer.from('# caf\xe9\n', 'latin1')]);
    expect((await loaded({ 'compose.yaml': bytes })).problems).toEqual([
      expect.stringContaining(
        'error wrong-encoding 65+1 /compose.yaml is not valid UTF-8: 0xE9 on line 6, column 6',
      ),
    ]);
  });

  test('half a character of UTF-16', async () => {
    const found = await loaded({ 'compose.yaml': Buffer.concat([little(`${text}# `), Buffer.from([0x0a])]) });
    expect(found.problems).toEqual([
      expect.stringContaining('is not valid UTF-16: 0x0A on line 6, column 3'),
    ]);
    const lone = await loaded({ 'compose.yaml': little(text.replace('😀', '\ud800')) });
    expect(lone.problems).toEqual([
      expect.stringContaining('is not valid UTF-16: 0xD800 on line 5, column 12'),
    ]);
  });

  test('UTF-16 without a mark is none', async () => {
    const { problems } = await loaded({ 'compose.yaml': Buffer.from(text, 'utf16le') });
    expect(problems.filter((problem) => problem.startsWith('error'))).not.toEqual([]);
  });
});

describe('an env file', () => {
  const using = 'services: {a: {image: x, environment: {X: "${V}"}}}\n';
  const own = 'services: {a: {image: x, env_file: [{path: a.env}]}}\n';

  test('with a mark', async () => {
    expect(await loaded({ 'compose.yaml': using, '.env': '\ufeffV=x\n' })).toEqual({
      environment: { X: 'x' },
      problems: [],
    });
  });

  test.each([
    ['.env', using],
    ['a.env', own],
  ])('Latin-1 in %s is said, and goes on', async (name, compose) => {
    const bytes = Buffer.from('# one\nV=caf\xe9\n', 'latin1');
    const { environment, problems } = await loaded({ 'compose.yaml': compose, [name]: bytes });
    expect(problems).toEqual([
      `warning lossy-encoding 11+1 /${name} is not valid UTF-8: 0xE9 on line 2, column 6 reaches the container as "\uFFFD". Save the file as UTF-8.`,
    ]);
    expect(Object.values(environment ?? {})).toEqual(['caf\uFFFD']);
  });

  test('one that is read raw has to be UTF-8', async () => {
    const compose = own.replace('a.env', 'a.env, format: raw');
    const found = await loaded({ 'compose.yaml': compose, 'a.env': Buffer.from('V=caf\xe9\n', 'latin1') });
    expect(found.problems).toEqual([
      expect.stringContaining('error wrong-encoding 5+1 /a.env is not valid UTF-8'),
    ]);
  });

  test('UTF-16 is refused: Docker Compose knows it in Compose files only', async () => {
    const found = await loaded({ 'compose.yaml': using, '.env': little('V=x\r\n') });
    expect(found.problems).toEqual([
      'error wrong-encoding 0+0 /.env is UTF-16, which Docker Compose supports only for Compose files. Save the file as UTF-8.',
    ]);
  });
});
