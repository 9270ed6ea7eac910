import { describe, expect, test } from 'vitest';
import type { Problem } from '#compose/problem/problem.ts';
import { parse } from '#compose/syntax/parse.ts';
import { toPlain } from '#compose/syntax/to-plain.ts';
import { extractVariables } from '#compose/template/extract.ts';
import { interpolate } from '#compose/template/interpolate.ts';

function run(text: string, variables: Readonly<Record<string, string>> = {}) {
  const root = parse('test:', text).documents[0]?.root;
  if (root === undefined) throw new Error('no document');
  const problems: Problem[] = [];
  const texts = new Map([['test:', text]]);
  const tree = interpolate(
    root,
    { get: (name) => variables[name] },
    (problem) => problems.push(problem),
    [],
    texts,
  );
  return {
    value: toPlain(tree),
    tree,
    root,
    problems: problems.map(({ code, path, span }) => `${code} ${path}: ${text.slice(span.start, span.end)}`),
  };
}

describe('interpolation', () => {
  test('values but not keys', () => {
    const { value } = run('$A: {k: "${A}-x", l: [1, $A]}', { A: 'v' });
    expect(value).toEqual({ $A: { k: 'v-x', l: [1, 'v'] } });
  });

  test('a problem points at the variable, however the text is written', () => {
    const { problems } = run(
      String.raw`
plain: a ${'${ONE}'} b
single: 'it''s ${'${TWO:?}'}'
double: "tab\t\u00e9 ${'${3}'}"
literal: |
  first
    ${'${FOUR:?no}'}
folded: >-
  first
  second ${'$FIVE'}
`,
    );
    expect(problems).toEqual([
      'unset-variable plain: ${ONE}',
      'required-variable single: ${TWO:?}',
      'invalid-interpolation double: ${',
      'required-variable literal: ${FOUR:?no}',
      'unset-variable folded: $FIVE',
    ]);
  });

  test('texts become what is wanted at their place', () => {
    const { value, problems } = run(
      `
services:
  web:
    scale: "\${N}"
    cpus: "0.5"
    init: "true"
    tty: "yes"
    ulimits: {nproc: "10", nofile: {soft: "1", hard: "\${N}"}}
    ports: [{target: "80", published: "\${N}"}]
    hostname: "10"
networks: {a: {internal: "false"}}
`,
      { N: '3' },
    );
    expect(value).toEqual({
      services: {
        web: {
          scale: 3,
          cpus: 0.5,
          init: true,
          tty: true,
          ulimits: { nproc: 10, nofile: { soft: 1, hard: 3 } },
          ports: [{ target: 80, published: '3' }],
          hostname: '10',
        },
      },
      networks: { a: { internal: false } },
    });
    expect(problems).toEqual(['legacy-boolean services.web.tty: "yes"']);
  });

  test('what cannot be cast is told, and marked so that nothing else is said about it', () => {
    const { tree, problems } = run('services: {web: {scale: many, init: perhaps, cpus: 1e999}}');
    expect(problems).toEqual([
      'invalid-cast services.web.scale: many',
      'invalid-cast services.web.init: perhaps',
      'invalid-cast services.web.cpus: 1e999',
    ]);
    expect(JSON.stringify(tree).match(/"broken":true/g)).toHaveLength(3);
  });

  test('what has no variable stays the same object', () => {
    const { tree, root } = run('services: {web: {image: nginx, environment: {A: "1"}}}');
    expect(tree).toBe(root);
  });
});

describe('variables of a file', () => {
  test('every variable once, with what says most about it', () => {
    const root = parse('test:', 'a: $A ${A:-x}\nb: ["${B:?no}", "${C:+$D}"]\n$E: 1\n').documents[0]?.root;
    const found = root === undefined ? [] : [...extractVariables(root).values()];
    expect(found).toEqual([
      { name: 'A', defaultValue: 'x', presenceValue: '', required: false },
      { name: 'B', defaultValue: '', presenceValue: '', required: true },
      { name: 'C', defaultValue: '', presenceValue: '$D', required: false },
      { name: 'D', defaultValue: '', presenceValue: '', required: false },
    ]);
  });
});
