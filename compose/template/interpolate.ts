import { casts } from '../load/casts.ts';
import { type Path, formatPath, type PatternCursor } from '../path.ts';
import type { Problem } from '../problem.ts';
import { scalarOf } from '../syntax/build.ts';
import { mapItems, mapValues } from '../syntax/edit.ts';
import type { Node, ScalarNode } from '../syntax/node.ts';
import { substitute } from './substitute.ts';
interface Lookup {
  get(name: string): string | undefined;
}
export function interpolate(
  root: Node,
  variables: Lookup,
  report: (p: Problem) => void,
  at: Path = [],
): Node {
  return walk(root, at, casts.root, variables, report);
}
function walk(
  node: Node,
  path: Path,
  cursor: PatternCursor<(t: string) => string | number | boolean | undefined> | undefined,
  variables: Lookup,
  report: (p: Problem) => void,
): Node {
  if (node.kind === 'map')
    return mapValues(node, (v, k) => walk(v, [...path, k], cursor?.child(k), variables, report));
  if (node.kind === 'seq')
    return mapItems(node, (v, i) => walk(v, [...path, i], cursor?.child(i), variables, report));
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || node.type === 'timestamp') return node;
  const cast = cursor?.value;
  let text: string = node.value;
  if (text.includes('$')) {
    const result = substitute(text, (n) => variables.get(n));
    for (const name of result.unset)
      report({
        code: 'unset-variable',
        message: `The variable "${name}" is not set, so it is blank.`,
        severity: 'warning',
        span: node.span,
        path: formatPath(path),
      });
    if (result.error) {
      const message =
        result.error.kind === 'required'
          ? `The required variable ${result.error.message} is not set.`
          : `"${text}" is not a valid template. Write $$ for a dollar sign.`;
      report({
        code: result.error.kind === 'required' ? 'required-variable' : 'invalid-interpolation',
        message,
        severity: 'error',
        span: node.span,
        path: formatPath(path),
      });
      return node;
    }
    text = result.text;
  }
  if (cast !== undefined) {
    const value = cast(text);
    if (value === undefined) {
      report({
        code: 'invalid-cast',
        message: `"${text}" cannot be read here.`,
        severity: 'error',
        span: node.span,
        path: formatPath(path),
      });
      return node;
    }
    return { ...scalarOf(value, node.span, node.origins), keySpan: node.keySpan } as ScalarNode;
  }
  return text === node.value ? node : { ...node, value: text, type: 'string' };
}
