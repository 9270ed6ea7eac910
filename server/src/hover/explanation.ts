import type { Span } from '#compose/problem/span.ts';
/** Markdown about a range of the text. */
export interface Explanation {
  readonly markdown: string;
  readonly span: Pick<Span, 'start' | 'end'>;
}
