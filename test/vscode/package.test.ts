import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { anchorsOf, brokenLinks, linksOf } from '../../scripts/lib/links.mjs';
import { pngChunks } from '../../scripts/lib/png.mjs';
import { addressesOf } from '../../scripts/lib/repository.mjs';
import { zipFiles } from '../../scripts/lib/zip-files.mjs';

const root = join(import.meta.dirname, '../..');

/** What the package may have, and nothing else. */
const allowed =
  /^(?:\[Content_Types\]\.xml|extension\.vsixmanifest|extension\/(?:package(?:\.nls(?:\.fr)?)?\.json|(?:readme|changelog|security)\.md|LICENSE\.txt|dist\/(?:extension\.cjs|(?:main|language-client|mcp|server)\.mjs|client\/[\w./-]+\.mjs|server\/main\.cjs|webview\/\w+\.(?:js|css)|web\/(?:extension|server)\.js|THIRD-PARTY-NOTICES\.txt)|docs\/(?:fr\/)?diagnostics\.md|l10n\/[\w.-]+\.json|media\/[\w./-]+|(?:snippets|syntaxes)\/[\w.-]+\.json|compose\/schema\/(?:NOTICE\.md|compose-spec\.LICENSE\.txt)))$/i;

let archive: Buffer;
let files: ReturnType<typeof zipFiles>;
beforeAll(async () => {
  archive = await readFile(join(root, 'dist/composure.vsix'));
  files = zipFiles(archive);
});

/** A file of the package as text; vsce writes a few names in small letters. */
function text(path: string): string {
  const names = [path, path.toLowerCase(), `${path}.txt`].map((name) => `extension/${name}`);
  const content = names.map((name) => files.get(name)).find((read) => read !== undefined);
  if (content === undefined) throw new Error(`${path} is not in the package`);
  return content().toString('utf8');
}

const has = (path: string) =>
  [path, path.toLowerCase(), `${path}.txt`].some((name) => files.has(`extension/${name}`));

test('the package has what it needs, the notices of what is bundled, and nothing that nobody named', () => {
  const names = [...files.keys()];
  expect(names.filter((name) => !allowed.test(name))).toEqual([]);
  for (const name of [
    'dist/extension.cjs',
    'dist/server.mjs',
    'dist/server/main.cjs',
    'LICENSE.txt',
    'package.json',
  ])
    expect(names).toContain(`extension/${name}`);
  const notices = text('dist/THIRD-PARTY-NOTICES.txt');
  for (const name of [
    'dockerode',
    'vscode-languageclient',
    'vscode-languageserver',
    'yaml',
    'yaml-language-server',
  ])
    expect(notices).toMatch(
      new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(MIT|^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'),
    );
  expect(text('compose/schema/NOTICE.md')).toContain('Apache');
  expect(archive.length).toBeLessThan(2_000_000);
});

describe('the server for agents runs from it', () => {
  let folder: string;
  let program: string;
  let project: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'composure-package-'));
    for (const [name, read] of files) {
      await mkdir(join(folder, dirname(name)), { recursive: true });
      await writeFile(join(folder, name), read());
    }
    program = join(folder, 'extension/dist/mcp.mjs');
    // The inspector looks for its own beside the folder it is started in.
    await writeFile(join(folder, 'package.json'), '{}');
    project = join(folder, 'shop');
    await mkdir(project);
    await writeFile(join(project, 'compose.yaml'), 'services:\n  web:\n    image: nginx:alpine\n');
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('in VS Code without tools: those are the window’s', async () => {
    const client = new Client({ name: 'test', version: '1' });
    onTestFinished(() => client.close());
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [program, '--no-tools'],
        cwd: project,
      }),
    );
    expect(client.getServerCapabilities()?.tools).toBeUndefined();
    expect((await client.listResources()).resources.map(({ name }) => name)).toEqual([
      'project',
      'compose.yaml',
    ]);
    const [content] = (await client.readResource({ uri: 'composure://project' })).contents;
    expect(content).toMatchObject({ text: expect.stringContaining('image: nginx:alpine') });
    expect((await client.listPrompts()).prompts.map(({ name }) => name)).toContain('why-does-it-fail');
  });

  test.each([
    ['tools/list', [], '"composure_problems"'],
    ['tools/call', ['--tool-name', 'composure_problems'], 'No problems in 1 file.'],
    ['resources/list', [], '"compose.yaml"'],
    ['resources/read', ['--uri', 'composure://project'], 'image: nginx:alpine'],
    ['resources/templates/list', [], 'composure://schema/{path}'],
    ['prompts/list', [], '"why-does-it-fail"'],
    [
      'prompts/get',
      ['--prompt-name', 'why-does-it-fail', '--prompt-args', 'service=web'],
      'service web fail',
    ],
  ])('as the MCP inspector calls it: %s', async (method, words, answer) => {
    const inspector = join(root, 'node_modules/@modelcontextprotocol/inspector-cli/build/cli.js');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [inspector, '--cli', process.execPath, program, '--method', method, ...words],
      { cwd: project },
    );
    expect(stdout).toContain(answer);
    expect(() => JSON.parse(stdout)).not.toThrow();
  });
});

