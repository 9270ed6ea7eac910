import { describe, expect, test } from 'vitest';
import type { Node } from '#compose/syntax/node.ts';
import { parse } from '#compose/syntax/parse.ts';
import type { ParsedFile } from '../../../compose/syntax/parsed-file.ts';
import { announcedIn, DEFAULT_LIMITS } from '#compose/syntax/nesting-limits.ts';
import { changeBetween } from '#compose/syntax/regions.ts';
import { reparse } from '#compose/syntax/reparse.ts';
import { fc } from '../../property.ts';
import { SAMPLES } from './samples.ts';
import { plain } from './plain.ts';

const TYPED = [
  ...'abz01:- "\'#[]{}&*!|>@\t\n\r',
  '\n  ',
  '\n    ',
  ': ',
  '- ',
  'image: x',
  '&a ',
  '*a',
  'web',
  '<<: *common',
];

interface Edit {
  readonly at: number;
  readonly length: number;
  readonly insert: string;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.noBias(fc.integer({ min: 0, max: 999 })).map((at) => at / 1000),
  length: fc.oneof(fc.constant(0), fc.nat(4)),
  insert: fc.oneof(fc.constantFrom(...TYPED), fc.constant('')),
});

function apply(text: string, { at, length, insert }: Edit): string {
  const offset = Math.floor(at * text.length);
  return text.slice(0, offset) + insert + text.slice(offset + length);
}

test('after any edits the result is that of parsing the whole', { timeout: 60_000 }, () => {
  let incremental = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...SAMPLES),
      fc.array(edit, { minLength: 1, maxLength: 5 }),
      (sample, edits) => {
        let file = parse('test:', sample);
        for (const each of edits) {
          const next = reparse(file, apply(file.text, each));
          expect(plain(next)).toEqual(plain(parse('test:', next.text)));
          if (next.problems.length === 0) expectAnchorsInTree(next);
          if (sharesNodes(file, next)) incremental += 1;
          file = next;
        }
      },
    ),
    { numRuns: 2000 },
  );
  expect(incremental).toBeGreaterThan(500);
});

test('after several edits in a row that nobody looked at in between, too', { timeout: 60_000 }, () => {
  let counted = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...SAMPLES),
      fc.array(edit, { minLength: 2, maxLength: 6 }),
      // Small enough that some of the texts are refused.
      fc.integer({ min: 10, max: 120 }),
      (sample, edits, maxNodes) => {
        const limits = { ...DEFAULT_LIMITS, maxNodes };
        const file = edits.reduce(
          (now, each) => reparse(now, apply(now.text, each), limits),
          parse('test:', sample, limits),
        );
        expect(plain({ ...file, announced: undefined })).toEqual(plain(parse('test:', file.text, limits)));
        if (file.announced !== undefined) {
          counted += 1;
          expect(file.announced).toBe(announcedIn(file.text));
        }
      },
    ),
    { numRuns: 300 },
  );
  // Where the length alone did not say whether the limits hold.
  expect(counted).toBeGreaterThan(0);
});

function expectAnchorsInTree({ documents }: ParsedFile): void {
  for (const { root, anchors } of documents) {
    const nodes = new Set<Node>();
    if (root !== undefined) collect(root, nodes);
    for (const { node } of anchors) expect(nodes.has(node)).toBe(true);
  }
}

function collect(node: Node, into: Set<Node>): void {
  into.add(node);
  if (node.kind === 'seq') for (const item of node.items) collect(item, into);
  if (node.kind === 'map') {
    for (const { key, value } of node.entries) {
      into.add(key);
      collect(value, into);
    }
  }
}

function sharesNodes(before: ParsedFile, after: ParsedFile): boolean {
  if (before === after) return false;
  const known = new Set<Node>();
  for (const { root } of before.documents) if (root !== undefined) collect(root, known);
  const nodes = new Set<Node>();
  for (const { root } of after.documents) if (root !== undefined) collect(root, nodes);
  return [...nodes].some((node) => known.has(node));
}

describe('only the region that changes is read', () => {
  const text =
    'x: &x {a: 1}\nservices:\n  a:\n    image: one\n  b:\n    image: two\n    <<: *x\n  c:\n    image: three\nvolumes:\n  v:\n';
  const before = parse('test:', text);

  function valueOfService(file: ParsedFile, index: number): Node | undefined {
    const root = file.documents[0]?.root;
    const services = root?.kind === 'map' ? root.entries[1]?.value : undefined;
    return services?.kind === 'map' ? services.entries[index]?.value : undefined;
  }

  test.each([
    ['a value', 'two', 'too'],
    ['a new key', '    <<: *x\n', '    <<: *x\n    restart: always\n'],
    ['a half-typed key', '    <<: *x\n', '    <<: *x\n    res\n'],
    ['a name', '  b:', '  bb:'],
  ])('%s', (_name, from, to) => {
    const after = reparse(before, text.replace(from, to));
    expect(valueOfService(after, 0)).toBe(valueOfService(before, 0));
    expect(plain(after)).toEqual(plain(parse('test:', after.text)));
  });

  test.each([
    ['a name that is taken', '  b:', '  a:'],
    ['an anchor', '{a: 1}', '&y {a: 1}'],
    ['a line at the level of the services', '    <<: *x\n', '    <<: *x\n  d\n'],
    ['an open quote', 'two', '"two'],
    ['an open bracket', 'two', '[two'],
    ['a tab', '    image: two', '\timage: two'],
  ])('all of it after %s', (_name, from, to) => {
    const after = reparse(before, text.replace(from, to));
    expect(valueOfService(after, 0)).not.toBe(valueOfService(before, 0));
    expect(plain(after)).toEqual(plain(parse('test:', after.text)));
  });

  test('the same text is the same file', () => {
    expect(reparse(before, text)).toBe(before);
  });
});

test('the change between two texts is the smallest', () => {
  expect(changeBetween('abcd', 'abXcd')).toEqual({ start: 2, oldEnd: 2, newEnd: 3 });
  expect(changeBetween('aa', 'aaa')).toEqual({ start: 0, oldEnd: 0, newEnd: 1 });
  expect(changeBetween('a\n  b\n', 'a\n  c\n  b\n')).toEqual({ start: 2, oldEnd: 2, newEnd: 6 });
  expect(changeBetween('abc', 'ac')).toEqual({ start: 1, oldEnd: 2, newEnd: 1 });
});
