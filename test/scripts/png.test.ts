import { deflateSync, inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { animatedPng, pngChunks, readPng } from '../../scripts/lib/png.mjs';

const picture = (...colors: readonly number[]) => ({
  width: 2,
  height: colors.length / 2,
  rgb: Uint8Array.from(colors.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255])),
});
const [red, blue, white] = [0xff0000, 0x0000ff, 0xffffff];

it('puts pictures together into one that moves, each frame only what has changed', () => {
  const file = animatedPng([
    { picture: picture(red, red, red, red), milliseconds: 100 },
    { picture: picture(red, red, red, red), milliseconds: 50 },
    { picture: picture(red, red, red, blue), milliseconds: 200 },
  ]);
  const chunks = [...pngChunks(file)];
  expect(chunks.map(({ type }) => type)).toEqual([
    'IHDR',
    'PLTE',
    'acTL',
    'fcTL',
    'IDAT',
    'fcTL',
    'fdAT',
    'IEND',
  ]);
  const of = (type: string) => chunks.filter((chunk) => chunk.type === type).map(({ data }) => data);
  // Equal neighbours are one frame that stays longer.
  expect(of('fcTL').map((data) => data.readUInt16BE(20))).toEqual([150, 200]);
  // The second is one pixel at (1, 1): width, height, x, y.
  expect([4, 8, 12, 16].map((at) => of('fcTL')[1]?.readUInt32BE(at))).toEqual([1, 1, 1, 1]);
  expect([...inflateSync(of('fdAT')[0]?.subarray(4) ?? Buffer.alloc(0))]).toEqual([0, 1]);
  expect([...(of('PLTE')[0] ?? [])]).toEqual([255, 0, 0, 0, 0, 255]);
  expect(() => animatedPng([])).toThrow('at least one frame');
});

it('takes no more colours than a palette has', () => {
  const many = Array.from({ length: 2000 }, (_, at) => (at * 8191) & white);
  const [header, palette] = [...pngChunks(animatedPng([{ picture: picture(...many), milliseconds: 1 }]))];
  expect(header?.type).toBe('IHDR');
  expect(palette?.data.length).toBeLessThanOrEqual(768);
});

it('reads pictures as browsers write them', () => {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
  };
  // Two pixels with transparency, a red and a blue one: each value as its difference to the pixel on its left.
  const file = Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.from([0, 0, 0, 2, 0, 0, 0, 1, 8, 6, 0, 0, 0])),
    chunk('IDAT', deflateSync(Buffer.from([1, 255, 0, 0, 255, 1, 0, 255, 129]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  expect(readPng(file)).toEqual(picture(red, blue));
  expect(() => readPng(Buffer.from('no picture'))).toThrow('no PNG');
});
