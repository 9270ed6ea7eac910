// What bundles leave out.

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
