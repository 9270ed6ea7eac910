// Bundles the product with esbuild: the extension's small eager file with its lazy parts, the language server, the command line.
//
//   node scripts/build.mjs [--watch] [--production] [--npm] [--dist=FOLDER] [name…]      names: extension, webview, server, web, cli
//
// `--npm` also writes the packages for npm, of what is named.
// Production builds are minified and checked against the size limits below; others carry linked source maps, which are never packaged.
import { chmod, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { context, build as runOnce } from 'esbuild';
import { connectionExtras, dockerodeExtras, yamlFormatterExtras, yamlModules } from './lib/bundle.mjs';
import { writeNpmPackages } from './lib/npm-packages.mjs';
import { bundledPackages, noticesText } from './lib/notices.mjs';
import { writeCodeCache, writeServerCodeCache } from './lib/code-cache.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What VS Code loads before anything is asked of the extension stays under this, in bytes. */
const eagerLimit = 30_000;

const options = new Set(process.argv.slice(2).filter((each) => each.startsWith('--')));
const dist = resolve(
  root,
  [...options].find((each) => each.startsWith('--dist='))?.slice('--dist='.length) ?? 'dist',
);
const named = process.argv.slice(2).filter((each) => !each.startsWith('--'));
const production = options.has('--production');

/** @type {import('esbuild').BuildOptions} */
const shared = {
  absWorkingDir: root,
  outdir: dist,
  bundle: true,
  platform: 'node',
  target: 'node20',
  // The domain's own copies of CommonJS dependencies, and their smaller ESM builds where both exist.
  mainFields: ['module', 'main'],
  minify: production,
  keepNames: true,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  loader: { '.schema.json': 'json' },
};

/** CommonJS dependencies inside an ESM file ask for Node's built-ins with `require`. */
const requireBanner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/** @type {(folder: string) => import('esbuild').BuildOptions} */
const modules = (folder) => ({
  format: 'esm',
  splitting: true,
  outExtension: { '.js': '.mjs' },
  chunkNames: `${folder}/[name]-[hash]`,
  banner: { js: requireBanner },
});

/**
 * A program as `disk/cached-script.ts` runs it: one file, for one code cache. What is imported when used is still run only then.
 * @type {import('esbuild').BuildOptions}
 */
const cached = {
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  supported: { 'dynamic-import': false },
  banner: { js: '(function (exports, require, module) {' },
  footer: { js: '})' },
  // Less text is less to read, and a name kept is a call for each function: of the time until the first answer.
  minify: true,
  keepNames: false,
};

/**
 * VS Code answers `require('vscode')`, told by the asking file which extension it speaks to. ES modules cannot import it in every
 * version, so in them it is a CommonJS module around that `require`.
 * @type {import('esbuild').Plugin}
 */
const vscodeModule = {
  name: 'vscode',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'vscode-api'
        ? { path: 'vscode', external: true }
        : { path: 'vscode', namespace: 'vscode-api' },
    );
    build.onLoad({ filter: /.*/, namespace: 'vscode-api' }, () => ({
      contents: "module.exports = require('vscode');",
      loader: 'js',
    }));
  },
};

/**
 * In the eager file, a dynamic import of another entry is left to run time. A static one of anything but constants would show in its size.
 * @type {import('esbuild').Plugin}
 */
const lazyEntries = {
  name: 'lazy-entries',
  setup(build) {
    build.onResolve({ filter: /\.ts$/ }, ({ kind, path }) =>
      kind === 'dynamic-import'
        ? { path: path.replace(/^.*\/([\w-]+)\.ts$/, './$1.mjs'), external: true }
        : undefined,
    );
  },
};

/** Where VS Code runs in a browser: one file each. Whatever needs Node does not resolve, and fails the build. */
const browser = /** @type {const} */ ({
  platform: 'browser',
  target: 'es2022',
  keepNames: false,
  supported: { 'dynamic-import': false },
});

/**
 * @typedef {object} Product
 * @property {string} entry
 * @property {readonly import('esbuild').BuildOptions[]} options
 * @property {() => Promise<void>} [after] Once it is built.
 */

/** Pages in VS Code, a folder each: `main.ts` and a style sheet. */
const pages = ['logs', 'graph', 'stats'];

