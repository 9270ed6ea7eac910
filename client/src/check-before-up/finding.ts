import type { Path } from '#compose/values/path.ts';
import type { Span } from '#compose/problem/span.ts';

/** What is looked at, in the order in which it is told. */
export const subjects = ['files', 'variables', 'ports', 'images', 'engine'] as const;

export type Subject = (typeof subjects)[number];

/** One thing that stands, or may stand, in the way of an up; or that was found to be in order. */
export interface Finding {
  readonly subject: Subject;
  readonly severity: 'error' | 'warning' | 'ok';
  readonly message: string;
  /** What to do, in a sentence. */
  readonly advice?: string;
  /** Where it is written: in the merged project, or right there. */
  readonly path?: Path;
  readonly span?: Span;
  readonly fix?: Fix;
}

/** What can be done at a click. */
export type Fix =
  | { readonly kind: 'pull'; readonly reference: string; readonly platform?: string }
  | { readonly kind: 'stop'; readonly id: string; readonly name: string }
  | { readonly kind: 'set-variable'; readonly variable: string };
