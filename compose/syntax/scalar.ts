import type { ScalarNode, ScalarType } from './node.ts';

/** What a plain (unquoted) scalar means. */
export interface ResolvedScalar {
  readonly type: ScalarType;
  readonly value: ScalarNode['value'];
}

const WORDS: ReadonlyMap<string, ResolvedScalar> = new Map<string, ResolvedScalar>([
  ...['true', 'True', 'TRUE'].map((word) => [word, { type: 'bool', value: true }] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, { type: 'bool', value: false }] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, { type: 'null', value: null }] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, { type: 'float', value: Number.NaN }] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(
    (word) => [word, { type: 'float', value: Number.POSITIVE_INFINITY }] as const,
  ),
  ...['-.inf', '-.Inf', '-.INF'].map(
    (word) => [word, { type: 'float', value: Number.NEGATIVE_INFINITY }] as const,
  ),
  ...['-0', '-0.0'].map((word) => [word, { type: 'float', value: -0 }] as const),
]);

const DATE = /^\d{4}-(\d{1,2})-(\d{1,2})$/;
const DATE_TIME =
  /^\d{4}-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})([.,]\d+)?(Z|[+-]\d\d:\d\d)| +(\d{1,2}):(\d{1,2}):(\d{1,2})([.,]\d+)?)$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const DOT_FLOAT = /^\.\d+(?:[eE][-+]?\d+)?$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9]\d*))$/;

/**
 * The type and value of a plain scalar, as Docker Compose's YAML reader sees it: `yes` and `on` are words, `010`, `0o10` and `0x8` are
 * integers, `08` is a number too, `1_000` is 1000, `22:30` is a word, and an ISO date is a timestamp.
 */
export function resolvePlain(source: string): ResolvedScalar {
  const word = WORDS.get(source);
  if (word !== undefined) return word;
  const first = source.charCodeAt(0);
  if (first === DOT) {
    return DOT_FLOAT.test(source) ? { type: 'float', value: Number(source) } : text(source);
  }
  if (first !== PLUS && first !== MINUS && (first < ZERO || first > NINE)) return text(source);
  if (isTimestamp(source)) return { type: 'timestamp', value: source };
  const digits = source.includes('_') ? source.replaceAll('_', '') : source;
  const integer = parseInteger(digits);
  if (integer !== undefined) return { type: 'int', value: integer };
  if (FLOAT.test(digits)) {
    const value = Number(digits);
    // Beyond the range of a double it stays a word.
    if (Number.isFinite(value)) return { type: 'float', value };
  }
  return text(source);
}

const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

function text(value: string): ResolvedScalar {
  return { type: 'string', value };
}

const MIN_INT = -(2n ** 63n);
const MAX_UINT = 2n ** 64n - 1n;

function parseInteger(digits: string): number | bigint | undefined {
  const match = INTEGER.exec(digits);
  if (match === null) return undefined;
  const [, sign, hex, binary, octal, decimal] = match;
  if (decimal !== undefined && decimal.length < 16) return Number(digits);
  const literal =
    hex !== undefined
      ? `0x${hex}`
      : binary !== undefined
        ? `0b${binary}`
        : octal !== undefined
          ? `0o${octal}`
          : decimal;
  if (literal === undefined || literal.length > 80) return undefined;
  const value = sign === '-' ? -BigInt(literal) : BigInt(literal);
  if (value < MIN_INT || value > MAX_UINT || (sign !== '' && value > MAX_UINT / 2n)) return undefined;
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

function isTimestamp(source: string): boolean {
  if (source.charCodeAt(4) !== MINUS || source.length < 8) return false;
  const match = DATE.exec(source) ?? DATE_TIME.exec(source);
  if (match === null) return false;
  const month = Number(match[1]);
  const day = Number(match[2]);
  const year = Number(source.slice(0, 4));
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;
  const clock = [match[3] ?? match[8], match[4] ?? match[9], match[5] ?? match[10]].map((part) =>
    Number(part ?? 0),
  );
  return (clock[0] ?? 0) < 24 && (clock[1] ?? 0) < 60 && (clock[2] ?? 0) < 60;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** What an explicit tag makes of a plain or quoted text; `undefined` when the text cannot be read as that. Unknown tags change nothing. */
export function resolveTagged(tag: string, source: string, quoted: boolean): ResolvedScalar | undefined {
  const name = coreTag(tag);
  switch (name) {
    case 'str':
      return text(source);
    case 'binary':
      return decodeBase64(source);
    case 'int':
    case 'float':
    case 'bool':
    case 'null':
    case 'timestamp': {
      const plain = resolvePlain(source);
      if (plain.type === name) return plain;
      if (name === 'float' && plain.type === 'int') return { type: 'float', value: Number(plain.value) };
      return undefined;
    }
    default:
      // A tag nobody knows says that the value is not one of the known types.
      return name !== undefined || quoted || isComposeTag(tag) === false
        ? text(source)
        : resolvePlain(source);
  }
}

/** `!reset` and `!override`: they say what merging does and leave the value alone. */
export function isComposeTag(tag: string): boolean {
  return tag === '!reset' || tag === '!override';
}

/** `str` for `!!str` and `!<tag:yaml.org,2002:str>`. */
function coreTag(tag: string): string | undefined {
  if (tag.startsWith('!!')) return tag.slice(2);
  const verbatim = /^!<tag:yaml\.org,2002:(.*)>$/.exec(tag);
  return verbatim?.[1];
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes, as text: invalid UTF-8 becomes U+FFFD, since a model value is always text. */
function decodeBase64(source: string): ResolvedScalar | undefined {
  const packed = source.replace(/[\r\n]/g, '');
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) return undefined;
  const bytes: number[] = [];
  let bits = 0;
  let buffer = 0;
  for (const char of packed.replace(/=+$/, '')) {
    buffer = ((buffer << 6) | BASE64.indexOf(char)) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((buffer >> bits) & 0xff);
    }
  }
  return text(decodeUtf8(bytes));
}

function decodeUtf8(bytes: readonly number[]): string {
  const encoded = bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  try {
    return decodeURIComponent(encoded);
  } catch {
    return bytes.map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : '\ufffd')).join('');
  }
}
