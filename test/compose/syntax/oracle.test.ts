import { expect, test } from 'vitest';
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type ParsedNode,
  parseAllDocuments,
  type Node as YamlNode,
} from 'yaml';
import type { Node } from '#compose/syntax/node.ts';
import { parse } from '#compose/syntax/parse.ts';
import { fc } from '../../property.ts';
import { SAMPLES } from './samples.ts';

/** The shape of a tree with every scalar as text: what two readers of YAML must agree on. */
type Shape =
  | string
  | readonly Shape[]
  | { readonly alias: string }
  | { readonly map: readonly (readonly [Shape, Shape])[] };

function ours(node: Node): Shape {
  switch (node.kind) {
    case 'alias':
      return { alias: node.name };
    case 'scalar':
      return node.source;
    case 'seq':
      return node.items.map(ours);
    case 'map':
      return { map: node.entries.map(({ key, value }) => [ours(key), ours(value)] as const) };
  }
}

function theirs(node: YamlNode | ParsedNode | null | undefined | unknown): Shape {
  if (isAlias(node)) return { alias: node.source };
  if (isScalar(node)) return node.value === null ? '' : String(node.value);
  if (isSeq(node)) return node.items.map(theirs);
  if (isMap(node)) return { map: node.items.map(({ key, value }) => [theirs(key), theirs(value)] as const) };
  return '';
}

function compare(text: string): boolean {
  const documents = parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: false });
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return false;
  const mine = parse('test:', text);
  if (mine.problems.length > 0) return false;
  // They count a lone “...” as a document.
  const filled = (shape: Shape): boolean => shape !== '';
  const roots = mine.documents.map(({ root }) => (root === undefined ? '' : ours(root)));
  expect(roots.filter(filled)).toEqual(documents.map(({ contents }) => theirs(contents)).filter(filled));
  return true;
}

test.each(SAMPLES.map((sample) => [sample]))('another reader sees the same in %j', (sample) => {
  expect(compare(sample)).toBe(true);
});

const LINES = [
  'a: 1',
  '  b: x',
  '  c:',
  '    - d',
  '    - e: "f"',
  '- g',
  '  # h',
  '',
  'i: [j, k: l]',
  '  m: >',
  '      n',
  '  o: |-',
  '     p',
  'q:',
  "  'r': {s: t, u}",
  '? v',
  ': w',
  '---',
  '...',
  '  x y',
  '&a z: *a',
];

test('another reader sees the same in texts that both accept', { timeout: 60_000 }, () => {
  let compared = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...LINES), { maxLength: 8 }), (lines) => {
      if (compare(`${lines.join('\n')}\n`)) compared += 1;
    }),
    { numRuns: 4000 },
  );
  expect(compared).toBeGreaterThan(200);
});
