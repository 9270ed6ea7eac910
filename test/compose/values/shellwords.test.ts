import { describe, expect, test } from 'vitest';
import { parseShellWords } from '#compose/values/shellwords.ts';

describe('command lines', () => {
  test.each([
    ['', []],
    ['  echo   a\tb\n', ['echo', 'a', 'b']],
    [`sh -c 'echo "a b"; sleep 1'`, ['sh', '-c', 'echo "a b"; sleep 1']],
    ['a"b c"d', ['ab cd']],
    [`"it's"`, ["it's"]],
    ["''", ['']],
    ['a "" b', ['a', '', 'b']],
    ['a\\ b', ['a b']],
    ['a\\nb "\\t"', ['anb', 't']],
    [`'a\\nb'`, ['a\\nb']],
    ['"a\\"b"', ['a"b']],
    ['echo $HOME ${X}', ['echo', '$HOME', '${X}']],
    ['echo a && echo b', ['echo', 'a']],
    ['echo a;b', ['echo', 'a']],
    ['echo "a;b" | x', ['echo', 'a;b']],
    ['echo a 2> b', ['echo', 'a']],
    ['echo a2> b', ['echo', 'a2']],
    ['echo `a b`', ['echo', '`a b`']],
    ['echo $(a b)', ['echo', '$(a b)']],
  ])('%j', (line, words) => {
    expect(parseShellWords(line)).toEqual({ kind: 'words', words });
  });

  test.each([
    ['echo "open', 5],
    ["echo 'a", 5],
    ['echo `a', 5],
    ['echo $(a', 6],
    ['echo (a)', 5],
    ['echo a)', 6],
    ['echo a\\', 6],
  ])('%j is refused', (line, start) => {
    expect(parseShellWords(line)).toMatchObject({ kind: 'error', start });
  });
});