describe('links', () => {
  test('on the pages that are shown alone each leads to a page, a heading or a picture of the project', () => {
    const source = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const { pages, files: raw } = addressesOf(source);
    let pictures = 0;
    for (const page of ['README.md', 'CHANGELOG.md'])
      for (const { target, isImage } of linksOf(text(page))) {
        if (target.startsWith('#')) expect(anchorsOf(text(page)), target).toContain(target.slice(1));
        else expect(target).toMatch(/^https:\/\//);
        const base = isImage ? raw : pages;
        if (!target.startsWith(`${base}/`)) continue;
        const [path = '', anchor] = target.slice(base.length + 1).split('#');
        expect(existsSync(join(root, path)), target).toBe(true);
        if (anchor !== undefined)
          expect(anchorsOf(readFileSync(join(root, path), 'utf8')), target).toContain(anchor);
        if (!isImage) continue;
        pictures += 1;
        const [header] = pngChunks(readFileSync(join(root, path)));
        expect(header?.data.readUInt32BE(0), path).toBeGreaterThan(300);
      }
    expect(pictures).toBeGreaterThan(6);
  });

  test('on the other pages each leads into the package or to an address', () => {
    const others = [...files.keys()]
      .filter((name) => name.endsWith('.md') && !/(?:readme|changelog)\.md$/i.test(name))
      .map((name) => name.replace('extension/', ''));
    expect(others.length).toBeGreaterThan(10);
    const faults = others.flatMap((page) => brokenLinks(page, { has, read: text }));
    expect(faults).toEqual([]);
  });
});

interface Packaged {
  readonly [key: string]: unknown;
  readonly icon: string;
  readonly main: string;
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly icon?: string | Record<string, string>;
    }[];
    readonly walkthroughs: readonly {
      readonly icon?: string;
      readonly steps: readonly {
        readonly description: string;
        readonly media: Readonly<Record<string, string>>;
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly grammars: readonly { readonly path: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command?: string }[]>>;
  };
}

test('every icon, command, grammar and picture of the walkthrough that the manifest names is there', () => {
  const manifest = JSON.parse(text('package.json')) as Packaged;
  const { commands, walkthroughs, grammars, menus } = manifest.contributes;
  const icons = [...text('package.json').matchAll(/"((?:\.\/)?media\/[^"]+)"/g)].map(([, path = '']) => path);
  for (const path of [...icons, manifest.icon, manifest.main, ...grammars.map((each) => each.path)])
    expect(has(path.replace(/^\.\//, '')), path).toBe(true);
  const ids = commands.map(({ command }) => command);
  const known = new Set(ids);
  for (const { command } of Object.values(menus).flat())
    if (command !== undefined) expect(known).toContain(command);
  for (const language of ['package.nls.json', 'package.nls.fr.json']) {
    const texts = JSON.parse(text(language)) as Readonly<Record<string, string>>;
    const said = (value: string) => texts[value.replaceAll('%', '')] ?? value;
    for (const { steps } of walkthroughs)
      for (const { description, media, completionEvents } of steps) {
        for (const [, command = ''] of said(description).matchAll(/\(command:([\w.]+)/g))
          expect(known).toContain(command);
        for (const [, command = ''] of completionEvents.join('\n').matchAll(/onCommand:([\w.]+)/g))
          expect(known).toContain(command);
        for (const [kind, path] of Object.entries(media))
          if (kind !== 'altText') expect(has(said(path)), said(path)).toBe(true);
      }
  }
});

test('the manifest says what the stores show', () => {
  const manifest = JSON.parse(text('package.json')) as Packaged;
  expect(Object.keys(manifest)).toEqual(
    expect.arrayContaining(['repository', 'bugs', 'homepage', 'qna', 'galleryBanner', 'keywords', 'license']),
  );
  expect(manifest.categories).toEqual([
    'Programming Languages',
    'Linters',
    'Formatters',
    'Snippets',
    'Testing',
    'Visualization',
    'AI',
  ]);
  for (const key of ['scripts', 'devDependencies', 'dependencies', 'private'])
    expect(manifest).not.toHaveProperty(key);
  const shown = files.get('extension.vsixmanifest')?.().toString('utf8') ?? '';
  for (const link of ['Source', 'Support', 'Learn', 'CustomerQnALink'])
    expect(shown).toMatch(new RegExp(`Services\\.(?:Links\\.)?${link}" Value="https://`));
});
