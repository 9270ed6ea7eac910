/** The longest line that is kept whole, in bytes; what is longer comes in pieces of this size. */
export const maxLineBytes = 1 << 20;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Assembles the lines of one stream from its chunks. Characters are never torn: only whole lines are decoded (a piece of an overlong line ends at a
 * character). Bytes that are no UTF-8 become U+FFFD. Memory is bounded by `maxLineBytes`, work is linear.
 */
export class LineAssembler {
  #pieces: Uint8Array[] = [];
  #length = 0;

  /** Calls back for each line that a chunk completes, without its line end (`\n` or `\r\n`). */
  push(chunk: Uint8Array, onLine: (text: string) => void): void {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(lineFeed, from);
      if (end < 0) break;
      onLine(this.#take(chunk.subarray(from, end)));
      from = end + 1;
    }
    if (from < chunk.length) this.#keep(chunk.subarray(from), onLine);
  }

  /** What is left without a line end, when the stream has ended. */
  flush(): string | undefined {
    return this.#length === 0 ? undefined : this.#take(new Uint8Array());
  }

  /** Bytes of the line that has not ended yet. */
  get pending(): number {
    return this.#length;
  }

  #take(last: Uint8Array): string {
    const bytes = this.#length === 0 ? last : this.#join(last);
    const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
    return decode(bytes, end);
  }

  #join(last: Uint8Array): Uint8Array {
    const bytes = Buffer.concat([...this.#pieces, last]);
    this.#pieces = [];
    this.#length = 0;
    return bytes;
  }

  #keep(rest: Uint8Array, onLine: (text: string) => void): void {
    // A copy: the chunk's memory belongs to the socket, and a short rest would hold all of it.
    this.#pieces.push(new Uint8Array(rest));
    this.#length += rest.length;
    while (this.#length > maxLineBytes) {
      const bytes = this.#join(new Uint8Array());
      const end = characterBoundary(bytes, maxLineBytes);
      onLine(decode(bytes, end));
      const left = new Uint8Array(bytes.subarray(end));
      if (left.length > 0) this.#pieces.push(left);
      this.#length = left.length;
    }
  }
}

/** `Buffer` decodes short texts several times faster than `TextDecoder`. */
function decode(bytes: Uint8Array, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, end).toString('utf8');
}

/** The last index up to `limit` that does not split a UTF-8 character. */
function characterBoundary(bytes: Uint8Array, limit: number): number {
  let at = limit;
  while (at > limit - 4 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at--;
  return at === limit - 4 ? limit : at;
}
