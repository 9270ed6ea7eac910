import { expect, it } from 'vitest';
import { urisIn } from '../../../client/src/files/uri-list.ts';

it('takes one address from each line, whatever ends the line, and no comment', () => {
  expect(urisIn('# dropped\r\nfile:///a%20b\r\nfile:///c\nfile:///d#e\r\n')).toEqual([
    'file:///a%20b',
    'file:///c',
    'file:///d#e',
  ]);
  expect(urisIn('')).toEqual([]);
});
