import type { Phrase } from '../problem/phrase.ts';

/** Why a text is not a value of its kind. Offsets are UTF-16 code units from the start of the text. */
export interface ValueError {
  readonly kind: 'error';
  /** A whole sentence: what is wrong, and what to write. */
  readonly message: Phrase;
  readonly start: number;
  readonly end: number;
}

export function valueError(message: Phrase, start: number, end: number): ValueError {
  return { kind: 'error', message, start, end };
}
