import { isCalculable, isWholeNumber } from './number.ts';

const multipliers: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  t: 1024 ** 4,
  p: 1024 ** 5,
};

/**
 * A number of bytes as decimal text (specification: "Specifying byte values"): `1.5gb`, `512m`, `10 KiB`, `2048`, `-1`. Units count by 1024 and in either
 * case. `undefined` if it is none.
 */
export function parseSize(text: string): string | undefined {
  if (isWholeNumber(text)) {
    const bytes = BigInt(text.replace(/^\+/, ''));
    if (bytes === BigInt.asIntN(64, bytes)) return bytes.toString();
  }
  if (!isCalculable(text)) return undefined;
  const match = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?) ?(?:([kmgtp])(?:i?b)?|b)?$/i.exec(text);
  if (match === null) return undefined;
  const number = Number(match[1]);
  if (number < 0) return undefined;
  const bytes = Math.trunc(number * (multipliers[(match[2] ?? '').toLowerCase()] ?? 1));
  return bytes < 2 ** 63 ? BigInt(bytes).toString() : undefined;
}
