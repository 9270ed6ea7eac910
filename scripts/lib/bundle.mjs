// What bundles leave out.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Replaces packages that a dependency loads for features nothing here uses by something that can be constructed, called and read, and does nothing.
 * `importer`: only for files of this path.
 * @type {(names: readonly string[], importer?: RegExp) => import('esbuild').Plugin}
 */
export const unused = (names, importer = /./) => ({
  name: 'unused',
  setup(build) {
    const filter = new RegExp(`^(${names.map((name) => name.replace(/[/.]/g, '\\$&')).join('|')})(/.*)?$`);
    build.onResolve({ filter }, (found) =>
      importer.test(found.importer) ? { path: 'nothing', namespace: 'unused' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({
      contents: `
        const nothing = new Proxy(class Unused {}, {
          get: (target, key) => (key === 'then' || key === 'prototype' || typeof key === 'symbol' ? target[key] : nothing),
          apply: () => nothing,
          construct: () => nothing,
        });
        module.exports = nothing;`,
      loader: 'js',
    }));
  },
});

/**
 * Node's own modules that packages require and seldom use: loaded at their first use, not at the start. `importer`: only for files of this path.
 * @type {(names: readonly string[], importer: RegExp) => import('esbuild').Plugin}
 */
export const whenUsed = (names, importer) => ({
  name: 'when-used',
  setup(build) {
    const filter = new RegExp(`^(?:node:)?(?:${names.join('|')})$`);
    build.onResolve({ filter }, ({ importer: from, namespace, path }) =>
      namespace === 'file' && importer.test(from) ? { path, namespace: 'when-used' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'when-used' }, ({ path }) => ({
      // Behind a variable, lest the bundler asks for the module at once.
      contents: `
        const name = ${JSON.stringify(path)};
        const load = require;
        module.exports = new Proxy({}, { get: (_target, key) => load(name)[key] });`,
      loader: 'js',
    }));
  },
});

/** What a language server on its standard streams, or on the channel of its parent, does not need at its start. */
export const connectionExtras = whenUsed(
  ['child_process', 'crypto', 'net'],
  /[\\/]node_modules[\\/]vscode-(?:jsonrpc|languageserver)/,
);

/**
 * The YAML library as the ES modules that it has for browsers: of these a bundle takes what is used, of its CommonJS for Node all.
 * @type {import('esbuild').Plugin}
 */
export const yamlModules = {
  name: 'yaml-modules',
  setup(build) {
    const folder = fileURLToPath(new URL('../../node_modules/yaml/browser/dist/', import.meta.url));
    const pure = (/** @type {string} */ path) => ({ path, sideEffects: false });
    build.onResolve({ filter: /^yaml$/ }, ({ importer }) =>
      importer.includes('node_modules') ? undefined : pure(join(folder, 'index.js')),
    );
    build.onResolve({ filter: /^\./ }, ({ importer, path }) =>
      importer.startsWith(folder) ? pure(join(dirname(importer), path)) : undefined,
    );
  },
};

/**
 * What Prettier prints JavaScript with. The YAML formatter names it among its plugins; YAML has its printer in its own.
 * @type {import('esbuild').Plugin}
 */
export const yamlFormatterExtras = {
  name: 'yaml-formatter-extras',
  setup(build) {
    build.onResolve({ filter: /^prettier\/plugins\/estree$/ }, () => ({
      path: 'no-plugin',
      namespace: 'no-plugin',
    }));
    build.onLoad({ filter: /.*/, namespace: 'no-plugin' }, () => ({ contents: 'module.exports = {};' }));
  },
};

/** The transport, ssh, BuildKit sessions and folder archives of dockerode: what there is instead, and why, is in `engine/api/dockerode/dockerode-engine.ts`. */
export const dockerodeExtras = unused(
  [
    'docker-modem',
    './session',
    'zlib',
    'ssh2',
    'cpu-features',
    '@grpc/grpc-js',
    '@grpc/proto-loader',
    'protobufjs',
    '@balena/dockerignore',
    'tar-fs',
  ],
  /[\\/]dockerode[\\/]lib[\\/]/,
);
