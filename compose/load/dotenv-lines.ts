import { type DotenvFormat, parseDotenv } from './dotenv.ts';
import type { DotenvEntry, DotenvProblem } from './dotenv-result.ts';

/** A line of an env file that sets a variable. */
export interface DotenvLine extends DotenvEntry {
  readonly name: string;
}

export interface DotenvLines {
  /** In the order of the file; a name that is given again is there again. */
  readonly lines: readonly DotenvLine[];
  /** Docker Compose refuses the file for the first of them; the others are what it would refuse next. */
  readonly problems: readonly DotenvProblem[];
}

/** So many mistakes are looked for: a file with more is none. */
const mostProblems = 50;

/** All lines of an env file, those behind a mistake too: after one, reading goes on with the next line. */
export function dotenvLines(
  text: string,
  lookup: (name: string) => string | undefined = () => '',
  format: DotenvFormat = '',
): DotenvLines {
  const lines: DotenvLine[] = [];
  const problems: DotenvProblem[] = [];
  for (let from = 0; problems.length < mostProblems; ) {
    const shifted = (offset: number) => offset + from;
    const { problem } = parseDotenv(text.slice(from), lookup, new Map(), format, (name, entry) => {
      lines.push({
        name,
        value: entry.value,
        start: shifted(entry.start),
        end: shifted(entry.end),
        keyStart: shifted(entry.keyStart),
        keyEnd: shifted(entry.keyEnd),
        valueStart: shifted(entry.valueStart),
        valueEnd: shifted(entry.valueEnd),
      });
    });
    if (problem === undefined) break;
    problems.push({ ...problem, start: shifted(problem.start), end: shifted(problem.end) });
    const newline = text.indexOf('\n', shifted(problem.start));
    if (newline === -1) break;
    from = newline + 1;
  }
  return { lines, problems };
}
