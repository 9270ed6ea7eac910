import { describe, expect, it } from 'vitest';
import { type OptionSpec, parseOptions } from '#cli/frame/options.ts';

const specs: readonly OptionSpec[] = [
  { name: 'all', short: 'a', type: 'flag', description: '' },
  { name: 'follow', short: 'f', type: 'flag', description: '' },
  { name: 'tty', short: 't', type: 'flag', default: 'true', description: '' },
  { name: 'name', short: 'n', type: 'text', default: 'x', description: '' },
  { name: 'env', short: 'e', type: 'list', description: '' },
  { name: 'index', type: 'number', description: '' },
];

function parse(line: string, interspersed = true) {
  const { values, rest } = parseOptions(line === '' ? [] : line.split(' '), specs, { interspersed });
  return {
    all: values.flag('all'),
    follow: values.flag('follow'),
    tty: values.flag('tty'),
    name: values.text('name'),
    env: values.list('env'),
    index: values.number('index'),
    rest,
  };
}
const nothing = { all: false, follow: false, tty: true, name: 'x', env: [], index: undefined, rest: [] };

describe('options', () => {
  it.each([
    ['', {}],
    ['--all', { all: true }],
    ['-af', { all: true, follow: true }],
    ['--tty=false', { tty: false }],
    ['-t=0', { tty: false }],
    ['--name y', { name: 'y' }],
    ['--name=y=z', { name: 'y=z' }],
    ['-ny', { name: 'y' }],
    ['-n y', { name: 'y' }],
    ['-n=y', { name: 'y' }],
    ['-an y', { all: true, name: 'y' }],
    ['-n --all', { name: '--all' }],
    ['-e A=1 --env B=2', { env: ['A=1', 'B=2'] }],
    ['--index 3', { index: 3 }],
    ['web -a db', { all: true, rest: ['web', 'db'] }],
    ['-a -- -f web', { all: true, rest: ['-f', 'web'] }],
    ['- -a', { all: true, rest: ['-'] }],
  ])('%s', (line, expected) => {
    expect(parse(line)).toEqual({ ...nothing, ...expected });
  });

  it('end at the first argument when what follows belongs to another command', () => {
    expect(parse('-a sh -c x --all', false)).toEqual({
      ...nothing,
      all: true,
      rest: ['sh', '-c', 'x', '--all'],
    });
  });

  it.each([
    ['--nosuch', 'unknown flag: --nosuch'],
    ['-x', "unknown shorthand flag: 'x' in -x"],
    ['-ax', "unknown shorthand flag: 'x' in -ax"],
    ['--name', 'flag needs an argument: --name'],
    ['-n', "flag needs an argument: 'n' in -n"],
    ['--index three', 'invalid argument "three" for "--index" flag'],
    ['--all=maybe', 'invalid argument "maybe" for "-a, --all" flag'],
  ])('%s is refused', (line, message) => {
    expect(() => parse(line)).toThrow(message);
  });
});
