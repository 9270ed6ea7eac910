// node scripts/package.mjs: a production build, packaged as one universal dist/composure.vsix.
//
// What ships is copied into a folder of its own first, where links that lead out of the package get the project's address and the manifest
// leaves behind what is for development. A link that leads nowhere ends it.
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brokenLinks, withAddresses } from './lib/links.mjs';
import { run, script } from './lib/processes.mjs';
import { addressesOf, channelOf } from './lib/repository.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, 'dist', 'composure.vsix');
const staged = join(root, 'dist', 'package');

/** A package larger than this is a mistake: something got in that does not belong there. */
const sizeLimit = 2_000_000;

/** Shown by VS Code and the stores without the folder around them: none of their links can stay relative. */
const shownAlone = new Set(['README.md', 'CHANGELOG.md']);

/**
 * For development only. Without `type`: a browser's extension host takes no package of ES modules, and what ships says by its file name
 * which kind of module it is.
 */
const leftBehind = ['private', 'type', 'imports', 'scripts', 'dependencies', 'devDependencies', 'overrides'];

await script(async () => {
  await run(process.execPath, [join(root, 'scripts/build.mjs'), '--production'], { cwd: root, quiet: false });
  const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
  const listed = await run(process.execPath, [vsce, 'ls', '--no-dependencies'], { cwd: root });
  const files = listed.stdout.split('\n').filter((path) => path !== '');
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  await stage(files, manifest);
  const preRelease = channelOf(manifest.version) === 'pre-release' ? ['--pre-release'] : [];
  const options = ['--no-dependencies', '--no-rewrite-relative-links', ...preRelease, '--out', out];
  const packaged = await run(process.execPath, [vsce, 'package', ...options], { cwd: staged });
  const warnings = `${packaged.stdout}${packaged.stderr}`.split('\n').filter((line) => line.includes('WARN'));
  if (warnings.length > 0) throw new Error(warnings.join('\n'));
  const { size } = await stat(out);
  console.log(`dist/composure.vsix ${(size / 1000).toFixed(0)} kB`);
  if (size > sizeLimit) throw new Error(`dist/composure.vsix is larger than ${sizeLimit / 1000} kB`);
});

/**
 * Copies what ships; what nobody reads but programs, without spaces.
 *
 * @param {readonly string[]} files
 * @param {any} manifest
 */
async function stage(files, manifest) {
  const addresses = addressesOf(manifest);
  const project = {
    has: (/** @type {string} */ path) => existsSync(join(root, path)),
    read: (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8'),
  };
  const pages = files.filter((path) => path.endsWith('.md'));
  const broken = pages.flatMap((path) => brokenLinks(path, project));
  if (broken.length > 0) throw new Error(`links that lead nowhere:\n${broken.join('\n')}`);

  await rm(staged, { recursive: true, force: true });
  const shipped = new Set(files);
  for (const path of [...files, '.vscodeignore']) {
    const target = join(staged, path);
    await mkdir(dirname(target), { recursive: true });
    if (path.endsWith('.json')) await writeFile(target, JSON.stringify(JSON.parse(project.read(path))));
    else if (!path.endsWith('.md')) await cp(join(root, path), target);
    else {
      const keep = (/** @type {string} */ other) => !shownAlone.has(path) && shipped.has(other);
      await writeFile(target, withAddresses(path, project.read(path), addresses, keep));
    }
  }
  await writeFile(join(staged, 'package.json'), JSON.stringify(packagedManifest(manifest, addresses)));
}

/** @param {any} manifest @param {ReturnType<typeof addressesOf>} addresses */
function packagedManifest(manifest, addresses) {
  const kept = Object.entries(manifest).filter(([key]) => !leftBehind.includes(key));
  return {
    ...Object.fromEntries(kept),
    homepage: addresses.homepage,
    bugs: { url: addresses.bugs },
    qna: addresses.questions,
  };
}
