import { describe, expect, test } from 'vitest';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { phrase } from '#compose/problem/phrase.ts';
import { parseDotenv } from '#compose/load/dotenv.ts';

const shell: Readonly<Record<string, string>> = { HOME: '/home/me', SHELL_WINS: 'shell' };
const lookup = (name: string) => shell[name];

function values(text: string, format = '', earlier: ReadonlyMap<string, string> = new Map()) {
  const { values: found, problem } = parseDotenv(text, lookup, earlier, format);
  expect(problem).toBeUndefined();
  return Object.fromEntries([...found].map(([name, { value }]) => [name, value]));
}

describe('env files', () => {
  test.each([
    ['A=1\nB=2\n', { A: '1', B: '2' }],
    ['A=1\nA=2\n', { A: '2' }],
    ['\ufeffA=1\r\nB="2"\r\n', { A: '1', B: '2' }],
    ['  # comment\n\n  A = 1  \n', { A: '1' }],
    ['A: 1\n', { A: '1' }],
    ['export A=1\nexport\tB=2\n', { A: '1', B: '2' }],
    ['exported=1\n', { exported: '1' }],
    ['HOME\nNOWHERE\n', { HOME: '/home/me' }],
    ['A=\nB= # nothing\nC=#x\n', { A: '', B: '# nothing', C: '#x' }],
    ['A=a#b # c\n', { A: 'a#b' }],
    ['A=b=c\n', { A: 'b=c' }],
    ["A='$HOME \\n it\\'s'\n", { A: "$HOME \\n it's" }],
    ['A="$HOME \\n \\"x\\" \\$HOME"\n', { A: '/home/me \n "x" $HOME' }],
    ['A="one\ntwo"\nB=3\n', { A: 'one\ntwo', B: '3' }],
    ['A="1" # comment\nB=2\n', { A: '1', B: '2' }],
    ['A="\\0101\\0777\\x"\n', { A: 'A\\777\\x' }],
    ['A=1\nB=${A}-${NOWHERE:-x}-$$A\n', { A: '1', B: '1-x-$A' }],
    ['SHELL_WINS=file\nB=$SHELL_WINS\n', { SHELL_WINS: 'file', B: 'shell' }],
    ['a.b-c[0]=1\nÄ=2\n', { 'a.b-c[0]': '1', Ä: '2' }],
    // What stands in a last line without a line break is a value of a variable without a name.
    ['A=1\nB', { A: '1', '': 'B' }],
  ])('%j', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  test('variables of earlier files count after those of the file', () => {
    const earlier = new Map([
      ['A', 'earlier'],
      ['B', 'earlier'],
    ]);
    expect(values('B=own\nC=$A $B\n', '', earlier)).toEqual({ B: 'own', C: 'earlier own' });
  });

  test.each([
    ['A/B=1\n', '/'],
    ['A B=1\n', 'A B'],
    ['A=1\nB="open\nC=2\n', '"open'],
    ["A='open", "'open"],
    ['A=${1}\n', '${1}'],
    ['A=1\nB="${NOWHERE:?no}"\n', '"${NOWHERE:?no}"'],
  ])('%j is refused', (text, wrong) => {
    const { problem } = parseDotenv(text, lookup);
    expect(problem && text.slice(problem.start, problem.end)).toBe(wrong);
  });

  test('keys and values know where they stand', () => {
    const text = '# c\nexport A = "one\ntwo" # x\nB=2 # y\n';
    const { values: found } = parseDotenv(text, lookup);
    const places = [...found.values()].map((entry) => [
      text.slice(entry.keyStart, entry.keyEnd),
      text.slice(entry.valueStart, entry.valueEnd),
    ]);
    expect(places).toEqual([
      ['A', '"one\ntwo"'],
      ['B', '2'],
    ]);
  });
});

test.each([
  ['A=1\n"C=1\n', 'A variable name cannot contain the character ".'],
  ["'A'=1\n", "A variable name cannot contain the character '."],
  ['“A=1\n', 'A variable name cannot contain the character “.'],
  ['A\u200b=1\n', 'A variable name cannot contain the character U+200B.'],
])('%j says which character it is', (text, message) => {
  expect(formatPhrase(parseDotenv(text, lookup).problem?.message ?? '')).toBe(message);
});

describe('env files without quotes and variables', () => {
  test('values as they are', () => {
    const text = '\ufeff# comment\n  A="$HOME" # kept \r\nHOME\nNOWHERE\nB=\n';
    expect(values(text, 'raw')).toEqual({ A: '"$HOME" # kept ', HOME: '/home/me', B: '' });
  });

  test.each([
    ['=1\n', '=1'],
    ['A B=1\n', 'A B'],
  ])('%j is refused', (text, wrong) => {
    const { problem } = parseDotenv(text, lookup, new Map(), 'raw');
    expect(problem && text.slice(problem.start, problem.end)).toBe(wrong);
  });

  test('other formats are refused', () => {
    expect(parseDotenv('A=1', lookup, new Map(), 'toml').problem?.message).toEqual(
      phrase('env-file.format', { format: 'toml' }),
    );
  });
});
