/**
 * Every sentence that a person sees, one to a line: where it is from, its key, its text. Of the manifest, the texts of the client, the engine and the
 * command line, the catalogues of problems and of the language server, the walkthrough and the documentation.
 *
 *     node scripts/sentences.mjs                       those of the working tree
 *     node scripts/sentences.mjs COMMIT                those of a commit
 *     node scripts/sentences.mjs COMMIT --changes      what has changed since: "- " before, "+ " after; the numbers at the end
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const catalogues = /^(?:compose\/problem\/messages|server\/src\/words)\/(?:en|fr)\/[\w-]+\.ts$/;
const pages = /^(?:README(?:\.\w+)?\.md|docs\/(?!decisions\/).*\.md|media\/walkthrough\/.*\.md)$/;

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });

/** Reads from a commit, or from the disk. */
function treeOf(commit) {
  return {
    paths: (commit === undefined
      ? git('ls-files', '--cached', '--others', '--exclude-standard')
      : git('ls-tree', '-r', '--name-only', commit)
    ).split('\n'),
    read: (path) =>
      commit === undefined ? readFileSync(`${root}/${path}`, 'utf8') : git('show', `${commit}:${path}`),
  };
}

/** @returns {{ language: 'en' | 'fr', source: string, key: string, text: string }[]} */
export function sentencesOf(commit) {
  const { paths, read } = treeOf(commit);
  const found = [];
  const add = (language, source, key, text) => {
    if (/\p{L}{2}/u.test(text)) found.push({ language, source, key, text });
  };
  for (const [key, text] of Object.entries(JSON.parse(read('package.nls.json'))))
    add('en', 'manifest', key, text);
  for (const [key, text] of Object.entries(JSON.parse(read('package.nls.fr.json'))))
    add('fr', 'manifest', key, text);
  for (const [english, french] of Object.entries(JSON.parse(read('l10n/bundle.l10n.fr.json')))) {
    add('en', 'code', english, english);
    add('fr', 'code', english, french);
  }
  for (const path of paths.filter((each) => catalogues.test(each)))
    for (const [key, text] of textsIn(read(path)))
      add(path.includes('/fr/') ? 'fr' : 'en', path.startsWith('server') ? 'server' : 'problems', key, text);
  for (const path of paths.filter((each) => pages.test(each)))
    for (const text of paragraphsOf(read(path)))
      add(/\.fr\.md$|\/fr\//.test(path) ? 'fr' : 'en', path, '', text);
  return found;
}

/** The properties of a catalogue that are texts. */
function textsIn(source) {
  return [
    ...source.matchAll(/^ {2}(?:'([^']+)'|(\w+)):\s+(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"),$/gm),
  ].map(([, quoted, plain, single, double]) => [
    quoted ?? plain,
    (single ?? double).replaceAll(/\\(?:u([\dA-F]{4})|(.))/g, (_, code, each) =>
      code === undefined ? each : String.fromCharCode(Number.parseInt(code, 16)),
    ),
  ]);
}

/** The sentences of a page: paragraphs, entries of lists and rows of tables taken apart, without code. */
function paragraphsOf(page) {
  return page
    .replaceAll(/^```.*?^```/gms, '')
    .split(/\n\s*\n|\n(?=\s*(?:[-*|#]|\d+\.))/)
    .flatMap((block) =>
      block
        .replaceAll(/[ \t\r\n]+/g, ' ')
        .trim()
        .split(/(?<=[.?!]) (?=[A-Z*`[])/),
    )
    .filter((text) => text !== '' && !/^[|\s:-]+$/.test(text));
}

const line = ({ language, source, key, text }) =>
  [language, source, source === 'code' ? '' : key, JSON.stringify(text)].join('\t');

function printChanges(commit) {
  const before = sentencesOf(commit);
  const after = sentencesOf();
  const without = (list, others) => {
    const known = new Set(others.map(line));
    return list.filter((each) => !known.has(line(each)));
  };
  const gone = without(before, after);
  const come = without(after, before);
  for (const each of gone) console.log(`- ${line(each)}`);
  for (const each of come) console.log(`+ ${line(each)}`);
  for (const language of ['en', 'fr']) {
    const count = (list) => list.filter((each) => each.language === language).length;
    console.log(
      `${language}: ${count(before)} before, ${count(after)} now, ${count(gone)} of those before changed`,
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [commit] = process.argv.slice(2).filter((each) => !each.startsWith('--'));
  if (process.argv.includes('--changes')) printChanges(commit);
  else for (const each of sentencesOf(commit)) console.log(line(each));
}
