// What Vitest's JSON report says, counted; and which of it is worth a second look.

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** More files than this do not fail by the machine's doing. */
const mostUnsteady = 4;

/**
 * @param {any} report
 * @param {number} code Vitest's exit status: a file that could not be loaded, or a set-up that failed, has no test to its name.
 * @returns {Count}
 */
export function countOf(report, code) {
  return {
    passed: report.numPassedTests,
    failed: Math.max(report.numFailedTests, code === 0 ? 0 : 1),
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** The tests that did not run, each with its reason. @param {any} report @returns {Generator<{ name: string, reason: string }>} */
export function* skippedTests(report) {
  for (const file of report.testResults ?? [])
    for (const test of file.assertionResults ?? [])
      if (['skipped', 'pending', 'todo', 'disabled'].includes(test.status))
        yield { name: test.fullName, reason: test.meta?.reason ? `: ${test.meta.reason}` : '' };
}

/** What failed, by its whole name: tests, and files that have none since they could not be loaded or set up. @param {any} report @returns {string[]} */
export function failuresOf(report) {
  return (report.testResults ?? []).flatMap((/** @type {any} */ file) => {
    const tests = (file.assertionResults ?? []).filter((/** @type {any} */ test) => test.status === 'failed');
    if (tests.length > 0) return tests.map((/** @type {any} */ test) => test.fullName);
    return file.status === 'failed' ? [`${file.name}: ${file.message || 'no test of it ran'}`] : [];
  });
}

/**
 * The files to be run once more: those that failed, if they are few; none if something failed that is no file.
 *
 * @param {any} report
 * @returns {string[]}
 */
export function worthASecondLook(report) {
  const files = (report.testResults ?? [])
    .filter((/** @type {any} */ file) => file.status === 'failed')
    .map((/** @type {any} */ file) => file.name);
  return files.length > mostUnsteady ? [] : files;
}

/**
 * The count with some of its files run again: what these files gave the first time is replaced.
 *
 * @param {Count} count
 * @param {any} first The whole report.
 * @param {readonly string[]} files
 * @param {Count} again
 * @returns {Count}
 */
export function replaced(count, first, files, again) {
  const before = first.testResults
    .filter((/** @type {any} */ file) => files.includes(file.name))
    .flatMap((/** @type {any} */ file) => file.assertionResults ?? []);
  const passed = before.filter((/** @type {any} */ test) => test.status === 'passed').length;
  const failed = before.filter((/** @type {any} */ test) => test.status === 'failed').length;
  return {
    passed: count.passed - passed + again.passed,
    failed: again.failed,
    skipped: count.skipped - (before.length - passed - failed) + again.skipped,
  };
}
