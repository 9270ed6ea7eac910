// The packages for npm, each a folder that `npm publish` takes as it is: bundles that need nothing installed beside them.
import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bundledPackages, noticesText } from './notices.mjs';
import { addressesOf } from './repository.mjs';

/**
 * @typedef {object} NpmPackage
 * @property {string} name
 * @property {string} product The one of scripts/build.mjs that is in it.
 * @property {string} description
 * @property {string} bin
 * @property {readonly string[]} keywords
 * @property {readonly (readonly [from: string, to: string])[]} files `from`: in dist/ where it begins so, else in the project.
 */

/** @type {readonly NpmPackage[]} */
export const npmPackages = [
  {
    name: 'composure',
    product: 'cli',
    description:
      'Checks Docker Compose files, for CI and before a commit, and runs them without a docker program',
    bin: 'dist/cli.mjs',
    keywords: ['docker-compose', 'compose', 'linter', 'validator', 'cli', 'sarif', 'kubernetes'],
    files: [
      ['dist/cli.mjs', 'dist/cli.mjs'],
      ['dist/cli/main.cjs', 'dist/cli/main.cjs'],
    ],
  },
  {
    name: 'composure-language-server',
    product: 'server',
    description: 'The language server of Composure for Docker Compose files',
    bin: 'bin.mjs',
    keywords: ['docker-compose', 'compose', 'language-server', 'lsp', 'neovim', 'helix', 'zed', 'eglot'],
    files: [
      ['npm/composure-language-server/bin.mjs', 'bin.mjs'],
      ['dist/server.mjs', 'dist/server.mjs'],
      ['dist/server/main.cjs', 'dist/server/main.cjs'],
      ['docs/diagnostics.md', 'docs/diagnostics.md'],
    ],
  },
];

/**
 * Writes the packages of the products that were built below `dist/npm`. `metafiles`: what esbuild tells of each product.
 *
 * @param {string} root
 * @param {string} dist
 * @param {ReadonlyMap<string, readonly import('esbuild').Metafile[]>} metafiles
 */
export async function writeNpmPackages(root, dist, metafiles) {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const address = addressesOf(manifest).repository;
  for (const each of npmPackages) {
    if (!metafiles.has(each.product)) continue;
    const folder = join(dist, 'npm', each.name);
    await rm(folder, { recursive: true, force: true });
    for (const [from, to] of each.files) {
      const source = from.startsWith('dist/') ? join(dist, from.slice('dist/'.length)) : join(root, from);
      await mkdir(dirname(join(folder, to)), { recursive: true });
      await cp(source, join(folder, to), { recursive: true, filter: (path) => !path.endsWith('.map') });
    }
    await chmod(join(folder, each.bin), 0o755);
    const readme = await readFile(join(root, 'npm', each.name, 'README.md'), 'utf8');
    await writeFile(join(folder, 'README.md'), readme.replaceAll('REPOSITORY', address));
    await cp(join(root, 'LICENSE'), join(folder, 'LICENSE'));
    const bundled = bundledPackages(metafiles.get(each.product) ?? []);
    await writeFile(join(folder, 'THIRD-PARTY-NOTICES.txt'), await noticesText(root, bundled));
    await writeFile(
      join(folder, 'package.json'),
      `${JSON.stringify(manifestOf(each, manifest), undefined, 2)}\n`,
    );
  }
}

/** @param {NpmPackage} each */
function manifestOf({ name, description, bin, keywords }, { version, license, repository, bugs, homepage }) {
  return {
    name,
    version,
    description,
    keywords,
    license,
    ...(homepage === undefined ? {} : { homepage }),
    ...(bugs === undefined ? {} : { bugs }),
    ...(repository === undefined ? {} : { repository: { ...repository, directory: `npm/${name}` } }),
    type: 'module',
    bin: { [name]: bin },
    engines: { node: '>=20' },
  };
}
