import { isCalculable } from './number.ts';

const unitNanoseconds: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
  ['d', 86_400_000_000_000n],
  ['w', 604_800_000_000_000n],
]);

const longest = 2n ** 63n - 1n;

/**
 * A duration (specification: "Specifying durations") as Docker Compose prints it: `90s` is `1m30s`, `1d` is `24h0m0s`. `undefined` if it is none: every
 * number but 0 needs a unit.
 */
export function parseDuration(text: string): string | undefined {
  const nanoseconds = durationNanoseconds(text);
  return nanoseconds === undefined ? undefined : formatDuration(nanoseconds);
}

/** `1h30m`, `1.5h`, `-2d`, `0`; at most 292 years. */
export function durationNanoseconds(text: string): bigint | undefined {
  if (!isCalculable(text)) return undefined;
  const unsigned = text.replace(/^[+-]/, '');
  if (unsigned === '0') return 0n;
  if (unsigned === '') return undefined;
  const element = /(\d*)(?:\.(\d*))?([^\d.]+)/y;
  let total = 0n;
  while (element.lastIndex < unsigned.length) {
    const match = element.exec(unsigned);
    if (match === null) return undefined;
    const [, whole = '', fraction = '', unitName = ''] = match;
    const unit = unitNanoseconds.get(unitName);
    if (unit === undefined || (whole === '' && fraction === '')) return undefined;
    total += BigInt(whole === '' ? 0 : whole) * unit + fractionOf(fraction, unit);
    if (total > longest) return undefined;
  }
  return text.startsWith('-') ? -total : total;
}

function fractionOf(digits: string, unit: bigint): bigint {
  if (digits === '') return 0n;
  const kept = digits.slice(0, 18);
  return BigInt(Math.trunc(Number(kept) * (Number(unit) / 10 ** kept.length)));
}

/** As Go prints a `time.Duration`: hours, minutes and seconds, or one smaller unit below a second. */
export function formatDuration(nanoseconds: bigint): string {
  const sign = nanoseconds < 0n ? '-' : '';
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  if (size === 0n) return '0s';
  if (size < 1_000n) return `${sign}${size}ns`;
  if (size < 1_000_000n) return `${sign}${decimal(size, 3)}µs`;
  if (size < 1_000_000_000n) return `${sign}${decimal(size, 6)}ms`;
  const minutes = size / 60_000_000_000n;
  const seconds = `${decimal(size % 60_000_000_000n, 9)}s`;
  if (minutes === 0n) return `${sign}${seconds}`;
  if (minutes < 60n) return `${sign}${minutes}m${seconds}`;
  return `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

/** `value` divided by ten to the power of `places`. */
function decimal(value: bigint, places: number): string {
  const digits = value.toString().padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return digits.slice(0, -places) + (fraction === '' ? '' : `.${fraction}`);
}
