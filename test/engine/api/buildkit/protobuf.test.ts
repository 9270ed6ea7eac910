import { describe, expect, it } from 'vitest';
import { decode, encode, text } from '#engine/api/buildkit/protobuf.ts';

describe('messages of Protocol Buffers', () => {
  it.each<[string, number | bigint | boolean, readonly number[]]>([
    ['nothing', 0, [0x08, 0x00]],
    ['one byte', 127, [0x08, 0x7f]],
    ['two bytes', 300, [0x08, 0xac, 0x02]],
    ['more than 32 bits', 2 ** 31 + 0o755, [0x08, 0xed, 0x83, 0x80, 0x80, 0x08]],
    ['yes', true, [0x08, 0x01]],
    ['a small large number', 300n, [0x08, 0xac, 0x02]],
    // 2026-11-30T00:00:00Z in ns.
    ['a time', 1_795_996_800_000_000_000n, [0x08, 0x80, 0x80, 0xf4, 0x8d, 0xaf, 0xb2, 0xaa, 0xf6, 0x18]],
  ])('write %s', (_what, value, bytes) => {
    expect([...encode([[1, value]])]).toEqual(bytes);
  });

  it('write what they read', () => {
    const inner = encode([[1, 'é/x']]);
    const message = encode([
      [2, inner],
      [16, 'a'.repeat(200)],
      [3, 7],
    ]);
    const fields = new Map(decode(message));
    expect(text(fields.get(16))).toBe('a'.repeat(200));
    expect(fields.get(3)).toBe(7);
    expect(text(new Map(decode(fields.get(2) as Uint8Array)).get(1))).toBe('é/x');
  });
});
