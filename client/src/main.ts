import type * as vscode from 'vscode';
import type { LazyTree } from './extension.ts';
import type { TreeRow } from './views/tree-row.ts';
import { Workbench } from './workbench.ts';

/** Everything but the language client, put together when first used. */
export function createWorkbench(
  context: vscode.ExtensionContext,
  tree: LazyTree,
  view: vscode.TreeView<TreeRow>,
): Workbench {
  const workbench = new Workbench(context, tree, view);
  context.subscriptions.push(workbench);
  return workbench;
}
