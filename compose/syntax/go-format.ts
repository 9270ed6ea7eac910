import type { ScalarNode } from './node.ts';

/**
 * A scalar's value as text, where Docker Compose needs text and the file has something else: `1.0` is `1`, `1e7` is `1e+07`, `true` is
 * `true`, a date is `2001-01-01 00:00:00 +0000 UTC`. That is Go's `fmt.Sprint`. Null is the empty text.
 */
export function goFormat(scalar: Pick<ScalarNode, 'type' | 'value'>): string {
  const { type, value } = scalar;
  if (value === null) return '';
  if (typeof value === 'number') return type === 'float' ? goFormatFloat(value) : String(value);
  if (type === 'timestamp' && typeof value === 'string') return goFormatTime(value);
  return String(value);
}

/** The shortest digits that give the number back; with an exponent below 1e-4 and from 1e6 on. */
export function goFormatFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  if (value === Number.NEGATIVE_INFINITY) return '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 6) {
    const digits = String(Math.abs(exponent)).padStart(2, '0');
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`;
  }
  return String(value);
}

const TIME =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]| +)(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)?)?$/;

function goFormatTime(text: string): string {
  const match = TIME.exec(text);
  if (match === null) return text;
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', fraction = '', zone] =
    match;
  const two = (part: string): string => part.padStart(2, '0');
  const nanos = fraction.slice(0, 9).replace(/0+$/, '');
  const clock = `${two(hour)}:${two(minute)}:${two(second)}${nanos === '' ? '' : `.${nanos}`}`;
  const offset = zone === undefined || zone === 'Z' || zone === '+00:00' ? '+0000 UTC' : offsetText(zone);
  return `${year}-${two(month)}-${two(day)} ${clock} ${offset}`;
}

/** A zone without a name is written twice. */
function offsetText(zone: string): string {
  const compact = zone.replace(':', '');
  return `${compact} ${compact}`;
}
