// The engine layer as the editor has it, for measuring it in this process.
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { dockerodeExtras } from '../../scripts/lib/bundle.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

const entry = `
export { load } from '${root}compose/load/load.ts';
export { connect } from '${root}engine/connect/connect.ts';
export { nodeHost } from '${root}engine/project/disk-host.ts';
export { up } from '${root}engine/operations/up.ts';
export { connectTo } from '${root}engine/debug/open-debugger.ts';
export { openTunnel } from '${root}engine/debug/tunnel.ts';
`;

/** @param {string} folder To write the bundle into. */
export async function importEngine(folder) {
  const outfile = join(folder, 'engine.mjs');
  await build({
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    mainFields: ['module', 'main'],
    plugins: [dockerodeExtras],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  return import(pathToFileURL(outfile).href);
}
