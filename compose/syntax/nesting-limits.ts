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
