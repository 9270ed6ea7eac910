import { type Codec, type Field, list, record, struct } from './codec.ts';
import { fileMode, string, ulimit } from './codec-scalars.ts';

export const strings = list(string, '');
export const stringRecord = record(string, '');
export const ulimits = record(ulimit, null);

export function filled(key: string, codec: Codec): Field {
  return { key, codec };
}

/** A field that Docker Compose tells apart from its zero value. */
export function given(key: string, codec: Codec): Field {
  return { key, codec, when: 'set' };
}

export function always(key: string, codec: Codec, fallback: unknown, as = key): Field {
  return { key, codec, as, when: { fallback } };
}

export const fileReference = struct([
  filled('source', string),
  filled('target', string),
  filled('uid', string),
  filled('gid', string),
  given('mode', fileMode),
]);
