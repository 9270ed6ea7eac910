import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { dockerodeExtras } from '../../../scripts/lib/bundle.mjs';

/** Our command line as a program of its own, to be run by Node: the server on its standard streams, as clients start it. */
export async function commandLineProgram(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'composure-program-'));
  const path = join(folder, 'program.cjs');
  await build({
    entryPoints: [fileURLToPath(new URL('../../../cli/main.ts', import.meta.url))],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    supported: { 'dynamic-import': false },
    loader: { '.schema.json': 'json' },
    plugins: [dockerodeExtras],
    footer: { js: 'module.exports.main();' },
    logLevel: 'error',
  });
  return { path, remove: () => rm(folder, { recursive: true }) };
}
