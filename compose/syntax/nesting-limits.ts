/** How much one file may ask for. Beyond a limit there is one problem and no tree. */
export interface ParseLimits {
  /** UTF-16 code units. */
  readonly maxLength: number;
  /** Collections within collections. */
  readonly maxDepth: number;
  /** Values, keys not counted. Docker Compose refuses a file beyond 100,000. */
  readonly maxNodes: number;
  /** Problems in one file; the rest would be noise. */
  readonly maxProblems: number;
}

export const DEFAULT_LIMITS: ParseLimits = {
  maxLength: 10_000_000,
  maxDepth: 500,
  maxNodes: 100_000,
  maxProblems: 100,
};

/** Lexemes that a value takes with its line, generously: comments and blank lines count too. */
export const LEXEMES_PER_NODE = 12;

/** Each stands for a character at least, or marks one that does. */
const LEXEMES_PER_CHARACTER = 2;
/** A value and what announces it. */
const CHARACTERS_PER_NODE = 2;

/** What a text's length says of its values and lexemes: whether there may be more than it is allowed. `undefined`: that depends on its characters. */
export function lengthReachesLimits(length: number, { maxNodes }: ParseLimits): boolean | undefined {
  if (length <= maxNodes * CHARACTERS_PER_NODE) return false;
  return length * LEXEMES_PER_CHARACTER > maxNodes * LEXEMES_PER_NODE ? true : undefined;
}

/** Characters of which there is one before each value but the first: never fewer than values. */
export function announcedIn(text: string, from = 0, to = text.length): number {
  let announced = 0;
  for (let at = from; at < to; at += 1) {
    switch (text.charCodeAt(at)) {
      case 0x0a: // a line
      case 0x0d:
      case 0x2c: // ,
      case 0x2d: // -
      case 0x3a: // :
      case 0x3f: // ?
      case 0x5b: // [
      case 0x7b: // {
        announced += 1;
    }
  }
  return announced;
}
