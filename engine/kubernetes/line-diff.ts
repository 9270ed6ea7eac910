/** Lines around a change that are shown with it. */
const context = 3;

/** More lines than this on both sides, multiplied, are shown as replaced altogether. */
const mostPairs = 25_000_000;

type Line = readonly [sign: ' ' | '-' | '+', text: string];

/** Two texts as `diff -u` shows them; empty when they are equal. `undefined` stands for no file. */
export function unifiedDiff(path: string, before: string | undefined, after: string | undefined): string {
  const lines = diffLines(linesOf(before), linesOf(after));
  const hunks = hunksOf(lines);
  if (hunks.length === 0 && before === after) return '';
  const from = before === undefined ? '/dev/null' : `a/${path}`;
  const to = after === undefined ? '/dev/null' : `b/${path}`;
  return `--- ${from}\n+++ ${to}\n${hunks.join('')}`;
}

function linesOf(text: string | undefined): readonly string[] {
  if (text === undefined || text === '') return [];
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** The fewest lines that make one of the other, by the longest common subsequence. */
function diffLines(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end++;
  const same = (lines: readonly string[]): readonly Line[] => lines.map((line) => [' ', line]);
  return [
    ...same(before.slice(0, start)),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ];
}

function middle(before: readonly string[], after: readonly string[]): readonly Line[] {
  const [rows, columns] = [before.length, after.length];
  const lines: Line[] = [];
  if (rows * columns > mostPairs) {
    return [...before.map((line): Line => ['-', line]), ...after.map((line): Line => ['+', line])];
  }
  const width = columns + 1;
  const common = new Uint32Array((rows + 1) * width);
  const at = (row: number, column: number) => common[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      common[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  let [row, column] = [0, 0];
  while (row < rows || column < columns) {
    if (row < rows && column < columns && before[row] === after[column]) {
      lines.push([' ', before[row++] ?? '']);
      column++;
    } else if (column >= columns || (row < rows && at(row + 1, column) >= at(row, column + 1))) {
      lines.push(['-', before[row++] ?? '']);
    } else lines.push(['+', after[column++] ?? '']);
  }
  return lines;
}

function hunksOf(lines: readonly Line[]): readonly string[] {
  const changed = lines.flatMap(([sign], at) => (sign === ' ' ? [] : [at]));
  const spans: [number, number][] = [];
  for (const at of changed) {
    const last = spans.at(-1);
    const from = Math.max(0, at - context);
    const to = Math.min(lines.length, at + context + 1);
    if (last !== undefined && from <= last[1]) last[1] = to;
    else spans.push([from, to]);
  }
  return spans.map(([from, to]) => {
    const count = (sign: '-' | '+', part: readonly Line[]) =>
      part.filter(([own]) => own === ' ' || own === sign).length;
    const range = (sign: '-' | '+') => {
      const length = count(sign, lines.slice(from, to));
      const first = count(sign, lines.slice(0, from)) + (length === 0 ? 0 : 1);
      return length === 1 ? String(first) : `${first},${length}`;
    };
    const text = lines.slice(from, to).map(([sign, line]) => `${sign}${line}\n`);
    return `@@ -${range('-')} +${range('+')} @@\n${text.join('')}`;
  });
}
