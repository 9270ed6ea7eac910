import type { Problem, Severity } from '../../problem/problem.ts';
import { phrase } from '../../problem/phrase.ts';
import type { Span } from '../../problem/span.ts';
import { stringOf } from '../../syntax/edit.ts';
import { Finder, type Match } from '../../syntax/matches.ts';
import type { Node } from '../../syntax/node.ts';
import { shiftSpan } from '../../syntax/shift.ts';
import { formatPath } from '../../values/path.ts';
import { isBefore, type Novelty, novelties } from './since.ts';

/** The code of what is reported about a file that is meant for an older Docker Compose. */
export const versionCodes: Readonly<Record<'refused-by-version', Severity>> = {
  'refused-by-version': 'error',
};

/** Something that not every Docker Compose knows. */
interface New {
  readonly name: string;
  readonly since: string;
  readonly span: Span;
  readonly path: string;
}

const finder = new Finder(
  novelties,
  newAt,
  (found, by): New => ({ ...found, span: shiftSpan(found.span, by) }),
);

/** What in a document a release of Docker Compose refuses, because it came later. `target`: `2.20`, or a whole version; any other text refuses nothing. */
export function versionProblems(root: Node, target: string): readonly Problem[] {
  if (!/^v?\d+(?:\.\d+){0,2}$/.test(target)) return [];
  return finder.in(root).flatMap(({ name, since, span, path }): Problem[] =>
    isBefore(target, since)
      ? [
          {
            code: 'refused-by-version',
            severity: versionCodes['refused-by-version'],
            message: phrase('refused-by-version', { name, since, target: target.replace(/^v/, '') }),
            span,
            path,
            data: { name, since },
          },
        ]
      : [],
  );
}

function newAt({ rule, node, path }: Match<Novelty>): readonly New[] {
  if (node.broken === true) return [];
  const name = String(path.findLast((part) => typeof part === 'string'));
  const span = node.keySpan ?? node.span;
  if (rule.since !== undefined) return [{ name, since: rule.since, span, path: formatPath(path) }];
  const value = stringOf(node) ?? '';
  const since = Object.hasOwn(rule.values ?? {}, value) ? rule.values?.[value] : undefined;
  return since === undefined
    ? []
    : [{ name: `${name}: ${value}`, since, span: node.span, path: formatPath(path) }];
}
