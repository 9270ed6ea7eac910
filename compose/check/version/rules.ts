import type { Problem, Severity } from '../../problem/problem.ts';
import { phrase } from '../../problem/phrase.ts';
import type { Span } from '../../problem/span.ts';
import { stringOf } from '../../syntax/edit.ts';
import { Finder, type Match } from '../../syntax/matches.ts';
import type { Node } from '../../syntax/node.ts';
import { shiftSpan } from '../../syntax/shift.ts';
import { formatPath } from '../../values/path.ts';
import { isBefore, type Novelty, novelties } from './since.ts';

/** The codes of what is reported about a file that is meant for one Docker Compose. */
export const versionCodes: Readonly<Record<'refused-by-version' | 'ignored-by-version', Severity>> = {
  'refused-by-version': 'error',
  'ignored-by-version': 'warning',
};

/** Something that not every Docker Compose knows, or does something with. */
interface New {
  readonly code: keyof typeof versionCodes;
  readonly name: string;
  /** The first release that takes it, or that does something with it; `never`: none does. */
  readonly since: string;
  readonly span: Span;
  readonly path: string;
}

const finder = new Finder(
  novelties,
  newAt,
  (found, by): New => ({ ...found, span: shiftSpan(found.span, by) }),
);

/** What in a document a release of Docker Compose refuses, or takes and ignores, because it came later. `target`: `2.20`, or a whole version; any other text: nothing. */
export function versionProblems(root: Node, target: string): readonly Problem[] {
  if (!/^v?\d+(?:\.\d+){0,2}$/.test(target)) return [];
  const found = finder.in(root).filter(({ since }) => since === 'never' || isBefore(target, since));
  const refused = new Set(found.flatMap(({ code, path }) => (code === 'refused-by-version' ? [path] : [])));
  return found
    .filter(({ code, path }) => code === 'refused-by-version' || !refused.has(path))
    .map(({ code, name, since, span, path }): Problem => {
      const values = { name, target: target.replace(/^v/, '') };
      const message =
        since === 'never' ? phrase('ignored-by-version.never', values) : phrase(code, { ...values, since });
      return { code, severity: versionCodes[code], message, span, path, data: { name, since } };
    });
}

function newAt({ rule, node, path }: Match<Novelty>): readonly New[] {
  if (node.broken === true) return [];
  const name = String(path.findLast((part) => typeof part === 'string'));
  const span = node.keySpan ?? node.span;
  const at = { span, path: formatPath(path) };
  const found: New[] = [];
  if (rule.since !== undefined) found.push({ code: 'refused-by-version', name, since: rule.since, ...at });
  if (rule.effect !== undefined) found.push({ code: 'ignored-by-version', name, since: rule.effect, ...at });
  const value = stringOf(node) ?? '';
  const since = Object.hasOwn(rule.values ?? {}, value) ? rule.values?.[value] : undefined;
  if (since !== undefined)
    found.push({ ...at, code: 'refused-by-version', name: `${name}: ${value}`, since, span: node.span });
  return found;
}
