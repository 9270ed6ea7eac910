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

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const results = join(root, 'test-results');

/** In this order: what fails quickest comes first. `whyNot` says why a part cannot run on this machine. */
const parts = [
  { name: 'unit', whyNot: async () => undefined },
  { name: 'conformance', whyNot: async () => undefined },
  { name: 'engine', whyNot: whyNoEngine },
  { name: 'vscode', whyNot: async () => (await whyNoDebian()) ?? (await whyNoEngine()) },
];

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

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
  for (const part of parts) {
    if (signal.aborted || (named.length > 0 && !named.includes(part.name))) continue;
    const reason = await part.whyNot();
    if (reason !== undefined) {
      console.log(`skipped: ${part.name}: ${reason}`);
      total.skipped += 1;
      continue;
    }
    const count = await runPart(part.name);
    total.passed += count.passed;
    total.failed += count.failed;
    total.skipped += count.skipped;
  }
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0 ? 0 : 1;
});

/** @param {string} name @returns {Promise<Count>} */
async function runPart(name) {
  const file = join(results, `${name}.json`);
  const { code } = await run(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...['--project', name],
      // A line per file, and what failed.
      ...['--reporter', 'default', '--reporter', 'json', `--outputFile.json=${file}`],
    ],
    { cwd: root, quiet: false, acceptFailure: true },
  );
  const report = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : undefined;
  if (report === undefined) {
    console.error(`${name}: the tests did not come to an end (exit status ${code})`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  for (const { name: test, reason } of skippedTests(report))
    console.log(`skipped: ${name}: ${test}${reason}`);
  const skipped = report.numPendingTests + report.numTodoTests;
  // A file that could not be loaded, or a set-up that failed, has no test to its name.
  const failed = Math.max(report.numFailedTests, code === 0 ? 0 : 1);
  return { passed: report.numPassedTests, failed, skipped };
}

/** @param {any} report */
function* skippedTests(report) {
  for (const file of report.testResults ?? [])
    for (const test of file.assertionResults ?? [])
      if (['skipped', 'pending', 'todo', 'disabled'].includes(test.status))
        yield { name: test.fullName, reason: test.meta?.reason ? `: ${test.meta.reason}` : '' };
}

/** @param {...string} parameters */
async function npm(...parameters) {
  await run('npm', parameters, { cwd: root, quiet: false });
}
