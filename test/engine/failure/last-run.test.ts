import { linesOfLastRun } from '#engine/failure/last-run.ts';
import { expect, test } from 'vitest';

const at = (time: number) => ({ text: `at ${time}`, time });
const lines = [at(1000), at(5000), at(9000), at(10_200)];
const times = (...words: Parameters<typeof linesOfLastRun>) =>
  linesOfLastRun(...words).map(({ time }) => time);

test.each([
  ['one that ended: since its start', 'exited', 10_000, 11_000, [9000, 10_200]],
  ['one that ended before its start was noted: what it wrote until then', 'exited', 13_000, 10_300, [10_200]],
  ['one that was removed while it ended', 'dead', 10_000, undefined, [9000, 10_200]],
  ['one that runs for the first time', 'running', 9500, undefined, [9000, 10_200]],
  ['one that runs after an end: nothing from before', 'running', 9500, 9200, [10_200]],
] as const)('%s', (_what, state, startedAt, finishedAt, expected) => {
  expect(times(lines, { state, restartCount: 0, startedAt, finishedAt })).toEqual(expected);
});

test('of one that is being restarted, and of one that never started, all', () => {
  expect(
    linesOfLastRun(lines, { state: 'restarting', restartCount: 3, startedAt: 10_000, finishedAt: 10_300 }),
  ).toBe(lines);
  expect(
    linesOfLastRun(lines, { state: 'created', restartCount: 0, startedAt: undefined, finishedAt: undefined }),
  ).toBe(lines);
});

test('lines without a time stay', () => {
  const untimed = [{ text: 'x', time: undefined }];
  expect(linesOfLastRun(untimed, { state: 'exited', restartCount: 0, startedAt: 5, finishedAt: 9 })).toEqual(
    untimed,
  );
});
