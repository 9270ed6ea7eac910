import { type ValueError, valueError } from './parsed.ts';
import { phrase } from '../problem/phrase.ts';

export interface ExtraHost {
  readonly kind: 'host';
  readonly host: string;
  /** Without brackets. */
  readonly addresses: readonly string[];
}

/** `HOST=IP`, `HOST:IP`, several addresses with commas (specification: "extra_hosts"). */
export function parseExtraHost(text: string): ExtraHost | ValueError {
  const separator = text.includes('=') ? text.indexOf('=') : text.indexOf(':');
  if (separator === -1) return valueError(phrase('invalid-host.no-address', { text }), 0, text.length);
  const host = text.slice(0, separator);
  if (!isHostName(host)) return valueError(phrase('invalid-host', { host }), 0, separator);
  return {
    kind: 'host',
    host,
    addresses: text
      .slice(separator + 1)
      .split(',')
      .map(withoutBrackets),
  };
}

/** Not empty, and nothing in it that separates it from its address. */
export function isHostName(text: string): boolean {
  return text !== '' && !/[:=]/.test(text);
}

/** `[::1]` is `::1`. */
export function withoutBrackets(address: string): string {
  return /^\[.+\]$/.test(address) ? address.slice(1, -1) : address;
}
