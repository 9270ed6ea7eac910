// node scripts/package.mjs: a production build, packaged as one universal dist/composure.vsix.
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, script } from './lib/processes.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, 'dist', 'composure.vsix');

/** A package larger than this is a mistake: something got in that does not belong there. */
const sizeLimit = 2_000_000;

await script(async () => {
  await run(process.execPath, [join(root, 'scripts/build.mjs'), '--production'], { cwd: root, quiet: false });
  const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
  await run(
    process.execPath,
    [
      vsce,
      'package',
      '--no-dependencies',
      '--allow-missing-repository',
      '--no-rewrite-relative-links',
      '--out',
      out,
    ],
    { cwd: root },
  );
  const { size } = await stat(out);
  console.log(`dist/composure.vsix ${(size / 1000).toFixed(0)} kB`);
  if (size > sizeLimit) throw new Error(`dist/composure.vsix is larger than ${sizeLimit / 1000} kB`);
});
