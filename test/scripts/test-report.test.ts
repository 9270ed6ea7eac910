import { describe, expect, it } from 'vitest';
import {
  countOf,
  failuresOf,
  replaced,
  skippedTests,
  worthASecondLook,
} from '../../scripts/lib/test-report.mjs';

const file = (name: string, ...statuses: readonly string[]) => ({
  name,
  status: statuses.includes('failed') || statuses.length === 0 ? 'failed' : 'passed',
  assertionResults: statuses.map((status, index) => ({ status, fullName: `${name} ${index}` })),
});

function report(...testResults: readonly ReturnType<typeof file>[]) {
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  const count = (wanted: string) => all.filter(({ status }) => status === wanted).length;
  return {
    testResults,
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('skipped'),
    numTodoTests: 0,
  };
}

describe('the count of a run', () => {
  it('is what the report says', () => {
    expect(countOf(report(file('a', 'passed', 'skipped'), file('b', 'failed')), 1)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 1,
    });
  });

  it('has a failure for what could not even be loaded', () => {
    expect(countOf(report(file('a', 'passed'), file('b')), 1).failed).toBe(1);
  });

  it('names what was skipped and what failed', () => {
    const seen = report(file('a', 'passed', 'skipped'), file('b', 'failed'));
    expect([...skippedTests(seen)].map(({ name }) => name)).toEqual(['a 1']);
    expect(failuresOf(seen)).toEqual(['b 0']);
    expect(failuresOf(report(file('a', 'passed'), file('b')))).toEqual(['b: no test of it ran']);
  });
});

describe('a second look', () => {
  const first = report(file('a', 'passed', 'passed'), file('b', 'failed', 'passed', 'skipped'));

  it('is at the files that failed', () => {
    expect(worthASecondLook(first)).toEqual(['b']);
  });

  it('is not at many: then it is not the machine', () => {
    expect(
      worthASecondLook(report(...['a', 'b', 'c', 'd', 'e'].map((name) => file(name, 'failed')))),
    ).toEqual([]);
  });

  it('counts instead of the first one, whether it passed or not', () => {
    const count = countOf(first, 1);
    expect(replaced(count, first, ['b'], { passed: 3, failed: 0, skipped: 0 })).toEqual({
      passed: 5,
      failed: 0,
      skipped: 0,
    });
    expect(replaced(count, first, ['b'], { passed: 1, failed: 1, skipped: 1 })).toEqual({
      passed: 3,
      failed: 1,
      skipped: 1,
    });
  });
});
