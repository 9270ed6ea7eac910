/** A step of a build, as far as it is known: BuildKit sends it again when something has changed. */
export interface Vertex {
  readonly digest: string;
  /** `[web 2/3] RUN make`. */
  readonly name: string;
  readonly cached: boolean;
  readonly started: boolean;
  readonly completed: boolean;
  readonly error: string;
}

export interface BuildStatus {
  readonly vertexes: readonly Vertex[];
  readonly logs: readonly { readonly vertex: string; readonly data: Uint8Array }[];
  readonly warnings: readonly string[];
}

/**
 * A `moby.buildkit.v1.StatusResponse` out of its base64: the three things shown of it. Read by hand: the message is flat, and a protobuf library would be
 * the largest part of the bundle. Unknown fields are passed over; what is not such a message gives nothing.
 */
export function decodeStatus(base64: string): BuildStatus {
  const vertexes: Vertex[] = [];
  const logs: { vertex: string; data: Uint8Array }[] = [];
  const warnings: string[] = [];
  for (const [field, value] of fields(Buffer.from(base64, 'base64'))) {
    if (!(value instanceof Uint8Array)) continue;
    if (field === 1) vertexes.push(toVertex(value));
    else if (field === 3) logs.push(toLog(value));
    else if (field === 4) warnings.push(text(lookUp(value, 3)));
  }
  return { vertexes, logs, warnings };
}

function toVertex(message: Uint8Array): Vertex {
  const all = new Map(fields(message));
  return {
    digest: text(all.get(1)),
    name: text(all.get(3)),
    cached: all.get(4) === 1,
    started: all.has(5),
    completed: all.has(6),
    error: text(all.get(7)),
  };
}

function toLog(message: Uint8Array): { vertex: string; data: Uint8Array } {
  const data = lookUp(message, 4);
  return {
    vertex: text(lookUp(message, 1)),
    data: data instanceof Uint8Array ? data : new Uint8Array(),
  };
}

type Value = number | Uint8Array | undefined;

function lookUp(message: Uint8Array, wanted: number): Value {
  for (const [field, value] of fields(message)) if (field === wanted) return value;
  return undefined;
}

function text(value: Value): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : '';
}

/** Numbers and byte strings by field number; fixed-width values, which nothing here uses, are passed over. Stops at the first thing that cannot be. */
function* fields(bytes: Uint8Array): Generator<[field: number, value: Value]> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; at < bytes.length; factor *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
    }
    return value;
  };
  while (at < bytes.length) {
    const key = varint();
    const field = Math.floor(key / 8);
    switch (key % 8) {
      case 0:
        yield [field, varint()];
        break;
      case 1:
        at += 8;
        break;
      case 2: {
        const length = varint();
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
