// node scripts/test.mjs [part…]: every test, or those of the named parts (unit, conformance, engine, vscode).
//
// Installs what the tests need where it can; a part that cannot run here is skipped with its reason and counted. The last line is
// `N passed, N failed, N skipped`.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { whyNoDebian } from './lib/debian.mjs';
import { whyNoEngine } from './lib/engine.mjs';
import { run, script } from './lib/processes.mjs';
import { countOf, failuresOf, replaced, skippedTests, worthASecondLook } from './lib/test-report.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const results = join(root, 'test-results');

/**
 * In this order: what fails quickest comes first. `whyNot` says why a part cannot run on this machine. `isReal`: engines and windows take part. These
 * parts have engines of their own and mostly wait for them, so they run side by side, each with its output in one piece. A busy machine can make a
 * test of theirs fail; the files with such tests are run again when nothing else runs, and a test is told as unsteady if it passes then: a fault of
 * the test or the product all the same.
 */
const parts = [
  { name: 'unit', isReal: false, whyNot: async () => undefined },
  { name: 'conformance', isReal: false, whyNot: async () => undefined },
  { name: 'engine', isReal: true, whyNot: whyNoEngine },
  { name: 'vscode', isReal: true, whyNot: async () => (await whyNoDebian()) ?? (await whyNoEngine()) },
];

/** @typedef {import('./lib/test-report.mjs').Count} Count */
/** @typedef {(typeof parts)[number]} Part */
/** @typedef {{ count: Count, failed: readonly string[], report?: any }} Outcome `failed`: by their names. `report`: Vitest's, of a first run. */

await script(async ({ signal }) => {
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !parts.some((part) => part.name === name));
  if (unknown.length > 0)
    throw new Error(
      `no such part: ${unknown.join(', ')}. There are ${parts.map((part) => part.name).join(', ')}.`,
    );

  if (!existsSync(join(root, 'node_modules', 'vitest'))) await npm('ci', '--no-progress');
  await npm('run', 'package');
  await rm(results, { recursive: true, force: true });
  await mkdir(results, { recursive: true });

  const wanted = parts.filter(({ name }) => named.length === 0 || named.includes(name));
  /** @type {Outcome[]} */
  const outcomes = [];
  for (const part of wanted.filter(({ isReal }) => !isReal))
    if (!signal.aborted) outcomes.push(await runPart(part));
  const real = wanted.filter(({ isReal }) => isReal);
  // The last of them is the longest: its lines come as they are written.
  if (!signal.aborted) {
    const looks = await Promise.all(real.map((part, at) => runPart(part, at < real.length - 1)));
    for (const [at, part] of real.entries()) outcomes.push(await secondLook(part.name, looks[at]));
  }

  // Once more at the end: a part that passes is long, and what stood before it is lost to who reads the last lines.
  for (const { failed } of outcomes) for (const test of failed) console.log(`failed: ${test}`);
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ kind) =>
    outcomes.reduce((total, { count }) => total + count[kind], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  return sum('failed') === 0 ? 0 : 1;
});

/**
 * @param {Part} part
 * @param {boolean} [together] Its output is written in one piece, at its end.
 * @returns {Promise<Outcome>}
 */
async function runPart({ name, isReal, whyNot }, together = false) {
  const reason = await whyNot();
  if (reason !== undefined) {
    console.log(`skipped: ${name}: ${reason}`);
    return { count: { passed: 0, failed: 0, skipped: 1 }, failed: [] };
  }
  const { report, code } = await runTests(name, name, { workers: isReal ? '1' : '100%', together });
  if (report === undefined)
    return {
      count: { passed: 0, failed: 1, skipped: 0 },
      failed: [`${name}: the tests did not come to an end (exit status ${code})`],
    };
  for (const { name: test, reason } of skippedTests(report))
    console.log(`skipped: ${name}: ${test}${reason}`);
  const count = countOf(report, code);
  return { count, failed: count.failed > 0 ? toldFailures(name, report) : [], report };
}

/**
 * What failed of a part with engines or windows, run again by itself.
 *
 * @param {string} name
 * @param {Outcome} first
 * @returns {Promise<Outcome>}
 */
async function secondLook(name, first) {
  const files = first.report !== undefined && first.count.failed > 0 ? worthASecondLook(first.report) : [];
  if (files.length === 0) return first;
  console.log(`${name}: running the failed files again (${files.length})`);
  const { report, code } = await runTests(name, `${name}-again`, { workers: '1', files });
  if (report === undefined) return first;
  const again = countOf(report, code);
  if (again.failed === 0)
    for (const test of failuresOf(first.report)) console.log(`unsteady: ${name}: ${test}`);
  return {
    count: replaced(first.count, first.report, files, again),
    failed: again.failed > 0 ? toldFailures(name, report) : [],
  };
}

/** @param {string} name @param {any} report */
function toldFailures(name, report) {
  const failures = failuresOf(report);
  if (failures.length === 0) failures.push('an error outside the tests; it stands above');
  return failures.map((test) => `${name}: ${test}`);
}

/**
 * @param {string} project
 * @param {string} reportName
 * @param {{ workers: string, files?: readonly string[], together?: boolean }} options `files`: none for all of them.
 */
async function runTests(project, reportName, { workers, files = [], together = false }) {
  const file = join(results, `${reportName}.json`);
  const { code, stdout, stderr } = await run(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...['--project', project],
      // Vitest would leave a core to itself, which then does next to nothing.
      `--maxWorkers=${workers}`,
      // A line per file, and what failed.
      ...['--reporter', 'default', '--reporter', 'json', `--outputFile.json=${file}`],
      ...files,
    ],
    {
      cwd: root,
      env: { ...process.env, COMPOSURE_TEST_PACKAGED: '1' },
      quiet: together,
      acceptFailure: true,
    },
  );
  if (together) process.stdout.write(`${stdout}${stderr}`);
  return { report: existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : undefined, code };
}

/** @param {...string} parameters */
async function npm(...parameters) {
  await run('npm', parameters, { cwd: root, quiet: false });
}
