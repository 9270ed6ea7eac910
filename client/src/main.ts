import * as vscode from 'vscode';
import { loadCatalogue } from '#compose/problem/catalogues.ts';
import { runCommand } from './command-handlers.ts';
import { contribute } from './contributions.ts';
import { invokeTool, prepareTool } from './lm/tools.ts';
import type { Providers } from './providers.ts';
import { provideTasks, resolveTask } from './tasks/compose-tasks.ts';
import { shellProfile } from './terminal/shell-profile.ts';
import type { LazyTree } from './tree/lazy-tree.ts';
import type { TreeRow } from './tree/tree-row.ts';
import { Workbench } from './workbench.ts';

/** Everything but the language client, put together when first used. */
export async function start(
  context: vscode.ExtensionContext,
  tree: LazyTree,
  view: vscode.TreeView<TreeRow>,
  fileChanges: vscode.EventEmitter<vscode.FileChangeEvent[]>,
): Promise<Providers> {
  await loadCatalogue(vscode.env.language);
  const workbench = new Workbench(context, tree, view, fileChanges);
  context.subscriptions.push(workbench, contribute(workbench));
  return {
    tree: workbench.tree,
    containerFiles: workbench.containerFiles,
    runCommand: (id, args) => runCommand(workbench, id, args),
    provideTasks: () => provideTasks(workbench),
    resolveTask,
    shellProfile: () => shellProfile(workbench),
    resolveLogs: async (each) => (await workbench.panels.logs()).resolve(each),
    restoreLogs: async (...each) => (await workbench.panels.logs()).restore(...each),
    resolveStats: async (each) => (await workbench.panels.stats()).resolve(each),
    resolveDebug: async (...input) =>
      (await import('./debug/resolve-debug.ts')).resolveDebug(workbench, ...input),
    provideDebug: async () => (await import('./debug/provide-debug.ts')).provideDebug(workbench),
    prepareTool,
    dropFiles: async (...input) => (await import('./files/transfer.ts')).dropFiles(workbench, ...input),
    invokeTool: (...input) => invokeTool(workbench, ...input),
  };
}
