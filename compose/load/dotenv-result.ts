import type { Phrase } from '../problem/phrase.ts';

/** A variable of an env file. Offsets are UTF-16 code units from the start of the file. */
export interface DotenvEntry {
  readonly value: string;
  /** Its line or lines, from the key to the end of the value. */
  readonly start: number;
  readonly end: number;
  readonly keyStart: number;
  readonly keyEnd: number;
  /** The value as written, with its quotes; empty for a name without a value. */
  readonly valueStart: number;
  readonly valueEnd: number;
}

export interface DotenvProblem {
  /** A whole sentence. */
  readonly message: Phrase;
  readonly start: number;
  readonly end: number;
}

export interface DotenvResult {
  /** In the order of the file; of a name given twice the last, at its first place. */
  readonly values: ReadonlyMap<string, DotenvEntry>;
  /** Docker Compose refuses the whole file for its first mistake; what stands before it is among the values. */
  readonly problem?: DotenvProblem;
}
