const unitNanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** Nanoseconds of a Go duration (`"1m30s"`), as the loader writes them. An unreadable one is a bug of the loader. */
export function nanoseconds(duration: string): number {
  let total = 0;
  let rest = duration;
  while (rest !== '') {
    const match = /^(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/.exec(rest);
    const unit = unitNanoseconds[match?.[2] ?? ''];
    if (match === null || unit === undefined) {
      if (rest === '0') return total;
      throw new TypeError(`not a duration: ${duration}`);
    }
    total += Number(match[1]) * unit;
    rest = rest.slice(match[0].length);
  }
  return Math.round(total);
}
