import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { problemCodes } from '#compose/problem/codes.ts';
import { dclintCodes } from '#compose/check/dclint/rules.ts';
import { swarmCodes } from '#compose/check/swarm/rules.ts';
import { versionCodes } from '#compose/check/version/rules.ts';
import { lintRules } from '#compose/check/lint/lint.ts';

function read(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
}

/** The members of a union of string literals, read from its source: there is no list of them at run time. */
function codesIn(path: string, type: string): string[] {
  const declaration = new RegExp(`type ${type} =([^;]*);`).exec(read(path))?.[1] ?? '';
  return [...declaration.matchAll(/'([\w-]+)'/g)].flatMap(([, code]) => code ?? []);
}

const codes = [
  ...problemCodes,
  ...dclintCodes,
  ...Object.keys(swarmCodes),
  ...Object.keys(versionCodes),
  ...lintRules.map(({ code }) => code),
  ...codesIn('compose/syntax/syntax-problem.ts', 'SyntaxCode'),
  ...codesIn('compose/schema/validate.ts', 'SchemaCode'),
  ...codesIn('server/src/env/env-problems.ts', 'EnvCode'),
  ...codesIn('server/src/diagnostics/newer-images.ts', 'ImageCode'),
  ...[...read('compose/check/project-remarks.ts').matchAll(/code: '([\w-]+)'/g)].flatMap(
    ([, code]) => code ?? [],
  ),
  ...[...read('server/src/workspace/missing-paths.ts').matchAll(/'(missing-[\w-]+)'/g)].flatMap(
    ([, code]) => code ?? [],
  ),
  ...[...read('server/src/diagnostics/model-runner.ts').matchAll(/code: '([\w-]+)'/g)].flatMap(
    ([, code]) => code ?? [],
  ),
  ...['network', 'volume', 'secret', 'config', 'model', 'anchor'].map((kind) => `unused-${kind}`),
];

test('every code has its place in docs/diagnostics.md, and every place a code', () => {
  const headings = [...read('docs/diagnostics.md').matchAll(/^### ([\w-]+)$/gm)].flatMap(
    ([, code]) => code ?? [],
  );
  expect(headings.toSorted()).toEqual([...new Set(codes)].toSorted());
});
