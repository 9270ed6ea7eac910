import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import type { Translate } from '../shared/translate.ts';
import type { State } from '#engine/observe/states.ts';
import type { Since } from './since.ts';
import type { FileRow, SnapshotRow, TreeRow } from './tree-row.ts';

/** What a row says, without VS Code's types. */
export interface RowText {
  readonly label: string;
  readonly description: string;
  /** For menus: the kind of row, then words for what can be done with it. */
  readonly context: string;
  /** What colour and icon say, in `state`'s words. */
  readonly state: State;
}

/** What the texts depend on besides the row's own thing. */
export interface RowView {
  readonly t: Translate;
  readonly since: Since;
  /** Unix time, ms. */
  readonly now: number;
  /** What containers use, where that is shown. */
  readonly usage?: (containers: readonly ContainerSummary[]) => string;
  /** Whether the engine's image of that name is older than its registry's, as far as that is known. */
  readonly isOlderImage?: (reference: string) => boolean;
  /** Files, where they were listed; `canChange`: a command can be run where they are. */
  readonly file?: (row: FileRow | SnapshotRow, canChange: boolean) => RowLook | undefined;
}

/** All that is seen of a row, as plain data. */
export interface RowLook {
  readonly label: string;
  readonly description: string;
  readonly context: string;
  readonly icon:
    | { readonly kind: 'project'; readonly state: RowText['state']; readonly isBroken: boolean }
    | { readonly kind: 'state'; readonly state: RowText['state'] }
    | { readonly kind: 'thing'; readonly of: TreeRow['kind'] | 'provider' }
    /** As the user's icon theme has it for that name. */
    | { readonly kind: 'file' | 'folder'; readonly uri: string }
    | { readonly kind: 'note'; readonly severity: 'error' | 'info' | 'empty' }
    | undefined;
  readonly open: 'leaf' | 'collapsed' | 'expanded';
  /** What kind of thing it is, for those who hear the row. */
  readonly role: string;
  /** What it uses, which changes all the time: seen after the description, and not said aloud. */
  readonly usage?: string;
  readonly checked?: boolean;
  /** Nobody knows whether it is still so. */
  readonly isDimmed?: boolean;
  readonly tooltip?: string;
  /** A click opens its line in the file. */
  readonly opensFile?: boolean;
  /** A click opens this. */
  readonly opensUri?: string;
  /** The command that a click runs. */
  readonly runs?: string;
}
