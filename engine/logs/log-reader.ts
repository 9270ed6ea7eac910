import { Demuxer } from '../api/demux.ts';
import { LineAssembler } from '../api/lines.ts';

export interface StampedLine {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  /** RFC 3339, as the engine wrote it; empty if it wrote none. */
  readonly stamp: string;
}

const space = 0x20;
const lineFeed = 0x0a;
/** An engine's stamp is at most this long; what has no space by then has no stamp. */
const longestStamp = 48;

/**
 * One container's log stream as lines. Asked for with timestamps (`stamped`), the engine stamps each *write* of a container rather than each line: a
 * line longer than 16 KiB is stamped in its middle too. Writes are frames, so stamps are taken off frames and a line keeps the first. A terminal's
 * stream has no frames: there they are taken off lines.
 */
export class LogReader {
  readonly #demuxer: Demuxer | undefined;
  readonly #stamped: boolean;
  readonly #streams = { stdout: new StampedStream('stdout'), stderr: new StampedStream('stderr') };

  constructor({ tty, stamped = true }: { readonly tty: boolean; readonly stamped?: boolean }) {
    this.#demuxer = tty ? undefined : new Demuxer();
    this.#stamped = stamped;
  }

  /** The lines that a chunk completes. */
  push(chunk: Uint8Array): StampedLine[] {
    const lines: StampedLine[] = [];
    if (this.#demuxer === undefined) {
      if (this.#stamped) this.#streams.stdout.pushRaw(chunk, lines);
      else this.#streams.stdout.push(chunk, lines);
      return lines;
    }
    for (const { stream, data, start } of this.#demuxer.push(chunk)) {
      const target = stream === 'stderr' || stream === 'system' ? this.#streams.stderr : this.#streams.stdout;
      if (start && this.#stamped) target.startFrame();
      target.push(data, lines);
    }
    return lines;
  }

  /** Lines without a line end, when the stream has ended. */
  flush(): StampedLine[] {
    const lines: StampedLine[] = [];
    this.#streams.stdout.flush(lines);
    this.#streams.stderr.flush(lines);
    return lines;
  }
}

class StampedStream {
  readonly #stream: 'stdout' | 'stderr';
  readonly #lines = new LineAssembler();
  /** The stamp of the line under way. */
  #stamp = '';
  /** Of a stream without frames. */
  #atLineStart = true;
  /** A stamp that has not come whole yet; `undefined`: none is expected. */
  #partial: string | undefined;

  constructor(stream: 'stdout' | 'stderr') {
    this.#stream = stream;
  }

  startFrame(): void {
    this.#partial = '';
  }

  push(data: Uint8Array, into: StampedLine[]): void {
    const content = this.#partial === undefined ? data : this.#takeStamp(data);
    if (content.length > 0) this.#lines.push(content, (text) => this.#emit(text, into));
  }

  pushRaw(chunk: Uint8Array, into: StampedLine[]): void {
    let from = 0;
    while (from < chunk.length) {
      if (this.#atLineStart) this.startFrame();
      const end = chunk.indexOf(lineFeed, from);
      const next = end < 0 ? chunk.length : end + 1;
      this.push(chunk.subarray(from, next), into);
      this.#atLineStart = end >= 0;
      from = next;
    }
  }

  flush(into: StampedLine[]): void {
    // Text too short for a stamp; half a stamp is none.
    const short = this.#partial ?? '';
    if (short !== '' && !/^\d{4}-/.test(short)) this.#lines.push(Buffer.from(short, 'latin1'), () => {});
    const rest = this.#lines.flush();
    if (rest !== undefined) this.#emit(rest, into);
  }

  #emit(text: string, into: StampedLine[]): void {
    into.push({ stream: this.#stream, text, stamp: this.#stamp });
  }

  #takeStamp(data: Uint8Array): Uint8Array {
    const known = this.#partial ?? '';
    const end = data.indexOf(space);
    if (end < 0 && data.indexOf(lineFeed) < 0 && known.length + data.length <= longestStamp) {
      this.#partial = known + latin1(data, data.length);
      return new Uint8Array();
    }
    this.#partial = undefined;
    const stamp = end < 0 ? '' : known + latin1(data, end);
    if (!looksLikeStamp(stamp)) {
      // An engine that does not stamp: everything belongs to the line.
      return known === '' ? data : Buffer.concat([Buffer.from(known, 'latin1'), data]);
    }
    if (this.#lines.pending === 0) this.#stamp = stamp;
    return data.subarray(end + 1);
  }
}

/** `2026-01-31T…Z` or with an offset; cheap, as it is done for every line. */
function looksLikeStamp(text: string): boolean {
  return (
    text.length >= 20 &&
    text.length <= longestStamp &&
    text[4] === '-' &&
    text[10] === 'T' &&
    text[13] === ':'
  );
}

function latin1(bytes: Uint8Array, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, end).toString('latin1');
}
