import { inflateRawSync } from 'node:zlib';

/**
 * The names of the files in a ZIP archive, from its central directory.
 * @param {Buffer} archive
 * @returns {readonly string[]}
 */
export function zipNames(archive) {
  return [...zipFiles(archive).keys()];
}

/**
 * The files in a ZIP archive, by name; read when asked for.
 * @param {Buffer} archive
 * @returns {ReadonlyMap<string, () => Buffer>}
 */
export function zipFiles(archive) {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0) throw new Error('This is no ZIP archive.');
  /** @type {Map<string, () => Buffer>} */
  const files = new Map();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const length = archive.readUInt16LE(at + 28);
    const [method, size, header] = [
      archive.readUInt16LE(at + 10),
      archive.readUInt32LE(at + 20),
      archive.readUInt32LE(at + 42),
    ];
    files.set(archive.toString('utf8', at + 46, at + 46 + length), () => {
      const from = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
      const data = archive.subarray(from, from + size);
      return method === 0 ? data : inflateRawSync(data);
    });
    at += 46 + length + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}
