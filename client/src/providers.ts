import type * as vscode from 'vscode';
import type { EngineFiles } from './files/engine-files.ts';
import type { CommandId } from './ids.ts';
import type { ToolName } from './lm/tool-words.ts';
import type { ComposeTree } from './tree/tree.ts';
import type { TreeRow } from './tree/tree-row.ts';

/** What VS Code may ask for: registered before what answers is loaded. */
export interface Providers {
  readonly tree: ComposeTree;
  readonly containerFiles: EngineFiles;
  runCommand(id: CommandId, args: readonly unknown[]): Promise<unknown>;
  provideTasks(): Promise<vscode.Task[]>;
  resolveTask(task: vscode.Task): vscode.Task | undefined;
  shellProfile(): Promise<vscode.TerminalProfile | undefined>;
  resolveLogs(view: vscode.WebviewView): Promise<void>;
  restoreLogs(tab: vscode.WebviewPanel, state: unknown): Promise<void>;
  resolveStats(view: vscode.WebviewView): Promise<void>;
  /** `uriList` is text of the type `text/uri-list`; nothing happens without it or without a row. */
  dropFiles(row: TreeRow | undefined, uriList: string | undefined): Promise<void>;
  resolveDebug(
    configuration: vscode.DebugConfiguration,
    token: vscode.CancellationToken | undefined,
  ): Promise<vscode.DebugConfiguration | undefined>;
  provideDebug(): Promise<vscode.DebugConfiguration[]>;
  prepareTool(name: ToolName, input: unknown): vscode.PreparedToolInvocation;
  invokeTool(
    name: ToolName,
    input: unknown,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult>;
}
