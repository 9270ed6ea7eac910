import { expect, test } from 'vitest';
import { nodeAtPath } from '#compose/syntax/at.ts';
import { entryOf } from '#compose/syntax/edit.ts';
import type { MapNode } from '#compose/syntax/node.ts';
import { parse } from '#compose/syntax/parse.ts';

function mapOf(text: string): MapNode {
  const root = parse('test:', text).documents[0]?.root;
  if (root?.kind !== 'map') throw new Error('the text is a mapping');
  return root;
}

// The same in short mappings, which are looked through, and in long ones, which have an index.
test.each([3, 500])('of a key given twice, among %d entries, the first or the last is found', (count) => {
  const names = Array.from({ length: count }, (_, i) => `name${i}: ${i}\n`).join('');
  const map = mapOf(`twice: first\n1: number\n${names}twice: last\n`);
  expect(entryOf(map, 'twice')?.value).toMatchObject({ source: 'first' });
  expect(nodeAtPath(map, ['twice'])).toMatchObject({ source: 'last' });
  expect(entryOf(map, `name${count - 1}`)?.value).toMatchObject({ value: count - 1 });
  expect(entryOf(map, 'nowhere')).toBeUndefined();
  // A key that is no text has no name as a value, and is written as one.
  expect(entryOf(map, '1')).toBeUndefined();
  expect(nodeAtPath(map, ['1'])).toMatchObject({ source: 'number' });
});
