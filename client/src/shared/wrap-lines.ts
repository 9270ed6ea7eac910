/** UTF-16 code units of a line, where words allow it: what fits beside the tree. */
const lineWidth = 80;

/**
 * Sentences in lines that need no scrolling: a longer one goes on below its text, as far in as that begins. A line that quotes something, which begins with
 * `[`, stays as it was written.
 */
export function wrapLines(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => (line.length <= lineWidth || /^ *\[/.test(line) ? [line] : wrap(line)))
    .join('\n');
}

function wrap(line: string): readonly string[] {
  const start = /^ *(?:- )?/.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let now = start;
  for (const word of line.slice(start.length).split(' ')) {
    if (now.length > start.length && now.length + 1 + word.length > lineWidth) {
      lines.push(now);
      now = ' '.repeat(start.length);
    }
    now += now.length > start.length ? ` ${word}` : word;
  }
  return [...lines, now];
}
