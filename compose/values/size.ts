export function parseSize(text: string): string | undefined {
  if (/^[+-]?\d+$/.test(text)) return BigInt(text).toString();
  const m = /^(\d+(?:\.\d+)?|\.\d+) ?([kmgtp]?)i?b?$/i.exec(text);
  if (!m) return undefined;
  const power = ['', 'k', 'm', 'g', 't', 'p'].indexOf((m[2] ?? '').toLowerCase());
  return String(BigInt(Math.trunc(Number(m[1]) * 1024 ** power)));
}
