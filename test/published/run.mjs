// npm run check:published -- FOLDER [--take N] [--every N] [--without-reference] [--report FILE]: every project in a folder of Compose files, as Docker Compose reads it
// and as the language server treats it. `--every 10` looks at formatting, actions and renames of each tenth only; agreement and errors are looked at in all. `--take 10`: a tenth of the files,
// evenly. The folder is not written to. Status 1: something differs.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { build } from 'esbuild';
import { installEngine, whyNoEngine } from '../../scripts/lib/engine.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Milliseconds for a project; a remote resource that does not answer ends there. */
const patience = 30_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    take: { type: 'string', default: '1' },
    every: { type: 'string', default: '1' },
    'without-reference': { type: 'boolean', default: false },
    report: { type: 'string' },
  },
});
const [folder] = positionals;
const [take, every] = [Number(values.take), Number(values.every)];
if (
  folder === undefined ||
  positionals.length !== 1 ||
  ![take, every].every((each) => Number.isSafeInteger(each) && each > 0)
) {
  console.error(
    'Usage: npm run check:published -- FOLDER [--take N] [--every N] [--without-reference] [--report FILE]',
  );
  process.exit(2);
}

const { casesIn, checkDocument, runCommand, startServer } = await bundled();
const reference = values['without-reference'] ? undefined : await installedReference();
const cases = casesIn(resolve(folder)).filter((_, index) => index % take === 0);
const tally = { agree: 0, differ: 0, refusedByBoth: 0, known: 0, actions: 0, renames: 0, treated: 0 };
/** @type {{ name: string, what: string, detail: string }[]} */
const findings = [];
/** A server for each environment. */
const clients = new Map();
const begun = performance.now();
for (const [index, one] of cases.entries()) {
  const find = (/** @type {string} */ what, /** @type {string} */ detail) => {
    findings.push({ name: one.name, what, detail });
  };
  const accepted = reference === undefined ? undefined : await agreement(one, reference, find);
  // What the options of a case do, the server is not told.
  const judged = one.options.length > 0 || one.differs !== undefined ? undefined : accepted;
  if (index % every === 0) {
    const environment = JSON.stringify(one.environment);
    const client = clients.get(environment) ?? (await startServer(one.environment));
    clients.set(environment, client);
    const checked = await checkDocument(client, one, readFileSync(one.document, 'utf8'), judged);
    for (const { what, detail } of checked.findings) find(what, detail);
    tally.actions += checked.actions;
    tally.renames += checked.renames;
    tally.treated += 1;
  }
  if ((index + 1) % 100 === 0)
    console.log(`${index + 1} of ${cases.length}, ${Math.round((performance.now() - begun) / 1000)} s`);
}
for (const { name, what, detail } of findings)
  console.log(`${what}: ${name}${detail === '' ? '' : `: ${detail}`}`);
if (values.report !== undefined) writeFileSync(values.report, `${JSON.stringify(findings, undefined, 2)}\n`);
console.log(
  `${cases.length} files. ${
    reference === undefined
      ? 'Docker Compose was not asked.'
      : `Docker Compose: ${tally.agree} the same, ${tally.refusedByBoth} refused by both, ${tally.known} known to differ, ${tally.differ} differ.`
  } ${tally.treated} formatted, ${tally.actions} actions, ${tally.renames} renames. ${findings.length} findings.`,
);
// A server that is closed ends its process, which is this one: before the others are closed, and with status 0.
process.exit(findings.length > 0 ? 1 : 0);

/** Whether Docker Compose takes a project; what it makes of it must be what we make of it. */
async function agreement(one, { docker, env }, find) {
  const words = [...one.files.flatMap((file) => ['-f', file]), ...one.options, 'config', '--format', 'json'];
  const theirs = await new Promise((done) => {
    execFile(
      docker,
      ['compose', ...words],
      { cwd: one.cwd, env: { ...env, ...one.environment }, timeout: patience, maxBuffer: 64_000_000 },
      (error, output, errors) => done({ accepts: error === null, output, errors }),
    );
  });
  const ours = await runCommand(words, { cwd: one.cwd, environment: one.environment });
  const accepts = ours.status === 0;
  const same =
    theirs.accepts === accepts &&
    (!accepts || isDeepStrictEqual(comparable(theirs.output), comparable(ours.output)));
  if (one.differs !== undefined) tally.known += 1;
  else if (!same) {
    tally.differ += 1;
    if (theirs.accepts !== accepts)
      find(
        accepts ? 'only Docker Compose refuses' : 'only we refuse',
        lastLine(accepts ? theirs.errors : ours.errors),
      );
    else find('another project', difference(comparable(theirs.output), comparable(ours.output)));
  } else if (accepts) tally.agree += 1;
  else tally.refusedByBoth += 1;
  return theirs.accepts;
}

/** Without the default of bind mounts, which only older releases print. */
function comparable(output) {
  return JSON.parse(output, (key, value) =>
    key === 'create_host_path' && value === true ? undefined : value,
  );
}

/** The first path at which two values differ. */
function difference(theirs, ours, path = '') {
  if (typeof theirs === 'object' && typeof ours === 'object' && theirs !== null && ours !== null)
    for (const key of new Set([...Object.keys(theirs), ...Object.keys(ours)]))
      if (!isDeepStrictEqual(theirs[key], ours[key]))
        return difference(theirs[key], ours[key], `${path}/${key}`);
  return `${path}: ${JSON.stringify(theirs)?.slice(0, 200)}, ours: ${JSON.stringify(ours)?.slice(0, 200)}`;
}

function lastLine(text) {
  return text.trim().split('\n').at(-1) ?? '';
}

async function installedReference() {
  const reason = await whyNoEngine();
  if (reason) {
    console.log(`Docker Compose is not asked: ${reason}`);
    return undefined;
  }
  const { bin, env } = await installEngine();
  return { docker: join(bin, 'docker'), env };
}

/** The checks are TypeScript, as the tests are. */
async function bundled() {
  const outfile = join(root, 'dist/check-published.mjs');
  await build({
    stdin: {
      contents: `export { casesIn } from './cases.ts'; export { checkDocument, startServer } from './check.ts'; export { runCommand } from '../cli/run-command.ts';`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      loader: 'ts',
    },
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}
