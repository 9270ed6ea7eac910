import type { ComposeTree } from './tree.ts';
import type { TreeRow } from './tree-row.ts';

/** For what works with the rows of the tree. */
export interface TreeContext {
  readonly tree: ComposeTree;
  /** Shows a row of the tree, with what is below it. */
  reveal(row: TreeRow): Promise<void>;
  /** Lists the files below a row anew. */
  relist(row: TreeRow | undefined): void;
}
