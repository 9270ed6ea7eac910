import { severityOf } from '../problem/codes.ts';
import { type Cast, casts } from './casts.ts';
import { formatPath, type Path, type PatternCursor } from '../values/path.ts';
import type { Problem } from '../problem/problem.ts';
import { mapItems, mapValues } from '../syntax/edit.ts';
import type { Node, ScalarNode } from '../syntax/node.ts';
import { spanInScalar } from '../syntax/scalar-map.ts';
import type { ProblemCode } from '../problem/codes.ts';
import type { Span } from '../problem/span.ts';
import { missingValue } from './missing-value.ts';
import { substitute, type TemplateProblem } from './substitute.ts';
import { phrase, type Phrase, withAdvice } from '../problem/phrase.ts';

/** Where values of variables come from. */
export interface VariableSource {
  get(name: string): string | undefined;
}

/**
 * A model with values in place of variables, and with texts turned into numbers and booleans where those are wanted (specification: "Interpolation").
 * Only values, never keys. A scalar keeps its place, and in `source` what was written, from which `variablesOf` gives the variables that went into it.
 * A scalar with a problem stays as written, and is marked as broken, so that nothing else is said about it.
 *
 * `at` is where `root` is in the model. `texts` are the documents by URI, to point at a variable inside quotes, escapes and block texts.
 */
export function interpolate(
  root: Node,
  variables: VariableSource,
  report: (problem: Problem) => void,
  at: Path = [],
  texts?: ReadonlyMap<string, string>,
): Node {
  const lookup = (name: string) => variables.get(name);

  function walk(node: Node, path: Path, cursor: PatternCursor<Cast> | undefined): Node {
    switch (node.kind) {
      case 'map':
        return mapValues(node, (value, key) => walk(value, [...path, key], cursor?.child(key)));
      case 'seq':
        return mapItems(node, (item, index) => walk(item, [...path, index], cursor?.child(index)));
      case 'scalar':
        return scalar(node, path, cursor?.value);
      case 'alias':
        return node;
    }
  }

  function scalar(node: ScalarNode, path: Path, cast: Cast | undefined): Node {
    if (typeof node.value !== 'string' || node.type === 'timestamp') return node;
    const value = node.value.includes('$') ? substituted(node, node.value, path) : node.value;
    if (value === undefined) return { ...node, broken: true };
    if (cast !== undefined) return castTo(cast, node, value, path);
    return value === node.value ? node : { ...node, value };
  }

  function substituted(node: ScalarNode, template: string, path: Path): string | undefined {
    const { value, problems, unset } = substitute(template, lookup);
    for (const part of unset) {
      const message = phrase('unset-variable', { name: part.name });
      problem('unset-variable', spanOf(node, part), path, message, { variable: part.name });
    }
    for (const found of problems) {
      const data = found.kind === 'required' ? { variable: found.name } : undefined;
      const code = found.kind === 'required' ? 'required-variable' : 'invalid-interpolation';
      problem(code, spanOf(node, found), path, messageOf(found), data);
    }
    return problems.length === 0 ? value : undefined;
  }

  function castTo(cast: Cast, node: ScalarNode, text: string, path: Path): Node {
    const result = cast(text);
    if (result.kind === 'mismatch') {
      const message = phrase('invalid-cast', { text, expected: result.expected });
      problem('invalid-cast', node.span, path, message);
      return { ...node, broken: true };
    }
    const { value, legacy } = result;
    if (legacy) {
      const message = phrase('legacy-boolean', { text, value: String(value) });
      problem('legacy-boolean', node.span, path, message, { replacement: String(value) });
    }
    const type =
      typeof value === 'boolean'
        ? 'bool'
        : typeof value === 'bigint' || Number.isInteger(value)
          ? 'int'
          : 'float';
    return { ...node, type, value };
  }

  function problem(code: ProblemCode, span: Span, path: Path, message: Phrase, data?: Problem['data']): void {
    report({
      code,
      message,
      severity: severityOf(code),
      span,
      path: formatPath(path),
      ...(data === undefined ? {} : { data }),
    });
  }

  function spanOf(node: ScalarNode, { start, end }: { readonly start: number; readonly end: number }): Span {
    // Of a text that is not as written any more, such as one with a decoded tag, nothing smaller can be pointed at.
    if (node.source !== node.value) return node.span;
    return spanInScalar(node, start, end, texts?.get(node.span.uri));
  }

  return walk(root, at, cursorAt(at));
}

function cursorAt(path: Path): PatternCursor<Cast> | undefined {
  let cursor: PatternCursor<Cast> | undefined = casts.root;
  for (const part of path) cursor = cursor?.child(part);
  return cursor;
}

function messageOf(problem: TemplateProblem): Phrase {
  if (problem.kind === 'invalid') {
    return withAdvice(
      phrase(`invalid-interpolation.${problem.reason}`),
      phrase('invalid-interpolation.dollar'),
    );
  }
  return missingValue(problem);
}
