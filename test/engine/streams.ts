import type { StreamName } from '#engine/api/demux.ts';

const types: Readonly<Record<StreamName, number>> = { stdin: 0, stdout: 1, stderr: 2, system: 3 };

/** A frame as the engine sends it. */
export function frame(stream: StreamName, content: string | Uint8Array): Buffer {
  const data = Buffer.from(content);
  const header = Buffer.alloc(8);
  header[0] = types[stream];
  header.writeUInt32BE(data.length, 4);
  return Buffer.concat([header, data]);
}

/** The bytes in chunks of these sizes, which are repeated; in one without any. */
export function chunked(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}