/** @type {Record<string, Product>} */
const products = {
  extension: {
    entry: 'client/src/extension.ts',
    options: [
      {
        entryPoints: { extension: 'client/src/extension.ts' },
        format: 'cjs',
        outExtension: { '.js': '.cjs' },
        external: ['vscode'],
        plugins: [lazyEntries],
      },
      {
        ...modules('client'),
        entryPoints: {
          main: 'client/src/main.ts',
          'language-client': 'client/src/language/language-client.ts',
          mcp: 'cli/mcp-program.ts',
        },
        // Names are told in no message and no log; what keeps them is a twentieth of the package.
        keepNames: false,
        plugins: [vscodeModule, dockerodeExtras, yamlModules],
      },
    ],
  },
  webview: {
    entry: 'client/webview/logs/main.ts',
    options: [
      {
        entryPoints: pages.flatMap((name) => [
          { in: `client/webview/${name}/main.ts`, out: name },
          { in: `client/webview/${name}/${name}.css`, out: name },
        ]),
        outdir: join(dist, 'webview'),
        platform: 'browser',
        format: 'iife',
        target: 'chrome120',
        keepNames: false,
      },
    ],
  },
  server: {
    entry: 'server/src/launch.ts',
    options: [
      {
        entryPoints: { server: 'server/src/launch.ts' },
        format: 'esm',
        outExtension: { '.js': '.mjs' },
        minify: true,
      },
      {
        ...cached,
        entryPoints: { 'server/main': 'server/src/main.ts' },
        plugins: [yamlFormatterExtras, connectionExtras, yamlModules],
      },
    ],
    after: () => writeServerCodeCache(dist),
  },
  web: {
    entry: 'client/src/web/extension.ts',
    options: [
      {
        ...browser,
        entryPoints: { 'web/extension': 'client/src/web/extension.ts' },
        format: 'cjs',
        external: ['vscode'],
      },
      {
        ...browser,
        entryPoints: { 'web/server': 'server/src/browser/main.ts' },
        format: 'iife',
        plugins: [yamlModules],
      },
    ],
  },
  cli: {
    entry: 'cli/main.ts',
    options: [
      {
        entryPoints: { cli: 'cli/launch.ts' },
        format: 'esm',
        outExtension: { '.js': '.mjs' },
      },
      {
        ...cached,
        entryPoints: { 'cli/main': 'cli/main.ts' },
        plugins: [dockerodeExtras, yamlModules],
      },
    ],
    after: async () => {
      // It is a program: its first line keeps Node's own options apart from its.
      await chmod(join(dist, 'cli.mjs'), 0o755);
      await writeCodeCache(join(dist, 'cli/main.cjs'));
    },
  },
};

/** What ships in the package. */
const shipped = ['extension', 'webview', 'server', 'web'];

/** What esbuild tells of each product. @type {Map<string, import('esbuild').Metafile[]>} */
const metafiles = new Map();

await mkdir(dist, { recursive: true });
const wanted = named.length === 0 ? Object.keys(products) : named;
for (const name of wanted) {
  const product = products[name];
  if (product === undefined) fail(`There is no ${name}. There is: ${Object.keys(products).join(', ')}.`);
  else if (!existsSync(join(root, product.entry))) fail(`${name}: ${product.entry} is missing.`);
  else {
    await build(name, product.options);
    if (!options.has('--watch') && !process.exitCode) await product.after?.();
  }
}

if (production && !process.exitCode && shipped.every((name) => wanted.includes(name)))
  await writeFile(
    join(dist, 'THIRD-PARTY-NOTICES.txt'),
    await noticesText(root, bundledPackages(shipped.flatMap((name) => metafiles.get(name) ?? []))),
  );
if (options.has('--npm') && !process.exitCode) await writeNpmPackages(root, dist, metafiles);

/** @param {readonly import('esbuild').BuildOptions[]} parts */
async function build(name, parts) {
  for (const part of parts) {
    const settings = { ...shared, ...part };
    try {
      if (options.has('--watch')) {
        const watched = await context({ ...settings, logLevel: 'info' });
        await watched.watch();
      } else {
        const { metafile } = await runOnce(settings);
        metafiles.set(name, [...(metafiles.get(name) ?? []), metafile]);
        await removeStale(part, metafile);
        await reportSizes(metafile);
      }
    } catch (error) {
      fail(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    }
  }
}

/** Chunks are named by their content: those of earlier builds would stay for ever, and be packaged. */
async function removeStale(part, metafile) {
  const folder = part.chunkNames?.split('/')[0];
  if (folder === undefined || !existsSync(join(dist, folder))) return;
  const written = new Set(Object.keys(metafile.outputs).map((each) => join(root, each)));
  for (const name of await readdir(join(dist, folder))) {
    const path = join(dist, folder, name);
    if (!written.has(path)) await rm(path, { recursive: true });
  }
}

async function reportSizes(metafile) {
  let lazy = 0;
  for (const [path, output] of Object.entries(metafile.outputs)) {
    if (path.endsWith('.map')) continue;
    if (output.entryPoint === undefined || path.includes('-')) {
      lazy += output.bytes;
      continue;
    }
    const { size } = await stat(join(root, path));
    console.log(`${relative(root, join(root, path)).padEnd(24)} ${kilobytes(size)}`);
    if (production && path.endsWith('extension.cjs') && size > eagerLimit)
      fail(
        `${path} is ${size} bytes: the eager part has to stay under ${eagerLimit}. Something heavy is imported, not loaded when used.`,
      );
  }
  if (lazy > 0) console.log(`${'  loaded when used'.padEnd(24)} ${kilobytes(lazy)}`);
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1).padStart(8)} kB`;
}

function fail(message) {
  console.error(message);
  process.exitCode = 1;
}
