/** Numbers with their units, as the user's language has them. */
export interface Format {
  /** `12.3 %` of one processor. */
  percent(value: number): string;
  /** `12.3 MB`. */
  size(bytes: number): string;
  /** `1.2 kB/s`. */
  rate(bytes: number): string;
}

/** From the smallest that is used: fewer bytes are a part of it. */
const units = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

export function formatFor(language: string): Format {
  const inUnit = (unit: string, digits: number) =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  const known = new Map<string, Intl.NumberFormat>();
  const format = (value: number, unit: string, digits: number) => {
    const key = `${unit} ${digits}`;
    let found = known.get(key);
    if (found === undefined) {
      found = inUnit(unit, digits);
      known.set(key, found);
    }
    return found.format(value);
  };
  const scaled = (bytes: number, suffix: string) => {
    const step = bytes < 1000 ? 0 : Math.min(units.length, Math.floor(Math.log10(bytes) / 3)) - 1;
    const value = bytes / 1000 ** (Math.max(0, step) + 1);
    return format(value, `${units[Math.max(0, step)] ?? 'kilobyte'}${suffix}`, value < 99.95 ? 1 : 0);
  };
  const percent = new Intl.NumberFormat(language, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return {
    percent: (value) => percent.format(value / 100),
    size: (bytes) => scaled(bytes, ''),
    rate: (bytes) => scaled(bytes, '-per-second'),
  };
}
