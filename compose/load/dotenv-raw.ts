import type { DotenvEntry, DotenvResult } from './dotenv-result.ts';
import { phrase } from '../problem/phrase.ts';

/**
 * An env file as `docker run --env-file` reads it: `NAME=value` with everything after the `=` as it is, or `NAME` alone to take the value from `lookup`.
 * Lines that begin with `#` are comments.
 */
export function parseRawEnv(text: string, lookup: (name: string) => string | undefined): DotenvResult {
  const values = new Map<string, DotenvEntry>();
  let at = text.startsWith('\ufeff') ? 1 : 0;
  for (const written of text.slice(at).split('\n')) {
    const line = written.endsWith('\r') ? written.slice(0, -1) : written;
    const trimmed = line.trimStart();
    const start = at + line.length - trimmed.length;
    const end = at + line.length;
    at += written.length + 1;
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const equals = trimmed.indexOf('=');
    const name = equals === -1 ? trimmed : trimmed.slice(0, equals);
    const keyEnd = start + name.length;
    if (name === '') {
      return { values, problem: { message: phrase('env-file.name-missing'), start, end } };
    }
    if (/[ \t]/.test(name)) {
      return { values, problem: { message: phrase('env-file.space-in-name', { name }), start, end: keyEnd } };
    }
    const value = equals === -1 ? lookup(name) : trimmed.slice(equals + 1);
    const valueStart = equals === -1 ? keyEnd : keyEnd + 1;
    if (value !== undefined) {
      values.set(name, { value, start, end, keyStart: start, keyEnd, valueStart, valueEnd: end });
    }
  }
  return { values };
}
