import { expect, it } from 'vitest';
import { globalOptions, toGlobalOptions } from '#cli/frame/global-options.ts';
import { parseOptions } from '#cli/frame/options.ts';

const given = (
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  command = 'ps',
) =>
  toGlobalOptions(parseOptions(words, globalOptions, { interspersed: false }).values, environment, command);
const read = (...words: readonly string[]) => given(words);

it.each([
  [[], {}, undefined],
  [['--parallel', '-1'], {}, -1],
  [['--parallel=-1'], { COMPOSE_PARALLEL_LIMIT: '3' }, -1],
  [['--parallel', '4'], {}, 4],
  [['--parallel', '4'], { COMPOSE_PARALLEL_LIMIT: 'x' }, 4],
  [[], { COMPOSE_PARALLEL_LIMIT: '+3' }, 3],
])('%j with %j: as much at once as %s', (words, environment, expected) => {
  expect(given(words, environment).parallel).toBe(expected);
});

it.each([
  [[], undefined],
  [['--progress', 'plain'], 'plain'],
  [['--progress='], undefined],
])('%j: progress as %s, whatever the variable says', (words, expected) => {
  expect(given(words, { COMPOSE_PROGRESS: words.length === 0 ? '' : 'json' }).progress).toBe(expected);
  expect(given([], { COMPOSE_PROGRESS: 'json' }).progress).toBe('json');
});

it.each<[readonly string[], Readonly<Record<string, string>>, RegExp]>([
  [[], { COMPOSE_PARALLEL_LIMIT: '' }, /must be an integer \(found: ""\)/],
  [[], { COMPOSE_PARALLEL_LIMIT: 'x' }, /must be an integer \(found: "x"\)/],
  [[], { COMPOSE_PROGRESS: 'bogus' }, /unsupported --progress value "bogus"/],
  [['--progress', 'rawjson'], {}, /unsupported --progress value "rawjson"/],
  [['--no-ansi', '--ansi', 'always'], {}, /"--no-ansi" and "--ansi"/],
  [['--workdir', '/w', '--project-directory', '/p'], {}, /"--workdir" and "--project-directory"/],
])('%j with %j is refused, but for version', (words, environment, message) => {
  expect(() => given(words, environment)).toThrow(message);
  expect(() => given(words, environment, 'version')).not.toThrow();
});

it('takes several env files from one option', () => {
  expect(read('--env-file', 'a,b', '--env-file', 'c').envFiles).toEqual(['a', 'b', 'c']);
});

it('has former names of options', () => {
  expect(read('--workdir', '/w').projectDirectory).toBe('/w');
  expect(read('--no-ansi').ansi).toBe('never');
  expect(read().ansi).toBe('auto');
});
