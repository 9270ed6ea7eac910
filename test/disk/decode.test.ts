import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode } from '../../disk/decode.ts';

const [le, be] = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

function bigEndian(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

test('by its mark', () => {
  const text = 'services: {a: {image: "é😀"}}\r\n';
  const utf16 = Buffer.from(text, 'utf16le');
  expect(decode(Buffer.from(text))).toEqual({ text });
  expect(decode(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]))).toEqual({ text });
  expect(decode(Buffer.concat([le, utf16]))).toEqual({ text, encoding: 'utf-16' });
  expect(decode(Buffer.concat([be, bigEndian(text)]))).toEqual({ text, encoding: 'utf-16' });
  for (const mark of [le, be]) expect(decode(mark)).toEqual({ text: '', encoding: 'utf-16' });
  expect(decode(Buffer.alloc(0))).toEqual({ text: '' });
});

test.each([
  ['Latin-1', Buffer.from('é: café', 'latin1'), 0, '0xE9'],
  ['Latin-1 after UTF-8', Buffer.concat([Buffer.from('é😀 caf'), Buffer.from([0xe9, 0x0a])]), 7, '0xE9'],
  [
    'a character cut off at the end',
    Buffer.concat([Buffer.from('ab'), Buffer.from([0xe2, 0x82])]),
    2,
    '0xE2',
  ],
  ['a continuation alone', Buffer.from([0x61, 0x80, 0x61]), 1, '0x80'],
  ['a surrogate in UTF-8', Buffer.from([0x61, 0xed, 0xa0, 0x80]), 1, '0xED'],
  ['too long a form', Buffer.from([0x61, 0xc0, 0xaf]), 1, '0xC0'],
  ['beyond Unicode', Buffer.from([0x61, 0x62, 0xf4, 0x90, 0x80, 0x80]), 2, '0xF4'],
  ['a high surrogate alone', Buffer.concat([le, Buffer.from('ab\ud800c', 'utf16le')]), 2, '0xD800'],
  ['a low surrogate alone', Buffer.concat([be, bigEndian('😀\udc00')]), 2, '0xDC00'],
  [
    'an odd number of bytes',
    Buffer.concat([le, Buffer.from('ab', 'utf16le'), Buffer.from([0x0a])]),
    2,
    '0x0A',
  ],
  ['an odd number, big endian', Buffer.concat([be, bigEndian('ab'), Buffer.from([0x0a])]), 2, '0x0A'],
])('%s: the first fault, in the text that has U+FFFD there', (_, bytes, start, wrong) => {
  const { text, fault } = decode(bytes);
  expect(fault).toEqual({ start, wrong });
  expect(text[start]).toBe('\uFFFD');
  expect(text.slice(0, start)).not.toContain('\uFFFD');
});

test('the fault is where a search from the start finds it, wherever bytes are spoilt', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.nat(),
      fc.integer({ min: 0x80, max: 0xff }),
      (text, at, byte) => {
        // Whole characters only: what is spoilt is the one byte put in.
        const before = text
          .replace(/\p{Surrogate}/gu, '')
          .replaceAll('\uFFFD', '')
          .replaceAll('\uFEFF', '');
        const cut = [...before].slice(0, at % 301).join('');
        const after = before.slice(cut.length).replace(/^[\u0080-\uffff]+/, '');
        const bytes = Buffer.concat([Buffer.from(cut), Buffer.from([byte]), Buffer.from(after)]);
        if (cut === '' && byte >= 0xfe) return;
        expect(decode(bytes).fault).toEqual({
          start: cut.length,
          wrong: `0x${byte.toString(16).toUpperCase()}`,
        });
      },
    ),
  );
});
