import { describe, expect } from 'vitest';
import { type Cast, toBoolean, toFloat, toInteger } from '#compose/template/casts.ts';
import type { Problem } from '#compose/problem/problem.ts';
import { nodeOf } from '#compose/syntax/build.ts';
import { type Plain, toPlain } from '#compose/syntax/to-plain.ts';
import { extractVariables } from '#compose/template/extract.ts';
import { interpolate } from '#compose/template/interpolate.ts';
import { substitute } from '#compose/template/substitute.ts';
import { eachCase } from './each-case.ts';

/** `null`: looked up, and not set. */
type Recorded = Readonly<Record<string, string | null>>;

function lookupIn(environment: Recorded): (name: string) => string | undefined {
  return (name) => environment[name] ?? undefined;
}

describe('templates', () => {
  eachCase<{ id: string; template: string; env: Recorded; result: string; error: string | null }>(
    'loader/rec_template',
    ({ template, env, result, error }) => {
      const { value, problems } = substitute(template, lookupIn(env));
      if (error === null) {
        expect(problems).toEqual([]);
        expect(value).toBe(result);
      } else expect(problems, error).not.toEqual([]);
    },
  );
});

describe('interpolation', () => {
  eachCase<{ id: string; input: Plain; output: Plain; env: Recorded; error: string | null }>(
    'loader/rec_interpolate',
    ({ input, output, env, error }) => {
      const problems: Problem[] = [];
      const tree = interpolate(nodeOf(input), { get: lookupIn(env) }, (problem) => problems.push(problem));
      const errors = problems.filter(({ severity }) => severity === 'error');
      if (error === null) {
        expect(errors).toEqual([]);
        expect(JSON.parse(JSON.stringify(toPlain(tree)))).toEqual(output);
      } else expect(errors, error).not.toEqual([]);
    },
  );
});

describe('variables of a file', () => {
  interface Variable {
    readonly Name: string;
    readonly DefaultValue: string;
    readonly PresenceValue: string;
    readonly Required: boolean;
  }
  eachCase<{ id: string; input: Plain; output: Readonly<Record<string, Variable>> }>(
    'loader/rec_extract_variables',
    ({ input, output }) => {
      const found = [...extractVariables(nodeOf(input))].map(([key, variable]) => [
        key,
        {
          Name: variable.name,
          DefaultValue: variable.defaultValue,
          PresenceValue: variable.presenceValue,
          Required: variable.required,
        },
      ]);
      expect(Object.fromEntries(found)).toEqual(output);
    },
  );
});

describe('casts', () => {
  const casts: Readonly<Record<string, Cast>> = {
    toInt: toInteger,
    toInt64: toInteger,
    toFloat,
    toFloat32: toFloat,
    toBoolean,
  };
  eachCase<{ id: string; fn: string; input: string; output: unknown; error: string | null }>(
    'loader/rec_cast',
    ({ fn, input, output, error }) => {
      const result = casts[fn]?.(input);
      if (error === null) expect(result).toMatchObject({ kind: 'value', value: output });
      else expect(result?.kind, error).toBe('mismatch');
    },
  );
});
