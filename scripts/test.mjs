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
 * In this order: what fails quickest comes first. `whyNot` says why a part cannot run on this machine. `isReal`: engines and windows take part, so that a
 * busy machine can make a test fail; the files with such tests are run again by themselves, and a test is told as unsteady if it passes then: a fault of the test or the product all the same.
 * `workers`: how many files at a time. Engine and window tests wait much, and each worker has engines of its own.
 */
const parts = [
  { name: 'unit', workers: '100%', isReal: false, whyNot: async () => undefined },
  { name: 'conformance', workers: '100%', isReal: false, whyNot: async () => undefined },
  { name: 'engine', workers: '2', isReal: true, whyNot: whyNoEngine },
  {
    name: 'vscode',
    workers: '2',
    isReal: true,
    whyNot: async () => (await whyNoDebian()) ?? (await whyNoEngine()),
  },
];

/** @typedef {import('./lib/test-report.mjs').Count} Count */
/** @typedef {(typeof parts)[number]} Part */

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

  /** @type {Count} */
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const failed = [];
  for (const part of parts) {
    if (signal.aborted || (named.length > 0 && !named.includes(part.name))) continue;
    const reason = await part.whyNot();
    if (reason !== undefined) {
      console.log(`skipped: ${part.name}: ${reason}`);
      total.skipped += 1;
      continue;
    }
    const count = await runPart(part, failed);
    total.passed += count.passed;
    total.failed += count.failed;
    total.skipped += count.skipped;
  }
  // Once more at the end: a part that passes is long, and what stood before it is lost to who reads the last lines.
  for (const test of failed) console.log(`failed: ${test}`);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0 ? 0 : 1;
});

/** @param {Part} part @param {string[]} failed Gets what failed, by its names. @returns {Promise<Count>} */
async function runPart({ name, workers, isReal }, failed) {
  const { report, code } = await runTests(name, name, workers, []);
  if (report === undefined) {
    failed.push(`${name}: the tests did not come to an end (exit status ${code})`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  for (const { name: test, reason } of skippedTests(report))
    console.log(`skipped: ${name}: ${test}${reason}`);
  const count = countOf(report, code);
  const files = isReal && count.failed > 0 ? worthASecondLook(report) : [];
  const tell = (/** @type {any} */ last) => {
    const failures = failuresOf(last);
    if (failures.length === 0) failures.push('an error outside the tests; it stands above');
    failed.push(...failures.map((test) => `${name}: ${test}`));
  };
  if (files.length === 0) {
    if (count.failed > 0) tell(report);
    return count;
  }
  console.log(`${name}: running the failed files again (${files.length})`);
  const second = await runTests(name, `${name}-again`, '1', files);
  if (second.report === undefined) {
    tell(report);
    return count;
  }
  const again = countOf(second.report, second.code);
  if (again.failed > 0) tell(second.report);
  else for (const test of failuresOf(report)) console.log(`unsteady: ${name}: ${test}`);
  return replaced(count, report, files, again);
}

/** @param {string} project @param {string} reportName @param {string} workers @param {readonly string[]} files None: all of them. */
async function runTests(project, reportName, workers, files) {
  const file = join(results, `${reportName}.json`);
  const { code } = await run(
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
      quiet: false,
      acceptFailure: true,
    },
  );
  return { report: existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : undefined, code };
}

/** @param {...string} parameters */
async function npm(...parameters) {
  await run('npm', parameters, { cwd: root, quiet: false });
}
