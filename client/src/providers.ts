import type * as vscode from 'vscode';

/** What VS Code asks for by itself, without a command: registered before what answers is loaded. */
export interface Providers {
  provideTasks(): Promise<vscode.Task[]>;
  resolveTask(task: vscode.Task): vscode.Task | undefined;
  shellProfile(): Promise<vscode.TerminalProfile | undefined>;
}
