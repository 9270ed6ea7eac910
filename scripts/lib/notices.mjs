// The licences of what is really in a bundle, as esbuild's metafile tells it.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Licences that ask for their text, and for nothing of the program. Another one is a decision to be made before it ships. */
const accepted = [
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'Python-2.0',
];

/**
 * The folders of the packages of which something was written to a bundle, relative to the root, sorted.
 * @param {readonly Pick<import('esbuild').Metafile, 'outputs'>[]} metafiles
 */
export function bundledPackages(metafiles) {
  const folders = new Set();
  for (const { outputs } of metafiles)
    for (const { inputs } of Object.values(outputs))
      for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
        const folder = /^(?:[\w-]+:)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
        if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
      }
  return [...folders].sort();
}

/**
 * The text of THIRD-PARTY-NOTICES.txt: each package once a version, with its licence's whole text. Throws for a package without a licence that is accepted.
 * @param {string} root
 * @param {readonly string[]} folders
 */
export async function noticesText(root, folders) {
  const notices = new Map();
  for (const folder of folders) {
    const { name, version, license, repository, author } = JSON.parse(
      await readFile(join(root, folder, 'package.json'), 'utf8'),
    );
    const kind = typeof license === 'string' ? license : (license?.type ?? 'none');
    if (
      !kind
        .replace(/^\(|\)$/g, '')
        .split(' OR ')
        .some((each) => accepted.includes(each))
    )
      throw new Error(
        `${name} ${version} is bundled, and its licence is ${kind}: see scripts/lib/notices.mjs.`,
      );
    const from = typeof repository === 'string' ? repository : (repository?.url ?? '');
    const by = typeof author === 'string' ? author : (author?.name ?? '');
    const text = (await licenceTexts(join(root, folder))).join('\n\n');
    const whole =
      text === ''
        ? `Licensed under ${kind}.${by === '' ? '' : ` Copyright ${by}.`} The package has no text of it.`
        : text;
    const head = [`${name} ${version} (${kind})`, from.replace(/^git\+/, '').replace(/\.git$/, '')].filter(
      (line) => line !== '',
    );
    notices.set(`${name} ${version}`, `${head.join('\n')}\n\n${whole}`);
  }
  const line = '-'.repeat(80);
  return [
    `Third-party notices\n\nParts of these packages are in the files of this extension. Each is under its own licence, which follows.\n`,
    ...[...notices.keys()].sort().map((key) => `${notices.get(key)}\n`),
  ].join(`\n${line}\n\n`);
}

/** @param {string} folder */
async function licenceTexts(folder) {
  const names = (await readdir(folder)).filter(
    (name) => /^(?:licen[cs]e|copying|notice|thirdpartynotices)/i.test(name) && !/\.[cm]?[jt]s$/.test(name),
  );
  const texts = [];
  for (const name of names.sort())
    texts.push((await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n').trim());
  return texts;
}
