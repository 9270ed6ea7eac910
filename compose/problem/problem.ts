import type { Phrase } from './phrase.ts';
import type { Span } from './span.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/**
 * Something wrong with what the user wrote. Values, never exceptions.
 *
 * `code` is stable and documented; `message` becomes whole sentences for a person at the edges: what is wrong and, where
 * possible, what to do.
 * One cause is one problem. `data` is plain JSON for quick fixes.
 */
export interface Problem {
  readonly code: string;
  readonly message: Phrase;
  readonly severity: Severity;
  readonly span: Span;
  /** The path in the model, when the problem is about a value: `services.web.ports[0]`. */
  readonly path?: string;
  readonly related?: readonly { readonly span: Span; readonly message: Phrase }[];
  readonly tags?: readonly ('unnecessary' | 'deprecated')[];
  readonly data?: Readonly<Record<string, unknown>>;
}
