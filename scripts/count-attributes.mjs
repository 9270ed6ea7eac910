// node scripts/count-attributes.mjs FOLDER…: how often each attribute, and each value of an enumeration, is written in the Compose files below folders, as the
// lines of server/src/completion/counts.ts. A folder holds collections, each a folder of its own; they count alike, however many files they have. A file is any
// YAML file with `services:`; one that is not YAML, or is a copy of another, is left out.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parse } from 'yaml';

const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error('Usage: node scripts/count-attributes.mjs FOLDER…, each a folder of collections.');
  process.exit(2);
}

/** Maps whose keys are names that their author chose. */
const named = [
  /^(?:services|networks|volumes|secrets|configs|models)$/,
  /^services\.\*\.(?:networks|depends_on|ulimits|models)$/,
];
/** Maps of which nothing is counted below. */
const free =
  /\.(?:environment|labels|args|driver_opts|options|sysctls|extra_hosts|annotations|additional_contexts|aux_addresses|storage_opt|runtime_flags|cache_from|cache_to)(?:\[\])?$/;
/** Places where one of a few values is written. */
const enumerations =
  /^services\.\*\.(?:restart|pull_policy|depends_on\.\*\.condition|deploy\.(?:mode|endpoint_mode|restart_policy\.condition|(?:update|rollback)_config\.(?:order|failure_action))|logging\.driver|ports\[\]\.(?:protocol|mode)|volumes\[\]\.type|develop\.watch\[\]\.action|network_mode|platform|cap_add\[\]|cap_drop\[\]|security_opt\[\]|stop_signal|healthcheck\.(?:interval|timeout|start_period|retries)|ipc|pid)$|^(?:networks|volumes)\.\*\.driver$/;

/** Of each collection, how often a word stands at a place. */
const collections = new Map();
const seen = new Set();
let files = 0;
for (const folder of folders)
  for (const path of yamlFilesBelow(folder)) {
    const text = readFileSync(path, 'utf8');
    if (!/^services:/m.test(text)) continue;
    const digest = createHash('sha256').update(text).digest('hex');
    if (seen.has(digest)) continue;
    seen.add(digest);
    const document = parsed(text);
    if (document === undefined) continue;
    files += 1;
    const name = relative(folder, path).split(sep)[0];
    const tally = collections.get(name) ?? new Map();
    collections.set(name, tally);
    walk(tally, document, '');
  }

/** Of the maps at a place that have any of it, how many have a word: in thousandths, each collection counted alike. */
const shares = new Map();
for (const tally of collections.values())
  for (const [place, words] of tally) {
    const { '': maps, ...counted } = Object.fromEntries(words);
    const total = shares.get(place) ?? { collections: 0, words: new Map() };
    shares.set(place, total);
    total.collections += 1;
    for (const [word, count] of Object.entries(counted))
      total.words.set(word, (total.words.get(word) ?? 0) + count / maps);
  }
console.log(`  // ${files} files, ${collections.size} collections`);
for (const [place, { collections: having, words }] of [...shares].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const listed = [...words]
    .map(([word, share]) => [word, Math.round((share / having) * 1000)])
    .filter(([word, share]) => share >= 2 && /^[\w.:+-]+$/.test(word))
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  if (listed.length > 1)
    console.log(`  '${place}': '${listed.map(([word, share]) => `${word} ${share}`).join(', ')}',`);
}

function walk(tally, value, place) {
  if (Array.isArray(value)) {
    for (const item of value) walk(tally, item, `${place}[]`);
    return;
  }
  if (typeof value !== 'object' || value === null) {
    if (enumerations.test(place)) count(tally, place, String(value));
    return;
  }
  if (free.test(place)) return;
  const isNamed = named.some((pattern) => pattern.test(place));
  if (!isNamed) add(tally, place, '');
  for (const [key, child] of Object.entries(value)) {
    if (key.startsWith('x-') || key === '<<') continue;
    if (!isNamed) add(tally, place, key);
    walk(tally, child, isNamed ? `${place}.*` : place === '' ? key : `${place}.${key}`);
  }
}

/** A word of which there is one. */
function count(tally, place, word) {
  add(tally, place, '');
  add(tally, place, word);
}

function add(tally, place, word) {
  const words = tally.get(place) ?? new Map();
  tally.set(place, words);
  words.set(word, (words.get(word) ?? 0) + 1);
}

function parsed(text) {
  try {
    const value = parse(text, { merge: true, logLevel: 'silent', maxAliasCount: 1000 });
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function yamlFilesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
