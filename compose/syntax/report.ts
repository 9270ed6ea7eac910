import type { ProblemCode } from '../problem/codes.ts';
import { severityOf } from '../problem/codes.ts';
import { formatPath, type Path } from '../values/path.ts';
import type { Phrase } from '../problem/phrase.ts';
import type { Problem } from '../problem/problem.ts';
import type { Node } from './node.ts';
import type { Span } from '../problem/span.ts';

/** Where a stage of the loader puts what it finds. */
export type Report = (problem: Problem) => void;

/** Reports a problem with the value at a path. `at` is the value, or the place to show when there is none. */
export function reportAt(
  report: Report,
  code: ProblemCode,
  at: Node | Span,
  path: Path,
  message: Phrase,
  extra: Pick<Problem, 'related' | 'data' | 'tags'> = {},
): void {
  const span = 'kind' in at ? at.span : at;
  report({ code, message, severity: severityOf(code), span, path: formatPath(path), ...extra });
}
