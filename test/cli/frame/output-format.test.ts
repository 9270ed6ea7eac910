import { expect, it } from 'vitest';
import { parseOptions } from '#cli/frame/options.ts';
import { formatIn } from '#cli/frame/session.ts';

const formatOf = (...words: readonly string[]) => {
  const options = [{ name: 'format', type: 'text', description: '' }] as const;
  return formatIn(parseOptions(words, options, { interspersed: true }).values, ['table', 'json']);
};

it('the output format is taken in whatever case, and is the first that is known where none is given', () => {
  expect(formatOf()).toBe('table');
  expect(formatOf('--format', '')).toBe('table');
  expect(formatOf('--format', 'json')).toBe('json');
  expect(formatOf('--format', 'JSON')).toBe('json');
  expect(() => formatOf('--format', 'Yaml')).toThrow(
    'format value "Yaml" could not be parsed: parsing failed',
  );
});
