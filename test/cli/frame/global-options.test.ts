import { expect, it } from 'vitest';
import { globalOptions, toGlobalOptions } from '#cli/frame/global-options.ts';
import { parseOptions } from '#cli/frame/options.ts';

const read = (...words: readonly string[]) =>
  toGlobalOptions(parseOptions(words, globalOptions, { interspersed: false }).values);

it.each([
  [[], undefined],
  [['--parallel', '-1'], undefined],
  [['--parallel=-1'], undefined],
  [['--parallel', '-7'], undefined],
  [['--parallel', '4'], 4],
])('%j: as much at once as %s', (words, expected) => {
  expect(read(...words).parallel).toBe(expected);
});

it('takes several env files from one option', () => {
  expect(read('--env-file', 'a,b', '--env-file', 'c').envFiles).toEqual(['a', 'b', 'c']);
});

it('has former names of options', () => {
  expect(read('--workdir', '/w').projectDirectory).toBe('/w');
  expect(read('--workdir', '/w', '--project-directory', '/p').projectDirectory).toBe('/p');
  expect(read('--no-ansi', '--ansi', 'always').ansi).toBe('never');
  expect(read().ansi).toBe('auto');
});
