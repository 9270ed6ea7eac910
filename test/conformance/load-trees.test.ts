import { describe, expect } from 'vitest';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { checkConsistency } from '#compose/load/validate/consistency.ts';
import { checkValues } from '#compose/load/validate/canonical-values.ts';
import { canonicalModel } from '#compose/load/canonical.ts';
import { withDefaults } from '#compose/load/defaults.ts';
import { extendService, mergeModels } from '#compose/load/merge.ts';
import { normalizeModel } from '#compose/load/normalize.ts';
import { enforceUnicity } from '#compose/schema/unicity.ts';
import { decodeProject } from '#compose/model/decode.ts';
import type { Problem } from '#compose/problem/problem.ts';
import { nodeOf } from '#compose/syntax/build.ts';
import type { MapNode, Node } from '#compose/syntax/node.ts';
import { parse } from '#compose/syntax/parse.ts';
import { resolveDocument } from '#compose/syntax/resolve.ts';
import { type Plain, toPlain } from '#compose/syntax/to-plain.ts';
import { eachCase } from './each-case.ts';

type Tree = { readonly [key: string]: Plain };

interface Run {
  readonly problems: Problem[];
  readonly report: (problem: Problem) => void;
}

function run(): Run {
  const problems: Problem[] = [];
  return { problems, report: (problem) => problems.push(problem) };
}

function errors(problems: readonly Problem[]): readonly string[] {
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code}: ${formatPhrase(message)}`);
}

/** Equal up to the order of keys, in which the reference's maps have none. */
function same(actual: Node, expected: Plain): void {
  expect(JSON.parse(JSON.stringify(toPlain(actual)))).toEqual(expected ?? {});
}

/** A list that Go left unset prints as null. */
function emptyLists(tree: Tree): Tree {
  return JSON.parse(JSON.stringify(tree, (key, value) => (key === 'ports' && value === null ? [] : value)));
}

describe('merge', () => {
  eachCase<{
    id: string;
    test: string;
    base: Tree;
    override: Tree;
    merged: Tree;
    input?: Tree;
    error: string | null;
    unique?: Tree;
    unique_error: string | null;
  }>('loader/rec_merge', (recorded) => {
    const { problems, report } = run();
    if (recorded.input !== undefined) {
      same(enforceUnicity(nodeOf(recorded.input), report), recorded.unique ?? {});
      return;
    }
    const merged = mergeModels(nodeOf(recorded.base), nodeOf(recorded.override), report);
    if (recorded.error !== null) {
      expect(errors(problems)).not.toEqual([]);
      return;
    }
    same(merged, recorded.merged);
    const unique = enforceUnicity(merged, report);
    expect(errors(problems).length > 0).toBe((recorded.unique_error ?? null) !== null);
    if (recorded.unique !== undefined && (recorded.unique_error ?? null) === null)
      same(unique, recorded.unique);
  });
});

describe('extended services', () => {
  eachCase<{ id: string; base: Tree; override: Tree; output: Tree; error: string | null }>(
    'loader/rec_extend_service',
    (recorded) => {
      const { problems, report } = run();
      const merged = extendService(nodeOf(recorded.base), nodeOf(recorded.override), report);
      expect(errors(problems).length > 0).toBe(recorded.error !== null);
      if (recorded.error === null) same(merged, recorded.output);
    },
  );
});

describe('canonical form', () => {
  eachCase<{
    id: string;
    input: Tree;
    output: Tree;
    error: string | null;
    ignoreParseError: boolean;
  }>('loader/rec_canonical', (recorded) => {
    const { problems, report } = run();
    const canonical = canonicalModel(nodeOf(recorded.input), report, recorded.ignoreParseError);
    expect(errors(problems).length > 0, errors(problems).join('\n')).toBe(recorded.error !== null);
    if (recorded.error === null) same(canonical, emptyLists(recorded.output));
  });
});

describe('rules about values', () => {
  eachCase<{ id: string; input: Tree; error: string | null }>('loader/rec_validation', (recorded) => {
    const { problems, report } = run();
    checkValues(nodeOf(recorded.input), report);
    expect(errors(problems).length > 0, errors(problems).join('\n')).toBe(recorded.error !== null);
  });
});

describe('normal form', () => {
  eachCase<{
    id: string;
    input: Tree;
    env: Record<string, string>;
    output: Tree;
    error: string | null;
  }>('loader/rec_normalize', (recorded) => {
    const name = String(recorded.input.name ?? '');
    const normal = normalizeModel(
      nodeOf(recorded.input) as MapNode,
      name,
      (variable) => recorded.env[variable],
    );
    same(normal, recorded.output);
  });
});

/** Where the attribute stands that a recorded transformation is about, and the transformation. */
const transformations: Readonly<Record<string, readonly [path: readonly string[], typeof canonicalModel]>> = {
  transformBuild: [['services', 'foo', 'build'], canonicalModel],
  transformEnvFile: [['services', 'foo', 'env_file'], canonicalModel],
  transformMaybeExternal: [['volumes', 'test'], canonicalModel],
  transformPorts: [['services', 'foo', 'ports'], canonicalModel],
  transformSSH: [['services', 'foo', 'build', 'ssh'], canonicalModel],
  SetDefaultValues: [[], withDefaults],
  portDefaults: [['services', 'foo', 'ports', '0'], withDefaults],
};

describe('one attribute', () => {
  eachCase<{
    id: string;
    fn: string;
    input: Plain;
    output: Plain;
    error: string | null;
    ignoreParseError?: boolean;
  }>('loader/rec_transform', ({ fn, input, output, error, ignoreParseError }) => {
    const [path, transform] = transformations[fn] ?? [];
    if (path === undefined || transform === undefined) throw new Error(`no transformation ${fn}`);
    const { problems, report } = run();
    const result = transform(nodeOf(wrap(path, input)), report, ignoreParseError);
    expect(errors(problems).length > 0, errors(problems).join('\n')).toBe(error !== null);
    if (error === null) same(result, wrap(path, output));
  });
});

/** A value at a path: as the only item where the path has a number. */
function wrap([key, ...rest]: readonly string[], value: Plain): Plain {
  if (key === undefined) return value;
  return key === '0' ? [wrap(rest, value)] : { [key]: wrap(rest, value) };
}

describe('rules about a whole project', () => {
  eachCase<{ id: string; project_yaml: string; disabled: readonly string[]; error: string | null }>(
    'loader/rec_consistency',
    (recorded) => {
      const [document] = parse('file:///compose.yaml', recorded.project_yaml).documents;
      if (document === undefined) throw new Error('no document');
      const tree = resolveDocument(document).root;
      if (tree === undefined) throw new Error('an empty document');
      const { problems, report } = run();
      const project = decodeProject(tree, 'test', report);
      const service = { image: 'scratch', command: null, entrypoint: null, profiles: ['off'] };
      const disabled = Object.fromEntries(recorded.disabled.map((name) => [name, service]));
      checkConsistency({ project, disabled, tree, report });
      expect(errors(problems).length > 0, errors(problems).join('\n')).toBe(recorded.error !== null);
    },
  );
});
