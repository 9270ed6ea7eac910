/** Protocol Buffers, as much as BuildKit's messages need: by hand, as a library would be the largest part of the bundle. */

export type FieldValue = string | Uint8Array | number | bigint | boolean;
export type Field = readonly [number: number, value: FieldValue];

/** One message. Strings, bytes and messages within it are written with their length, numbers as varints (no negative ones). */
export function encode(fields: readonly Field[]): Buffer {
  const contents = fields.map(([, value]) => (typeof value === 'string' ? Buffer.from(value) : value));
  let size = 0;
  for (const [at, [number]] of fields.entries()) size += sizeOf(number, contents[at] ?? 0);
  const message = Buffer.allocUnsafe(size);
  let at = 0;
  for (const [index, [number]] of fields.entries()) {
    const content = contents[index] ?? 0;
    if (content instanceof Uint8Array) {
      at = writeVarint(message, at, number * 8 + 2);
      at = writeVarint(message, at, content.length);
      message.set(content, at);
      at += content.length;
    } else {
      at = writeVarint(message, at, number * 8);
      at = writeVarint(message, at, typeof content === 'boolean' ? Number(content) : content);
    }
  }
  return message;
}

/** A `map<string, string>`: an entry is a message of key and value. */
export function encodeMap(number: number, map: Readonly<Record<string, string>>): readonly Field[] {
  return Object.entries(map).map(([key, value]) => [
    number,
    encode([
      [1, key],
      [2, value],
    ]),
  ]);
}

function sizeOf(number: number, content: Exclude<FieldValue, string>): number {
  const key = varintSize(number * 8);
  if (content instanceof Uint8Array) return key + varintSize(content.length) + content.length;
  return key + varintSize(typeof content === 'boolean' ? Number(content) : content);
}

function varintSize(value: number | bigint): number {
  if (typeof value === 'bigint') return value === 0n ? 1 : Math.ceil(value.toString(2).length / 7);
  let size = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size += 1;
  return size;
}

/** Returns where the next one goes. Bits are not for numbers: they end at 32. */
function writeVarint(message: Buffer, start: number, value: number | bigint): number {
  let at = start;
  let rest = value;
  for (; typeof rest === 'bigint' && rest > BigInt(Number.MAX_SAFE_INTEGER); rest >>= 7n)
    message[at++] = Number(rest & 0x7fn) | 0x80;
  let small = Number(rest);
  for (; small >= 0x80; small = Math.floor(small / 0x80)) message[at++] = (small % 0x80) | 0x80;
  message[at++] = small;
  return at;
}

export type Value = number | Uint8Array;

/** Numbers and byte strings by field number; fixed-width values, which nothing here uses, are passed over. Stops at the first thing that cannot be. */
export function* decode(bytes: Uint8Array): Generator<[field: number, value: Value]> {
  let at = 0;
  const readVarint = (): number => {
    let value = 0;
    for (let factor = 1; at < bytes.length; factor *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
    }
    return value;
  };
  while (at < bytes.length) {
    const key = readVarint();
    const field = Math.floor(key / 8);
    switch (key % 8) {
      case 0:
        yield [field, readVarint()];
        break;
      case 1:
        at += 8;
        break;
      case 2: {
        const length = readVarint();
        yield [field, bytes.subarray(at, at + length)];
        at += length;
        break;
      }
      case 5:
        at += 4;
        break;
      default:
        return;
    }
  }
}

/** The first value of a field. */
export function lookUp(message: Uint8Array, wanted: number): Value | undefined {
  for (const [field, value] of decode(message)) if (field === wanted) return value;
  return undefined;
}

export function text(value: Value | undefined): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : '';
}
