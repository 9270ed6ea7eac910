import { describe, expect, it } from 'vitest';
import { LogReader } from '#engine/logs/log-reader.ts';
import { fc } from '../../property.ts';
import { chunked, frame } from '../streams.ts';

const stamp = (nano: number) => `2026-01-31T10:20:30.${String(nano).padStart(9, '0')}Z`;

describe('the log reader', () => {
  it('takes the stamp off each line and keeps the streams apart', () => {
    const bytes = Buffer.concat([
      frame('stdout', `${stamp(1)} one\n`),
      frame('stderr', `${stamp(2)} two\n`),
      frame('stdout', `${stamp(3)} \n`),
    ]);
    expect(read([bytes])).toEqual([
      `stdout ${stamp(1)} one`,
      `stderr ${stamp(2)} two`,
      `stdout ${stamp(3)} `,
    ]);
  });

  it('leaves what only looks like a stamp alone where none was asked for', () => {
    for (const tty of [false, true]) {
      const text = `${stamp(1)} one\n${stamp(2)} two\n`;
      const reader = new LogReader({ tty, stamped: false });
      const lines = reader.push(tty ? Buffer.from(text) : frame('stdout', text));
      expect(lines.map((line) => `${line.stamp}|${line.text}`)).toEqual([
        `|${stamp(1)} one`,
        `|${stamp(2)} two`,
      ]);
    }
  });

  it('gives the same lines however the bytes are chunked', () => {
    const line = fc.tuple(
      fc.constantFrom<'stdout' | 'stderr'>('stdout', 'stderr'),
      fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replace(/[\r\n]/g, '')),
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 15 }),
        fc.array(fc.integer({ min: 1, max: 50 })),
        (lines, sizes) => {
          const bytes = Buffer.concat(
            lines.map(([stream, text], at) => frame(stream, `${stamp(at)} ${text}\n`)),
          );
          expect(read(chunked(bytes, sizes))).toEqual(
            lines.map(([stream, text], at) => `${stream} ${stamp(at)} ${text}`),
          );
        },
      ),
    );
  });

  it('joins a line that the engine stored in pieces, each with a stamp of its own', () => {
    const long = 'x'.repeat(16_384);
    const bytes = Buffer.concat([
      frame('stdout', `${stamp(1)} ${long}`),
      frame('stderr', `${stamp(2)} between\n`),
      frame('stdout', `${stamp(1)} ${long}`),
      frame('stdout', `${stamp(1)} end\n`),
    ]);
    expect(read(chunked(bytes, [1000]))).toEqual([
      `stderr ${stamp(2)} between`,
      `stdout ${stamp(1)} ${long}${long}end`,
    ]);
  });

  it('gives a last line without a line end when the stream has ended', () => {
    expect(read([frame('stdout', `${stamp(1)} prompt> `)])).toEqual([`stdout ${stamp(1)} prompt> `]);
  });

  it('reads a terminal, whose stream has no frames', () => {
    const bytes = Buffer.from(`${stamp(1)} one\r\n${stamp(2)} two\r\n`);
    for (const sizes of [[1], [5], [200]])
      expect(read(chunked(bytes, sizes), true)).toEqual([`stdout ${stamp(1)} one`, `stdout ${stamp(2)} two`]);
  });

  it('leaves lines whole that have no stamp', () => {
    expect(read([frame('stdout', 'no stamp here\n'), frame('stdout', 'short\n')])).toEqual([
      'stdout  no stamp here',
      'stdout  short',
    ]);
  });
});

function read(chunks: readonly Uint8Array[], tty = false): string[] {
  const reader = new LogReader({ tty });
  const lines = [...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.flush()];
  return lines.map(({ stream, stamp: time, text }) => `${stream} ${time} ${text}`);
}
