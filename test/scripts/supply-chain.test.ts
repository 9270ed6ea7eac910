import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bundledPackages, noticesText } from '../../scripts/lib/notices.mjs';
import { zipNames } from '../../scripts/lib/zip-files.mjs';

const root = join(import.meta.dirname, '../..');
const text = (path: string) => readFile(join(root, path), 'utf8');

interface LockEntry {
  readonly engines?: { readonly node?: string } | readonly string[];
  readonly integrity?: string;
  readonly link?: boolean;
  readonly resolved?: string;
}

it('installs nothing of which the lock does not say the content', async () => {
  const { packages } = JSON.parse(await text('package-lock.json')) as {
    readonly packages: Readonly<Record<string, LockEntry>>;
  };
  const entries = Object.entries(packages).filter(([path, { link }]) => path !== '' && link !== true);
  expect(entries.length).toBeGreaterThan(100);
  expect(entries.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-'))).toEqual([]);
  // Nothing from elsewhere than a registry: no Git repositories, no archives by URL.
  const odd = entries.filter(
    ([, { resolved = '' }]) => resolved !== '' && !resolved.startsWith('https://registry.npmjs.org/'),
  );
  expect(odd).toEqual([]);
});

it('installs only what runs on the oldest Node that the project names, so that npm has nothing to warn of', async () => {
  const { packages } = JSON.parse(await text('package-lock.json')) as {
    readonly packages: Readonly<Record<string, LockEntry>>;
  };
  const [, oldest = ''] = />=(\d+)$/.exec((packages[''] as { engines: { node: string } }).engines.node) ?? [];
  expect(runsOn('>=22.13.0', Number(oldest))).toBe(false);
  expect(runsOn('^20.19.0 || >=22.12.0', Number(oldest))).toBe(true);
  const tooNew = Object.entries(packages).filter(
    ([, { engines }]) => engines !== undefined && 'node' in engines && !runsOn(engines.node, Number(oldest)),
  );
  expect(tooNew.map(([path]) => path)).toEqual([]);
});

/** Whether one of the alternatives of a range has that major version: `>=18`, `^20.19.0 || >=22`, `18 || 20`. */
function runsOn(range: string | undefined, major: number): boolean {
  return (range ?? '*').split('||').some((alternative) => {
    const [, operator = '', first] = /^\s*([<>=^~v]*)\s*(\d+|\*|$)/.exec(alternative) ?? [];
    if (first === undefined) throw new Error(`an odd range of versions: ${range}`);
    if (first === '*' || first === '') return true;
    return operator.startsWith('>')
      ? Number(first) <= major
      : operator.startsWith('<') || Number(first) === major;
  });
}

it('runs nothing at install', async () => {
  expect(await text('.npmrc')).toMatch(/^ignore-scripts=true$/m);
  const { scripts } = JSON.parse(await text('package.json')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const atInstall = [
    'preinstall',
    'install',
    'postinstall',
    'prepare',
    'prepublish',
    'preprepare',
    'postprepare',
    'vscode:uninstall',
  ];
  expect(atInstall.filter((name) => name in scripts)).toEqual([]);
});

it('names exact versions', async () => {
  const { dependencies, devDependencies } = JSON.parse(await text('package.json')) as Readonly<
    Record<'dependencies' | 'devDependencies', Readonly<Record<string, string>>>
  >;
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, range]) => !/^\d+\.\d+\.\d+/.test(range),
  );
  expect(loose).toEqual([]);
});

it('finds the packages of which something is in a bundle', () => {
  const inputs = {
    'compose/load/load.ts': { bytesInOutput: 10 },
    'node_modules/yaml/browser/index.js': { bytesInOutput: 10 },
    'node_modules/a/node_modules/@scope/b/lib/c.js': { bytesInOutput: 1 },
    'node_modules/left-out/index.js': { bytesInOutput: 0 },
  };
  const outputs = { 'dist/main.mjs': { inputs } } as never;
  expect(bundledPackages([{ outputs }])).toEqual([
    'node_modules/a/node_modules/@scope/b',
    'node_modules/yaml',
  ]);
});

it('writes each package with its licence', async () => {
  const notices = await noticesText(root, ['node_modules/yaml']);
  expect(notices).toMatch(/^yaml \d+\.\d+\.\d+ \(ISC\)$/m);
  expect(notices).toContain('Permission to use, copy, modify, and/or distribute this software');
});

it('reads the names in an archive', () => {
  // An empty one.
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  expect(zipNames(end)).toEqual([]);
  expect(() => zipNames(Buffer.from('nothing'))).toThrow('no ZIP archive');
});

it('ships only what the list names', async () => {
  const lines = (await text('.vscodeignore'))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines[0]).toBe('**');
  expect(lines.slice(1).filter((line) => !line.startsWith('!'))).toEqual([]);
  expect(lines).toContain('!dist/THIRD-PARTY-NOTICES.txt');
  expect(lines.filter((line) => /\*\*\/\*$|\.map|node_modules|test|scripts/.test(line))).toEqual([]);
});
