import type { Problem } from '#compose/problem.ts';
import type { SourceFile } from './files.ts';

/** What a file's own text shows to be wrong. */
export function fileProblems(file: SourceFile): readonly Problem[] {
  return file.parsed.problems;
}
