/**
 * A range of text. Offsets are UTF-16 code units from the start of the document, `end` exclusive.
 * `uri` names the document; lines and columns exist only at the edges (see `line-index.ts`).
 */
export interface Span {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
}
