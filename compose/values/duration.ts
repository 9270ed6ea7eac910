const units: Record<string, bigint> = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  ms: 1000000n,
  s: 1000000000n,
  m: 60000000000n,
  h: 3600000000000n,
  d: 86400000000000n,
  w: 604800000000000n,
};
export function parseDuration(text: string): string | undefined {
  if (!/^[+-]?(?:0|(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h|d|w))+$/.test(text)) return undefined;
  let total = 0n;
  for (const [, n = '0', u = 's'] of text.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h|d|w)/g))
    total += BigInt(Math.round(Number(n) * Number(units[u])));
  const neg = text.startsWith('-');
  let out = '';
  if (total === 0n) return '0s';
  if (total < 1000000000n) {
    const v = Number(total);
    out = v < 1000 ? `${v}ns` : v < 1e6 ? `${v / 1000}µs` : `${v / 1e6}ms`;
  } else {
    const h = total / 3600000000000n;
    const m = (total / 60000000000n) % 60n;
    const s = Number(total % 60000000000n) / 1e9;
    out = h > 0n ? `${h}h${m}m${s}s` : m > 0n ? `${m}m${s}s` : `${s}s`;
  }
  return (neg ? '-' : '') + out;
}
