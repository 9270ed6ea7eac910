// Just enough of PNG for pictures of a window: what Chromium writes is read, and several pictures become one that moves (APNG).
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** @typedef {{ readonly width: number, readonly height: number, readonly rgb: Uint8Array }} Picture Three bytes a pixel. */
/** @typedef {{ readonly picture: Picture, readonly milliseconds: number }} Frame How long it stays. */

/**
 * The pixels of a PNG with 8 bits a channel, no palette and no interlacing; transparency is left out.
 *
 * @param {Uint8Array} file
 * @returns {Picture}
 */
export function readPng(file) {
  const bytes = Buffer.from(file);
  if (!bytes.subarray(0, 8).equals(signature)) throw new Error('This is no PNG.');
  let [width, height, channels] = [0, 0, 0];
  const parts = [];
  for (const { type, data } of pngChunks(bytes)) {
    if (type === 'IHDR') {
      [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)];
      channels = { 2: 3, 6: 4 }[data[9] ?? 0] ?? 0;
      if (data[8] !== 8 || channels === 0 || data[12] !== 0) throw new Error('This kind of PNG is not read.');
    } else if (type === 'IDAT') parts.push(data);
  }
  const raw = inflateSync(Buffer.concat(parts));
  const lines = unfiltered(raw, width * channels, height, channels);
  if (channels === 3) return { width, height, rgb: lines };
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++)
    rgb.set(lines.subarray(pixel * 4, pixel * 4 + 3), pixel * 3);
  return { width, height, rgb };
}

/** The chunks of a PNG, in order. @param {Buffer} bytes */
export function* pngChunks(bytes) {
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    yield { type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, at + 8 + length) };
    at += 12 + length;
  }
}

/** Takes back the filter of each line. @param {Buffer} raw @param {number} stride @param {number} height @param {number} channels */
function unfiltered(raw, stride, height, channels) {
  const lines = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    const from = y * (stride + 1) + 1;
    const to = y * stride;
    for (let x = 0; x < stride; x++) {
      const left = x >= channels ? (lines[to + x - channels] ?? 0) : 0;
      const up = y > 0 ? (lines[to + x - stride] ?? 0) : 0;
      const upLeft = x >= channels && y > 0 ? (lines[to + x - stride - channels] ?? 0) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][filter ?? 0] ?? 0;
      lines[to + x] = (raw[from + x] ?? 0) + guess;
    }
  }
  return lines;
}

/** @param {number} left @param {number} up @param {number} upLeft */
function paeth(left, up, upLeft) {
  const guess = left + up - upLeft;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - upLeft)];
  return a <= b && a <= c ? left : b <= c ? up : upLeft;
}

/**
 * One picture that moves, over and over: an APNG of few colours, of which each frame holds only the rectangle that changed. One frame alone makes a picture
 * that stands still.
 *
 * @param {readonly Frame[]} frames All of one size.
 * @param {number} colors At most; up to 256.
 * @returns {Buffer}
 */
export function animatedPng(frames, colors = 256) {
  const [first] = frames;
  if (first === undefined) throw new Error('A moving picture has at least one frame.');
  const { width, height } = first.picture;
  const { palette, indexOf } = paletteOf(
    frames.map(({ picture }) => picture),
    colors,
  );
  const pictures = frames.map(({ picture, milliseconds }) => {
    if (picture.width !== width || picture.height !== height) throw new Error('The frames differ in size.');
    return { indexes: indexed(picture, indexOf), milliseconds };
  });
  const out = [signature];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  out.push(chunk('IHDR', header), chunk('PLTE', palette));
  const control = Buffer.alloc(8);
  const shown = withoutRepetition(pictures);
  control.writeUInt32BE(shown.length, 0);
  out.push(chunk('acTL', control));
  let sequence = 0;
  let before;
  for (const { indexes, milliseconds } of shown) {
    const box =
      before === undefined ? { x: 0, y: 0, width, height } : changed(before, indexes, width, height);
    const frame = Buffer.alloc(26);
    for (const [at, value] of [sequence++, box.width, box.height, box.x, box.y].entries())
      frame.writeUInt32BE(value, at * 4);
    frame.writeUInt16BE(milliseconds, 20);
    frame.writeUInt16BE(1000, 22);
    out.push(chunk('fcTL', frame));
    const data = deflateSync(cut(indexes, width, box), { level: 9 });
    if (before === undefined) out.push(chunk('IDAT', data));
    else {
      const number = Buffer.alloc(4);
      number.writeUInt32BE(sequence++);
      out.push(chunk('fdAT', Buffer.concat([number, data])));
    }
    before = indexes;
  }
  out.push(chunk('IEND', Buffer.alloc(0)));
  return Buffer.concat(out);
}

