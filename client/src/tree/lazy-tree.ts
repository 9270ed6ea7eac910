import * as vscode from 'vscode';
import type { ComposeTree } from './tree.ts';
import type { TreeRow } from './tree-row.ts';

type Rows = Pick<ComposeTree, 'getChildren' | 'getTreeItem' | 'getParent' | 'resolveTreeItem'>;

/** Stands for the tree until it is looked at. */
export class LazyTree implements vscode.TreeDataProvider<TreeRow>, vscode.Disposable {
  readonly #load: () => Promise<Rows>;
  readonly #changed = new vscode.EventEmitter<readonly TreeRow[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event as vscode.Event<TreeRow[] | undefined>;

  constructor(load: () => Promise<Rows>) {
    this.#load = load;
  }

  /** `undefined`: everything. */
  refresh(rows: readonly TreeRow[] | undefined): void {
    this.#changed.fire(rows);
  }

  async getChildren(row?: TreeRow): Promise<TreeRow[]> {
    return (await this.#load()).getChildren(row);
  }

  async getTreeItem(row: TreeRow): Promise<vscode.TreeItem> {
    return (await this.#load()).getTreeItem(row);
  }

  async getParent(row: TreeRow): Promise<TreeRow | undefined> {
    return (await this.#load()).getParent(row);
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    row: TreeRow,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    return (await this.#load()).resolveTreeItem(item, row, token);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
