/** A Go duration's units, in ms. */
const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1e3,
  m: 6e4,
  h: 3.6e6,
};

/**
 * What `--since` and `--until` take, as the Engine takes it (Unix seconds with a fraction): a Go duration back from now (`1h30m`), a date or time
 * (`2026-01-31`, `2026-01-31T10:00`, RFC 3339; local time where no zone is given), or Unix seconds. `undefined`: none of these. `now` in ms.
 */
export function toEngineTime(text: string, now: number): string | undefined {
  if (/^\d+(?:\.\d+)?$/.test(text)) return text;
  const duration = parseGoDuration(text);
  if (duration !== undefined) return ((now - duration) / 1000).toFixed(3);
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(
      text,
    );
  if (match === null) return undefined;
  const [, date, hours = '00', minutes = '00', seconds = '00', fraction = '0', zone = ''] = match;
  const time = Date.parse(`${date}T${hours}:${minutes}:${seconds}${zone}`);
  return Number.isNaN(time) ? undefined : `${time / 1000}.${fraction.padEnd(9, '0')}`;
}

/** In ms; negative with a leading `-`. `undefined`: not a duration. */
export function parseGoDuration(text: string): number | undefined {
  const match = /^([+-]?)((?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+)$/.exec(text);
  if (match === null) return undefined;
  let total = 0;
  for (const [, amount, unit = ''] of (match[2] ?? '').matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)/g))
    total += Number(amount) * (units[unit] ?? 0);
  return match[1] === '-' ? -total : total;
}

/** An engine's stamp (RFC 3339, up to nanoseconds) as the Engine takes it; `undefined` if it is none. */
export function stampToEngineTime(stamp: string): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:\d{2})$/.exec(stamp);
  if (match === null) return undefined;
  const time = Date.parse(`${match[1]}${match[3]}`);
  return Number.isNaN(time) ? undefined : `${time / 1000}.${(match[2] ?? '').padEnd(9, '0')}`;
}

/** Orders stamps by time: less than 0 when `a` is earlier. Engines write UTC in a fixed width, which sorts as text; Podman does not. */
export function compareStamps(a: string, b: string): number {
  if (a.length === b.length && a.endsWith('Z') && b.endsWith('Z')) return a < b ? -1 : a > b ? 1 : 0;
  const [left, right] = [stampToEngineTime(a) ?? '0.0', stampToEngineTime(b) ?? '0.0'];
  const [leftSeconds = '', leftFraction = ''] = left.split('.');
  const [rightSeconds = '', rightFraction = ''] = right.split('.');
  return (
    Number(leftSeconds) - Number(rightSeconds) ||
    (leftFraction < rightFraction ? -1 : leftFraction > rightFraction ? 1 : 0)
  );
}
