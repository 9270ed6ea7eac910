import type { Path } from '../values/path.ts';
/**
 * Where in the structure a cursor stands, judged from the text before and around it by indentation and punctuation alone.
 * It needs no valid document: half-typed lines, missing colons and open brackets are what it is for.
 */
export interface CursorContext {
  /** The map that would get the key, the value that would be written, or the list that would get the item. */
  readonly path: Path;
  /** What may be written here. An empty place under `key:` fits all three. */
  readonly fits: { readonly key: boolean; readonly item: boolean; readonly scalar: boolean };
  /** Keys already in the map. */
  readonly keys: readonly string[];
  /** Scalars already in the list. */
  readonly items: readonly string[];
  /** What is typed of the word before the cursor, without its opening quote. */
  readonly word: string;
  /** The whole word around the cursor, without its quotes: what an edit replaces. */
  readonly start: number;
  readonly end: number;
  readonly quote: '' | '"' | "'";
  readonly flow: boolean;
  /** The column at which the word starts: nested lines are indented from here. */
  readonly column: number;
  /** A colon follows the word already. */
  readonly colonFollows: boolean;
  /** The word directly follows a colon or dash: a space is owed. */
  readonly spaceOwed: boolean;
}
