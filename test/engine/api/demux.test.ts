import { describe, expect, it } from 'vitest';
import { Demuxer, type StreamName } from '#engine/api/demux.ts';
import { fc } from '../../property.ts';
import { chunked, frame } from '../streams.ts';

describe('the demuxer', () => {
  it('takes frames apart', () => {
    const bytes = Buffer.concat([
      frame('stdout', 'one\n'),
      frame('stderr', 'two\n'),
      frame('stdout', 'three\n'),
    ]);
    expect(demux([bytes])).toEqual([
      ['stdout', 'one\n'],
      ['stderr', 'two\n'],
      ['stdout', 'three\n'],
    ]);
  });

  it('gives the same frames however the bytes are chunked', () => {
    const frames = fc.array(
      fc.tuple(
        fc.constantFrom<StreamName>('stdout', 'stderr'),
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(frames, fc.array(fc.integer({ min: 1, max: 64 }), { maxLength: 200 }), (wanted, sizes) => {
        const bytes = Buffer.concat(wanted.map(([stream, data]) => frame(stream, data)));
        const expected = wanted.map(([stream, data]) => [stream, Buffer.from(data).toString('latin1')]);
        expect(demux(chunked(bytes, sizes), 'latin1')).toEqual(expected);
      }),
    );
  });

  it('passes over empty frames', () => {
    expect(demux([Buffer.concat([frame('stdout', ''), frame('stderr', 'x')])])).toEqual([['stderr', 'x']]);
  });

  it('knows whether the stream was cut in the middle of a frame or a header', () => {
    const bytes = frame('stdout', 'hello');
    for (const [length, torn] of [
      [0, false],
      [3, true],
      [8, true],
      [12, true],
      [13, false],
    ] as const) {
      const demuxer = new Demuxer();
      demuxer.push(bytes.subarray(0, length));
      expect(demuxer.torn, `after ${length} bytes`).toBe(torn);
    }
  });

  it('reads lengths as unsigned', () => {
    const demuxer = new Demuxer();
    demuxer.push(Buffer.from([1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]));
    const [part] = demuxer.push(Buffer.from('abc'));
    expect(part).toMatchObject({ stream: 'stdout', start: true, end: false });
    expect(demuxer.torn).toBe(true);
  });

  it('passes a stream on that is not multiplexed, from wherever it is noticed', () => {
    const text = 'plain text of a terminal\r\n';
    for (const sizes of [[100], [1], [7, 3], [8]])
      expect(joined(demux(chunked(Buffer.from(text), sizes))), String(sizes)).toBe(text);
  });

  it('does work in proportion to the bytes, not to the chunks before', () => {
    // One large frame in small chunks: a demuxer that joins what it has would copy 5 MB five thousand times.
    const content = Buffer.alloc(5_000_000, 'x');
    const demuxer = new Demuxer();
    const bytes = frame('stdout', content);
    let seen = 0;
    let parts = 0;
    for (let at = 0; at < bytes.length; at += 1000)
      for (const { data } of demuxer.push(bytes.subarray(at, at + 1000))) {
        // Every part points into what was pushed: nothing is copied.
        expect(data.buffer).toBe(bytes.buffer);
        seen += data.length;
        parts++;
      }
    expect([seen, parts]).toEqual([5_000_000, 5001]);
  });
});

/** Whole frames, each as one entry. */
function demux(chunks: readonly Uint8Array[], encoding: BufferEncoding = 'utf8'): [StreamName, string][] {
  const demuxer = new Demuxer();
  const frames: [StreamName, string][] = [];
  for (const chunk of chunks)
    for (const { stream, data, start } of demuxer.push(chunk)) {
      const text = Buffer.from(data).toString(encoding);
      const last = frames.at(-1);
      if (start || last === undefined) frames.push([stream, text]);
      else last[1] += text;
    }
  return frames;
}

function joined(frames: readonly [StreamName, string][]): string {
  return frames.map(([, text]) => text).join('');
}
