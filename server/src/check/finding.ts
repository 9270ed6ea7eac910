import type { Severity } from '#compose/problem/problem.ts';

/** Something wrong with a compose file, as an editor shows it: plain data. */
export interface Finding {
  /** Absolute. */
  readonly path: string;
  /** One of those in `docs/diagnostics.md`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: TextRange;
  /** What it is about, wherever in the file that stands: the path in the model and the text. */
  readonly about: string;
  readonly related: readonly { readonly path: string; readonly range: TextRange; readonly message: string }[];
}

/** `end` is exclusive. */
export interface TextRange {
  readonly start: Position;
  readonly end: Position;
}

/** Both from 1; columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}
