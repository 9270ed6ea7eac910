import type { Problem } from '#compose/problem/problem.ts';
import { LineIndex } from '#compose/syntax/line-index.ts';

/**
 * Text with expectations under its lines:
 *
 *     image: @nginx
 *     #      ^^^^^^ yaml-bad-character
 *
 * The carets stand under what a problem is about; `#<-- code` is about two characters at the start of the line. Such a line is no part of the text.
 */
export interface Annotated {
  readonly text: string;
  /** `line:column code: what it is about`, lines and columns from 1. */
  readonly expected: readonly string[];
}

const CARETS = /^ *# *(\^+) (\S+)$/;
const AT_START = /^#<(-+) (\S+)$/;

export function readAnnotated(marked: string): Annotated {
  const lines: string[] = [];
  const expected: string[] = [];
  for (const line of marked.split('\n')) {
    const atStart = AT_START.exec(line);
    const match = atStart ?? CARETS.exec(line);
    if (match === null) {
      lines.push(line);
      continue;
    }
    const [, carets = '', code = ''] = match;
    const column = atStart === null ? line.indexOf('^') : 0;
    const target = lines.at(-1) ?? '';
    expected.push(`${lines.length}:${column + 1} ${code}: ${target.slice(column, column + carets.length)}`);
  }
  return { text: lines.join('\n'), expected };
}

/** Problems in the form of `expected`. What spans lines is cut at the end of its first. */
export function showProblems(text: string, problems: readonly Problem[]): readonly string[] {
  const index = new LineIndex(text);
  return problems.map(({ code, span }) => {
    const { line, column } = index.position(span.start);
    const about = text.slice(span.start, span.end).split(/\r?\n/)[0] ?? '';
    return `${line + 1}:${column + 1} ${code}: ${about}`;
  });
}
