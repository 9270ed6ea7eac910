import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pathToFileURL } from 'node:url';
import type { CompletionList } from 'vscode-languageserver';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { version } from '../../package.json';
import { npmPackages } from '../../scripts/lib/npm-packages.mjs';
import { readSettings } from '../../server/src/settings.ts';
import { TestClient } from '../server/support/test-client.ts';

const root = join(import.meta.dirname, '../..');
const execute = promisify(execFile);

let place: string;
const archives = new Map<string, readonly string[]>();
let installed: { readonly stdout: string; readonly stderr: string };

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'composure-npm-'));
  const dist = join(place, 'dist');
  await execute(
    process.execPath,
    ['scripts/build.mjs', '--production', '--npm', `--dist=${dist}`, 'server', 'cli'],
    { cwd: root },
  );
  const files: string[] = [];
  for (const { name } of npmPackages) {
    const packed = await execute('npm', ['pack', '--json', '--pack-destination', place], {
      cwd: join(dist, 'npm', name),
    });
    const [archive] = JSON.parse(packed.stdout) as readonly [
      { readonly filename: string; readonly files: readonly { readonly path: string }[] },
    ];
    archives.set(
      name,
      archive.files.map(({ path }) => path),
    );
    files.push(join(place, archive.filename));
  }
  const project = await mkdtemp(join(place, 'project-'));
  await writeFile(join(project, 'package.json'), '{"private": true}');
  installed = await execute('npm', ['install', '--offline', '--no-audit', '--no-fund', ...files], {
    cwd: project,
  });
  place = project;
}, 180_000);

afterAll(() => rm(join(place, '..'), { recursive: true, force: true }));

it('installs without a network, a warning or anything beside them', async () => {
  expect(installed.stderr).toBe('');
  expect(installed.stdout).toContain(`added ${npmPackages.length} packages`);
});

it.each(npmPackages)('$name holds what it needs, its licence and the notices', async ({ name }) => {
  const files = archives.get(name) ?? [];
  expect(files).toEqual(
    expect.arrayContaining(['LICENSE', 'README.md', 'THIRD-PARTY-NOTICES.txt', 'package.json']),
  );
  expect(files.filter((file) => /\.map$|\.ts$|test|\.cache$/.test(file))).toEqual([]);
  const folder = join(place, 'node_modules', name);
  expect(await readFile(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8')).toMatch(/^yaml \d/m);
  const readme = await readFile(join(folder, 'README.md'), 'utf8');
  expect(readme).not.toContain('REPOSITORY');
  expect(readme).toMatch(/\]\(https:\/\//);
  expect((await stat(join(folder, 'README.md'))).size).toBeGreaterThan(500);
});

it('the command line says its version and checks files', async () => {
  const composure = join(place, 'node_modules/.bin/composure');
  expect((await execute(composure, ['--version'])).stdout).toBe(`Composure version ${version}\n`);
  await writeFile(
    join(place, 'compose.yaml'),
    'services:\n  web:\n    image: nginx:1\n    depends_on: [db]\n',
  );
  const failed = await execute(composure, ['check'], { cwd: place }).catch((error: unknown) => error);
  expect(failed).toMatchObject({
    code: 1,
    stderr: '',
    stdout: expect.stringContaining('compose.yaml:4:18: error: '),
  });
});

it('the language server says its version and speaks over its standard streams', async () => {
  const program = join(place, 'node_modules/composure-language-server/bin.mjs');
  const { stdout } = await execute(join(place, 'node_modules/.bin/composure-language-server'), ['--version']);
  expect(stdout).toBe(`composure-language-server ${version}\n`);
  const client = await TestClient.built(program, { folder: pathToFileURL(place).href });
  try {
    const uri = pathToFileURL(join(place, 'compose.yaml')).href;
    const text =
      'services:\n  web:\n    image: nginx:1\n    depends_on: [nobody]\n  db:\n    image: postgres:17\n';
    await client.open(uri, text);
    const found = await client.diagnostics(uri);
    expect(found.map(({ code }) => code)).toEqual(['undefined-dependency']);
    const page = new URL(found[0]?.codeDescription?.href ?? '');
    expect((await stat(page)).isFile()).toBe(true);
    const list = await client.at<CompletionList>('textDocument/completion', uri, text.indexOf('nobody'));
    expect(list.items.map(({ label }) => label)).toEqual(['db']);
    expect(client.errors).toEqual([]);
  } finally {
    await client.close();
  }
});

it('what the README has people copy into their editors is read, and starts the server', async () => {
  const readme = await readFile(join(root, 'npm/composure-language-server/README.md'), 'utf8');
  const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, kind = '', text = '']) => ({
    kind,
    text,
  }));
  const [zed, settings] = blocks
    .filter(({ kind }) => kind === 'json')
    .map(({ text }): unknown => JSON.parse(text));
  expect(zed).toEqual({
    lsp: { 'docker-compose': { binary: { path: 'composure-language-server', arguments: ['--stdio'] } } },
  });
  // Every setting is one that the server knows, with a value that it takes, and none is left out.
  expect(readSettings(settings)).toEqual(settings);
  const editors = blocks.filter(({ kind }) => ['lua', 'toml', 'elisp'].includes(kind));
  expect(editors.map(({ kind }) => kind)).toEqual(['lua', 'lua', 'toml', 'elisp']);
  for (const { text } of editors)
    expect(text).toMatch(/"composure-language-server"|'composure-language-server'/);
  for (const { text } of editors) expect(text).toMatch(/["']--stdio["']/);
});
