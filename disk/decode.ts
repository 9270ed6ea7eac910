import { isUtf8 } from 'node:buffer';
import type { EncodingFault } from '#compose/load/host.ts';

/** What a file's bytes say, and where they say nothing. */
export interface Decoded {
  /** Without the mark. Bytes that stand for no character are U+FFFD in it. */
  readonly text: string;
  /** Absent: UTF-8. */
  readonly encoding?: 'utf-16';
  /** The first place that stands for no character. */
  readonly fault?: EncodingFault;
}

/** By its mark, UTF-16 either way; else UTF-8: as YAML, and with it Docker Compose, reads files. */
export function decode(bytes: Buffer): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUtf16(bytes.subarray(2));
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeUtf16(swapped(bytes.subarray(2)));
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return decodeUtf8(hasMark ? bytes.subarray(3) : bytes);
}

function decodeUtf8(bytes: Buffer): Decoded {
  const text = bytes.toString('utf8');
  if (isUtf8(bytes)) return { text };
  const at = firstFault(bytes);
  const start = bytes.toString('utf8', 0, at).length;
  const wrong = `0x${(bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
  return { text, fault: { start, wrong } };
}

/** The first byte that does not begin a character; everything before it is whole. */
function firstFault(bytes: Buffer): number {
  let [sound, faulty] = [0, bytes.length];
  // Whether a beginning is valid is known at once; cut within a character it is not, so the search ends at most three bytes early.
  while (faulty - sound > 4) {
    const middle = boundaryBefore(bytes, (sound + faulty) >> 1);
    if (middle <= sound) break;
    if (isUtf8(bytes.subarray(sound, middle))) sound = middle;
    else faulty = middle;
  }
  for (;;) {
    const length = [1, 2, 3, 4].find((each) => isUtf8(bytes.subarray(sound, sound + each)));
    if (length === undefined || sound + length > bytes.length) return sound;
    sound += length;
  }
}

/** A place at or before this one that is in no character's middle, if the bytes before it are whole. */
function boundaryBefore(bytes: Buffer, at: number): number {
  let place = at;
  while (place > at - 3 && ((bytes[place] ?? 0) & 0xc0) === 0x80) place -= 1;
  return place;
}

function decodeUtf16(bytes: Buffer): Decoded {
  const text = bytes.toString('utf16le');
  const alone = text.search(/\p{Surrogate}/u);
  const whole = text.replace(/\p{Surrogate}/gu, '\uFFFD');
  if (alone !== -1) {
    const wrong = `0x${text.charCodeAt(alone).toString(16).toUpperCase()}`;
    return { text: whole, encoding: 'utf-16', fault: { start: alone, wrong } };
  }
  if (bytes.length % 2 === 0) return { text, encoding: 'utf-16' };
  const last = bytes[bytes.length - 1] ?? 0;
  const wrong = `0x${last.toString(16).toUpperCase().padStart(2, '0')}`;
  return { text: `${text}\uFFFD`, encoding: 'utf-16', fault: { start: text.length, wrong } };
}

/** A copy with each pair of bytes the other way round; a last single one stays. */
function swapped(bytes: Buffer): Buffer {
  const even = bytes.length - (bytes.length % 2);
  return Buffer.concat([Buffer.from(bytes.subarray(0, even)).swap16(), bytes.subarray(even)]);
}
