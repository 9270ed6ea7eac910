import * as vscode from 'vscode';
import { Settings } from '../ids.ts';
import { type TreeOrder, treeOrders } from '../tree/tree-order.ts';

/** The user's settings, with the types package.json gives them. */
export function context(): string {
  return get(Settings.context, '');
}

export function host(): string {
  return get(Settings.host, '');
}

/** Those that are shown beside the chosen one: names of Docker contexts, addresses. */
export function engines(): readonly string[] {
  return get<readonly string[]>(Settings.engines, []).filter((name) => name !== '');
}

export function treeScope(): 'all' | 'workspace' {
  return get<string>(Settings.treeScope, 'all') === 'workspace' ? 'workspace' : 'all';
}

export function treeStats(): boolean {
  return get(Settings.treeStats, false);
}

/** In which order the rows of the tree stand. */
export function treeSort(): TreeOrder {
  const value = get<string>(Settings.treeSort, 'file');
  return treeOrders.find((order) => order === value) ?? 'file';
}

export function saveBeforeUp(resource: vscode.Uri): string {
  return get(Settings.saveBeforeUp, 'always', resource);
}

export function previewUp(resource: vscode.Uri): 'changes' | 'loss' | 'always' | 'never' {
  const value = get<string>(Settings.previewUp, 'changes', resource);
  return value === 'loss' || value === 'always' || value === 'never' ? value : 'changes';
}

/** Which remote files are fetched for projects that are run: none, those that were agreed to, or these. */
export function remote(): 'off' | 'ask' | readonly string[] {
  const value = get<unknown>(Settings.remote, 'ask');
  if (Array.isArray(value)) return value.filter((each) => typeof each === 'string');
  return value === 'ask' ? 'ask' : 'off';
}

export function removeOrphans(resource: vscode.Uri | undefined): boolean {
  return get(Settings.removeOrphans, false, resource);
}

/** Where logs are shown. */
export function logsOpen(): 'panel' | 'tab' | 'terminal' {
  const value = get<string>(Settings.logsOpen, 'panel');
  return value === 'terminal' || value === 'tab' ? value : 'panel';
}

export function logsTail(): number {
  return get(Settings.logsTail, 1000);
}

export function logsFollowSelection(): boolean {
  return get(Settings.logsFollowSelection, false);
}

export function logsTimestamps(): boolean {
  return get(Settings.logsTimestamps, false);
}

export function shellCommand(): readonly string[] {
  return get<readonly string[]>(Settings.shellCommand, []);
}

/** The program that applies manifests: a name on the PATH, or a path. */
export function kubectl(): string {
  return get(Settings.kubectl, '') || 'kubectl';
}

/** What stands above services in the file. */
export function editorLenses(resource: vscode.Uri): 'all' | 'state' | 'off' {
  const value = get<string>(Settings.editorLenses, 'all', resource);
  return value === 'state' || value === 'off' ? value : 'all';
}

export function editorGutter(resource: vscode.Uri): boolean {
  return get(Settings.editorGutter, true, resource);
}

export function editorFailures(resource: vscode.Uri): boolean {
  return get(Settings.editorFailures, true, resource);
}

export function editorPortLinks(resource: vscode.Uri): boolean {
  return get(Settings.editorPortLinks, true, resource);
}

export function editorStats(resource: vscode.Uri): boolean {
  return get(Settings.editorStats, true, resource);
}

/** Whether ports of engines over SSH are forwarded. */
export function forwardPorts(): boolean {
  return get(Settings.forwardPorts, true);
}

/** Whether registries are asked about images. */
export function imagesRegistry(): boolean {
  return get(Settings.imagesRegistry, true);
}

/** Whose incidents are told of. */
export function notifications(): 'workspace' | 'all' | 'off' {
  const value = get<string>(Settings.notifications, 'workspace');
  return value === 'all' || value === 'off' ? value : 'workspace';
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