/** @typedef {{ readonly indexes: Uint8Array, readonly milliseconds: number }} IndexedFrame */

/** Equal neighbours as one that stays longer. @param {readonly IndexedFrame[]} frames */
function withoutRepetition(frames) {
  /** @type {IndexedFrame[]} */
  const kept = [];
  for (const frame of frames) {
    const last = kept.at(-1);
    if (last !== undefined && Buffer.compare(last.indexes, frame.indexes) === 0)
      kept[kept.length - 1] = { ...last, milliseconds: last.milliseconds + frame.milliseconds };
    else kept.push(frame);
  }
  return kept;
}

/** The rectangle in which two pictures differ. @param {Uint8Array} before @param {Uint8Array} after @param {number} width @param {number} height */
function changed(before, after, width, height) {
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (before[y * width + x] !== after[y * width + x]) {
        left = Math.min(left, x);
        right = Math.max(right, x + 1);
        top = Math.min(top, y);
        bottom = y + 1;
      }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * The lines of a rectangle, each with its filter: none, which is best for a palette.
 *
 * @param {Uint8Array} indexes
 * @param {number} width
 * @param {{ readonly x: number, readonly y: number, readonly width: number, readonly height: number }} box
 */
function cut(indexes, width, box) {
  const lines = Buffer.alloc((box.width + 1) * box.height);
  for (let y = 0; y < box.height; y++) {
    const from = (box.y + y) * width + box.x;
    lines.set(indexes.subarray(from, from + box.width), y * (box.width + 1) + 1);
  }
  return lines;
}

/** @param {Picture} picture @param {(color: number) => number} indexOf */
function indexed({ width, height, rgb }, indexOf) {
  const indexes = new Uint8Array(width * height);
  for (let pixel = 0; pixel < indexes.length; pixel++) indexes[pixel] = indexOf(colorAt(rgb, pixel));
  return indexes;
}

/** @param {Uint8Array} rgb @param {number} pixel */
function colorAt(rgb, pixel) {
  return ((rgb[pixel * 3] ?? 0) << 16) | ((rgb[pixel * 3 + 1] ?? 0) << 8) | (rgb[pixel * 3 + 2] ?? 0);
}

/**
 * The colours that are seen most, after near ones (edges of letters, not whole surfaces) are taken together; each colour goes to the nearest of them.
 *
 * @param {readonly Picture[]} pictures
 * @param {number} most
 */
function paletteOf(pictures, most) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const { rgb } of pictures)
    for (let pixel = 0; pixel < rgb.length / 3; pixel++) {
      const color = colorAt(rgb, pixel);
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
  const byCount = [...counts].sort(([, a], [, b]) => b - a).map(([color]) => color);
  /** @type {number[]} */
  let chosen = [];
  // As little taken together as fits.
  for (let apart = 0; chosen.length === 0; apart += 6) {
    /** @type {number[]} */
    const kept = byCount.slice(0, most / 8);
    for (const color of byCount) {
      if (kept.length > most) break;
      if (kept.every((other) => distance(color, other) > apart * apart)) kept.push(color);
    }
    if (kept.length <= most) chosen = kept;
  }
  const palette = Buffer.alloc(chosen.length * 3);
  for (const [at, color] of chosen.entries()) palette.writeUIntBE(color, at * 3, 3);
  /** @type {Map<number, number>} */
  const known = new Map(chosen.map((color, at) => [color, at]));
  const indexOf = (/** @type {number} */ color) => {
    let index = known.get(color);
    if (index === undefined) {
      let best = Number.POSITIVE_INFINITY;
      index = 0;
      for (const [at, other] of chosen.entries()) {
        const far = distance(color, other);
        if (far < best) [best, index] = [far, at];
      }
      known.set(color, index);
    }
    return index;
  };
  return { palette, indexOf };
}

/** @param {number} a @param {number} b */
function distance(a, b) {
  const red = (a >> 16) - (b >> 16);
  const green = ((a >> 8) & 255) - ((b >> 8) & 255);
  const blue = (a & 255) - (b & 255);
  return red * red + green * green + blue * blue;
}

/** @param {string} type @param {Buffer} data */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  whole.set(body, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}
