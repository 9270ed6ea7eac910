/** Protocol Buffers, as much as BuildKit's messages need: by hand, as a library would be the largest part of the bundle. */

export type FieldValue = string | Uint8Array | number | bigint | boolean;
export type Field = readonly [number: number, value: FieldValue];

/** One message. Strings, bytes and messages within it are written with their length, numbers as varints (no negative ones). */
export function encode(fields: readonly Field[]): Buffer {
  return Buffer.concat(
    fields.flatMap(([number, value]) => {
      if (typeof value === 'boolean') return [varint(number * 8), varint(value ? 1 : 0)];
      if (typeof value === 'number' || typeof value === 'bigint') return [varint(number * 8), varint(value)];
      const bytes = typeof value === 'string' ? Buffer.from(value) : value;
      return [varint(number * 8 + 2), varint(bytes.length), bytes];
    }),
  );
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

function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt(value);
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 0x80);
  } while (rest !== 0n);
  return Buffer.from(bytes);
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
