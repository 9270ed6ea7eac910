// node scripts/release.mjs vVERSION: whether that tag can be released as the project stands, and how: the manifest has the version and the
// changelog a section for it. Prints `channel=release` or `channel=pre-release`, as GitHub's workflows read outputs.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { script } from './lib/processes.mjs';
import { channelOf } from './lib/repository.mjs';

await script(async () => {
  const text = (/** @type {string} */ path) =>
    readFile(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
  const tag = process.argv[2] ?? '';
  const { version } = JSON.parse(await text('package.json'));
  if (tag !== `v${version}`) throw new Error(`the tag is ${tag}, the version in package.json ${version}`);
  if (!(await text('CHANGELOG.md')).includes(`\n## [${version}] - `))
    throw new Error(`CHANGELOG.md has no section for ${version}`);
  console.log(`channel=${channelOf(version)}`);
  return 0;
});
