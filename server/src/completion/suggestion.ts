import type { Path } from '#compose/values/path.ts';
import type { WordingValue } from '../words/words.ts';

/** What a key's value looks like when it is inserted. */
export type Shape = 'scalar' | 'map' | 'list' | 'empty';

/** Something that could be written at the cursor; `insertion.ts` knows how it is written there. */
export interface Suggestion {
  readonly label: string;
  readonly as: Inserted;
  readonly kind:
    | 'attribute'
    | 'enum'
    | 'service'
    | 'name'
    | 'file'
    | 'folder'
    | 'variable'
    | 'anchor'
    | 'image'
    | 'snippet';
  readonly detail?: WordingValue;
  readonly deprecated?: boolean;
  /** Where the schema describes it: its text is fetched when the suggestion is looked at. */
  readonly described?: Path;
  /** Shown beside it: YAML. */
  readonly documentation?: { readonly yaml: string };
  /** What is compared with the word typed, where that is not the label. */
  readonly filter?: string;
  /** Lower comes first; 5 when absent. */
  readonly rank?: number;
  /** Among those of a rank; by label when absent. */
  readonly order?: number;
  /** Offset from which the suggestion replaces, when it is only the last part of the word. */
  readonly from?: number;
  /** It begins an item of a list: its dash is written too. */
  readonly asItem?: boolean;
  /** It is the only item of a list in brackets. */
  readonly inBrackets?: boolean;
  /** Ask for suggestions again once this one is in. */
  readonly again?: boolean;
}

export type Inserted =
  | { readonly key: string; readonly shape: Shape; readonly children?: readonly Child[] }
  | { readonly scalar: string; readonly quoted?: boolean }
  /** Lines of a snippet with its own placeholders, indented by two. */
  | { readonly snippet: readonly string[] }
  /** Exactly this text: no quoting is considered. */
  | { readonly raw: string };

/** A key that must be there in a map, put in with it. */
export interface Child {
  readonly key: string;
}
