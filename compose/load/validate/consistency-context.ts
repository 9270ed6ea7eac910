import type { Phrase } from '../../problem/phrase.ts';
import type { Node } from '../../syntax/node.ts';
import type { Path } from '../../values/path.ts';
import type { Problem } from '../../problem/problem.ts';
import type { ProblemCode } from '../../problem/codes.ts';
import type { Project } from '../../model/project.ts';
import type { Report } from '../../syntax/report.ts';
import type { Service } from '../../model/project.ts';
import type { Span } from '../../problem/span.ts';
import { entryOf } from '../../syntax/edit.ts';
import { nodeAt } from '../../syntax/edit.ts';
import { reportAt } from '../../syntax/report.ts';
/** What the rules about a whole project look at. */
export interface ConsistencyContext {
  readonly project: Project;
  /** Services that no active profile enables. */
  readonly disabled: Readonly<Record<string, Service>>;
  /** The canonical model, for positions. */
  readonly tree: Node;
  readonly report: Report;
}

/** Reports a problem with the value at a path: at the value, or at the nearest thing around it that has a place. */
export function reportPath(
  context: ConsistencyContext,
  code: ProblemCode,
  path: Path,
  message: Phrase,
  extra: Pick<Problem, 'related' | 'data'> & { readonly atKey?: boolean } = {},
): void {
  const { atKey = false, ...rest } = extra;
  reportAt(context.report, code, spanAt(context.tree, path, atKey), path, message, rest);
}

export function spanAt(tree: Node, path: Path, atKey: boolean): Span {
  for (let length = path.length; length > 0; length--) {
    const node = nodeAt(tree, path.slice(0, length));
    if (node === undefined) continue;
    const part = path[length - 1];
    if (typeof part === 'string' && (atKey || length < path.length)) {
      const key = entryOf(nodeAt(tree, path.slice(0, length - 1)), part)?.key;
      return node.keySpan ?? key?.span ?? node.span;
    }
    return node.span;
  }
  return tree.span;
}

/** A key's own value; a name from a file may be `constructor`. */
export function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
