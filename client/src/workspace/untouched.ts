import { dirname, sep } from 'node:path';
import * as vscode from 'vscode';
import { sameData } from '#compose/values/same-data.ts';
import type { DeclaredProject } from './declared.ts';
import type { ProjectReference } from './discover.ts';

/** The absolute paths of all that a project was read from. */
export function filesOf({ loaded }: DeclaredProject): ReadonlySet<string> {
  if (loaded === undefined) return new Set();
  const read = [...(loaded.trace?.texts.keys() ?? [])].map((uri) => vscode.Uri.parse(uri).fsPath);
  return new Set([...loaded.files, ...loaded.envFiles, ...read]);
}

/**
 * Whether a project cannot read otherwise now that the touched files have changed, so that it need not be loaded again. One with problems always can: what it
 * lacks may be anywhere.
 */
export function isUntouched(
  declared: DeclaredProject,
  reference: ProjectReference,
  touched: ReadonlySet<string>,
): boolean {
  if (declared.problems.length > 0 || !sameData(declared.reference, reference)) return false;
  const files = filesOf(declared);
  const folders = new Set([reference.directory, ...[...files].map((path) => dirname(path))]);
  const isNear = (path: string) => [...folders].some((folder) => path.startsWith(folder + sep));
  return ![...touched].some((path) => files.has(path) || isNear(path));
}
