/** The engine's stream types; 3 carries the engine's own errors. */
export type StreamName = 'stdin' | 'stdout' | 'stderr' | 'system';

/** A part of a frame. `start`: it begins a frame; `end`: it completes one. A frame is what the container wrote in one go, so a line can span several. */
export interface FramePart {
  readonly stream: StreamName;
  readonly data: Uint8Array;
  readonly start: boolean;
  readonly end: boolean;
}

const names: readonly StreamName[] = ['stdin', 'stdout', 'stderr', 'system'];
const headerLength = 8;

/**
 * Splits the engine's multiplexed stream: frames of an 8-byte header (stream, three zeros, length in big-endian) and their content. A state machine
 * that copies nothing but torn headers, so its work is linear in the bytes however they are chunked, and its memory constant. A container
 * with a terminal is not multiplexed: do not use this for it.
 */
export class Demuxer {
  readonly #header = new Uint8Array(headerLength);
  #headerFill = 0;
  #stream: StreamName = 'stdout';
  /** Bytes of the current frame still to come. */
  #remaining = 0;
  #atStart = false;
  #raw = false;

  /** The parts in a chunk, in order. They point into it: use them before its memory is used again. */
  push(chunk: Uint8Array): FramePart[] {
    const parts: FramePart[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (this.#raw) {
        parts.push({ stream: 'stdout', data: chunk.subarray(at), start: false, end: false });
        break;
      }
      if (this.#remaining === 0) {
        at = this.#readHeader(chunk, at, parts);
        continue;
      }
      const length = Math.min(this.#remaining, chunk.length - at);
      this.#remaining -= length;
      parts.push({
        stream: this.#stream,
        data: chunk.subarray(at, at + length),
        start: this.#atStart,
        end: this.#remaining === 0,
      });
      this.#atStart = false;
      at += length;
    }
    return parts;
  }

  /** Whether the stream stopped in the middle of a frame, or of its header. */
  get torn(): boolean {
    return this.#remaining > 0 || this.#headerFill > 0;
  }

  /** Returns the index after what it took. */
  #readHeader(chunk: Uint8Array, from: number, parts: FramePart[]): number {
    if (this.#headerFill === 0 && chunk.length - from >= headerLength)
      return this.#begin(chunk, from) ? from + headerLength : from;
    const length = Math.min(headerLength - this.#headerFill, chunk.length - from);
    this.#header.set(chunk.subarray(from, from + length), this.#headerFill);
    this.#headerFill += length;
    if (this.#headerFill < headerLength) return from + length;
    this.#headerFill = 0;
    if (!this.#begin(this.#header, 0))
      parts.push({ stream: 'stdout', data: this.#header.slice(), start: false, end: false });
    return from + length;
  }

  /** `false`: this is no header, so nothing is multiplexed (a terminal that was not announced) and all is passed on as it is. */
  #begin(bytes: Uint8Array, at: number): boolean {
    const stream = names[bytes[at] ?? 0];
    if (stream === undefined || bytes[at + 1] !== 0 || bytes[at + 2] !== 0 || bytes[at + 3] !== 0) {
      this.#raw = true;
      return false;
    }
    this.#stream = stream;
    this.#remaining =
      (bytes[at + 4] ?? 0) * 0x1000000 +
      (((bytes[at + 5] ?? 0) << 16) | ((bytes[at + 6] ?? 0) << 8) | (bytes[at + 7] ?? 0));
    this.#atStart = true;
    return true;
  }
}
