import type { ReadResult } from '#compose/load/host.ts';

type Text = Extract<ReadResult, { kind: 'text' }>;

/** What a file's bytes say, as `disk/decode.ts` has it, where there is no Node: UTF-16 by its mark, else UTF-8. */
export function decodeText(bytes: Uint8Array): Text {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return utf16(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return utf16(bytes, 'utf-16be');
  const text = new TextDecoder('utf-8').decode(bytes);
  const start = faultIn(text, bytes);
  if (start === undefined) return { kind: 'text', text };
  const at = byteOf(text, start, bytes);
  return { kind: 'text', text, fault: { start, wrong: `0x${hex(bytes[at] ?? 0)}` } };
}

function utf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Text {
  const text = new TextDecoder(encoding).decode(bytes);
  const start = text.indexOf('\uFFFD');
  return start === -1
    ? { kind: 'text', text, encoding: 'utf-16' }
    : { kind: 'text', text, encoding: 'utf-16', fault: { start, wrong: '0xFFFD' } };
}

/** Where the text has U+FFFD and the bytes have none. */
function faultIn(text: string, bytes: Uint8Array): number | undefined {
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', at + 1)) {
    const byte = byteOf(text, at, bytes);
    if (!(bytes[byte] === 0xef && bytes[byte + 1] === 0xbf && bytes[byte + 2] === 0xbd)) return at;
  }
  return undefined;
}

/** The byte at which a character begins, if those before it are whole. */
function byteOf(text: string, at: number, bytes: Uint8Array): number {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return mark + new TextEncoder().encode(text.slice(0, at)).length;
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
