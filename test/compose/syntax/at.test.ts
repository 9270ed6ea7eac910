import { describe, expect, test } from 'vitest';
import { nodeAt } from '#compose/syntax/at.ts';
import { formatPath } from '#compose/values/path.ts';
import { LineIndex } from '#compose/syntax/line-index.ts';
import { parse } from '#compose/syntax/parse.ts';

describe('the node at a cursor', () => {
  test.each([
    ['services:\n  we‸b:\n    image: x\n', 'services.web', true],
    ['services:\n  web:\n    image: ng‸inx\n', 'services.web.image', false],
    ['services:\n  web:\n    image: nginx‸\n', 'services.web.image', false],
    ['services:\n  web:\n    ports: [1, {target: 8‸0}]\n', 'services.web.ports[1].target', false],
    ['services:\n  web:\n    ports:\n      - a\n      - b‸\n', 'services.web.ports[1]', false],
    ['a: 1 ‸ # c\nb: 2\n', '', false],
  ])('%j', (marked, path, onKey) => {
    const offset = marked.indexOf('‸');
    const root = parse('test:', marked.replace('‸', '')).documents[0]?.root;
    const at = root === undefined ? undefined : nodeAt(root, offset);
    expect([formatPath(at?.path ?? []), at?.onKey]).toEqual([path, onKey]);
  });
});

describe('lines and columns', () => {
  const text = 'ab\ncd\r\n\r\né😀f\rg';
  const index = new LineIndex(text);

  test('of every offset and back', () => {
    for (let offset = 0; offset <= text.length; offset += 1) {
      expect(index.offset(index.position(offset))).toBe(offset);
    }
  });

  test.each([
    [0, 0, 0],
    [3, 1, 0],
    [7, 2, 0],
    [9, 3, 0],
    [text.indexOf('f'), 3, 3],
    [text.indexOf('g'), 4, 0],
    [99, 4, 1],
  ])('offset %d is %d:%d', (offset, line, column) => {
    expect(index.position(offset)).toEqual({ line, column });
  });
});
