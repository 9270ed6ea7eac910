export interface TarFile {
  /** Relative to where the archive is unpacked; a leading slash is dropped. */
  readonly path: string;
  readonly content: Uint8Array;
  /** Permission bits. */
  readonly mode: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Unix time, seconds. */
  readonly modifiedAt: number;
}

const blockSize = 512;

/** A POSIX (ustar) archive; names over 100 bytes are split at a slash, over 255 they are refused with `RangeError`. */
export function tarArchive(files: readonly TarFile[]): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (const file of files) {
    blocks.push(header(file), padded(file.content));
  }
  blocks.push(new Uint8Array(2 * blockSize));
  return concat(blocks);
}

function header(file: TarFile): Uint8Array {
  const block = new Uint8Array(blockSize);
  const { name, prefix } = splitName(file.path.replace(/^\/+/, ''));
  writeText(block, 0, name);
  writeOctal(block, 100, 8, file.mode);
  writeOctal(block, 108, 8, file.uid ?? 0);
  writeOctal(block, 116, 8, file.gid ?? 0);
  writeOctal(block, 124, 12, file.content.length);
  writeOctal(block, 136, 12, file.modifiedAt);
  block.fill(0x20, 148, 156);
  block[156] = '0'.charCodeAt(0);
  writeText(block, 257, encode('ustar\0'));
  writeText(block, 263, encode('00'));
  writeText(block, 345, prefix);
  const sum = block.reduce((total, byte) => total + byte, 0);
  writeText(block, 148, encode(`${sum.toString(8).padStart(6, '0')}\0 `));
  return block;
}

function splitName(path: string): { readonly name: Uint8Array; readonly prefix: Uint8Array } {
  const whole = encode(path);
  if (whole.length <= 100) return { name: whole, prefix: new Uint8Array() };
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    const prefix = encode(path.slice(0, at));
    const name = encode(path.slice(at + 1));
    if (name.length <= 100 && prefix.length <= 155) return { name, prefix };
    if (name.length > 100) break;
  }
  throw new RangeError(`path too long for an archive: ${path}`);
}

function writeOctal(block: Uint8Array, offset: number, length: number, value: number): void {
  writeText(
    block,
    offset,
    encode(
      `${Math.trunc(value)
        .toString(8)
        .padStart(length - 1, '0')}\0`,
    ),
  );
}

function writeText(block: Uint8Array, offset: number, bytes: Uint8Array): void {
  block.set(bytes, offset);
}

function padded(content: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil(content.length / blockSize) * blockSize);
  whole.set(content);
  return whole;
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
