import * as vscode from 'vscode';
import { Settings } from './ids.ts';

/** The user's settings, with the types package.json gives them. */
export function context(): string {
  return get(Settings.context, '');
}

export function host(): string {
  return get(Settings.host, '');
}

export function treeScope(): 'all' | 'workspace' {
  return get<string>(Settings.treeScope, 'all') === 'workspace' ? 'workspace' : 'all';
}

export function saveBeforeUp(resource: vscode.Uri): string {
  return get(Settings.saveBeforeUp, 'always', resource);
}

export function previewUp(resource: vscode.Uri): 'changes' | 'loss' | 'always' | 'never' {
  const value = get<string>(Settings.previewUp, 'changes', resource);
  return value === 'loss' || value === 'always' || value === 'never' ? value : 'changes';
}

export function removeOrphans(resource: vscode.Uri | undefined): boolean {
  return get(Settings.removeOrphans, false, resource);
}

export function logsTail(): number {
  return get(Settings.logsTail, 1000);
}

export function logsTimestamps(): boolean {
  return get(Settings.logsTimestamps, false);
}

export function shellCommand(): readonly string[] {
  return get<readonly string[]>(Settings.shellCommand, []);
}

export async function update(setting: string, value: unknown): Promise<void> {
  const target =
    vscode.workspace.workspaceFolders === undefined
      ? vscode.ConfigurationTarget.Global
      : vscode.ConfigurationTarget.Workspace;
  await vscode.workspace.getConfiguration().update(setting, value, target);
}

function get<T>(setting: string, fallback: T, resource?: vscode.Uri): T {
  return vscode.workspace.getConfiguration(undefined, resource ?? null).get(setting, fallback);
}
