import type * as vscode from 'vscode';
import { contribute } from './contributions.ts';
import type { LazyTree } from './extension.ts';
import { invokeTool, prepareTool } from './lm/tools.ts';
import type { Providers } from './providers.ts';
import { provideTasks, resolveTask } from './tasks/compose-tasks.ts';
import { shellProfile } from './terminal/shell-profile.ts';
import type { TreeRow } from './tree/tree-row.ts';
import { Workbench } from './workbench.ts';

/** Everything but the language client, put together when first used. */
export function createWorkbench(
  context: vscode.ExtensionContext,
  tree: LazyTree,
  view: vscode.TreeView<TreeRow>,
  fileChanges: vscode.EventEmitter<vscode.FileChangeEvent[]>,
): Workbench {
  const workbench = new Workbench(context, tree, view, fileChanges);
  context.subscriptions.push(workbench, contribute(workbench));
  return workbench;
}

/** What VS Code asks for by itself, without a command. */
export function createProviders(workbench: Workbench): Providers {
  return {
    provideTasks: () => provideTasks(workbench),
    resolveTask,
    shellProfile: () => shellProfile(workbench),
    resolveLogs: async (view) => (await workbench.panels.logs()).resolve(view),
    resolveStats: async (view) => (await workbench.panels.stats()).resolve(view),
    prepareTool,
    dropFiles: async (...input) => (await import('./files/transfer.ts')).dropFiles(workbench, ...input),
    invokeTool: (...input) => invokeTool(workbench, ...input),
  };
}
