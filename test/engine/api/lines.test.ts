import { describe, expect, it } from 'vitest';
import { LineAssembler, maxLineBytes } from '#engine/api/lines.ts';
import { fc } from '../../property.ts';
import { chunked } from '../streams.ts';

describe('the line assembler', () => {
  it('keeps lines and characters whole however the bytes are chunked', () => {
    const line = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replace(/[\r\n]/g, ''));
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 20 }),
        fc.array(fc.integer({ min: 1, max: 9 })),
        (lines, sizes) => {
          const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
          expect(assemble(chunked(bytes, sizes))).toEqual({
            lines: bytes.toString('utf8').split('\n').slice(0, -1),
            rest: undefined,
          });
        },
      ),
    );
  });

  it('takes a carriage return before the line feed for a part of the line end, and no other', () => {
    expect(assemble([Buffer.from('a\r\nb\rc\n\r\n')])).toEqual({ lines: ['a', 'b\rc', ''], rest: undefined });
    expect(assemble([Buffer.from('a\r'), Buffer.from('\nb\n')]).lines).toEqual(['a', 'b']);
  });

  it('gives the rest without a line end only when asked', () => {
    expect(assemble([Buffer.from('a\nb')])).toEqual({ lines: ['a'], rest: 'b' });
  });

  it('shows bytes that are no UTF-8 as such', () => {
    expect(assemble([Buffer.from([0x61, 0xff, 0x62, 0x0a])]).lines).toEqual(['a\ufffdb']);
  });

  it('cuts endless lines into pieces, between characters', () => {
    const text = 'é'.repeat(maxLineBytes);
    const { lines, rest } = assemble(chunked(Buffer.from(`x${text}\n`), [65_536]));
    expect(lines.length).toBe(3);
    expect(lines.join('')).toBe(`x${text}`);
    expect(lines.every((each) => Buffer.byteLength(each) <= maxLineBytes)).toBe(true);
    expect(rest).toBeUndefined();
  });

  it('does not hold on to the memory of the chunks', () => {
    const chunk = Buffer.from('rest without end');
    const assembler = new LineAssembler();
    assembler.push(chunk, () => {});
    chunk.fill('!');
    expect(assembler.flush()).toBe('rest without end');
  });
});

function assemble(chunks: readonly Uint8Array[]): { lines: string[]; rest: string | undefined } {
  const assembler = new LineAssembler();
  const lines: string[] = [];
  for (const chunk of chunks) assembler.push(chunk, (text) => lines.push(text));
  return { lines, rest: assembler.flush() };
}
