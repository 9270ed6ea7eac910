import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import type { LoadedProject } from '#compose/load/request.ts';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import { guessedMapping, ofFolders, type PathMapping, pathMappings } from '#engine/debug/path-mappings.ts';
import type { Process } from '#engine/debug/processes.ts';
import { readFileText } from '#disk/read-file.ts';

/** What is asked of a project. */
export interface MappedStack {
  readonly declared: { readonly loaded: LoadedProject | undefined } | undefined;
  readonly runtime: { readonly workingDirectory: string | undefined } | undefined;
}

/** Which folders here are which in a container of the service, as its files say; of those that are here. */
export async function localMappings(
  stack: MappedStack,
  service: string,
  container: ContainerSummary,
  process: Process,
): Promise<readonly PathMapping[]> {
  const loaded = stack.declared?.loaded;
  const model = loaded?.project.services[service] ?? loaded?.disabled[service];
  const directory =
    loaded?.workingDirectory ??
    stack.runtime?.workingDirectory ??
    vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ??
    '/';
  const build = model?.build;
  const file = join(build?.context ?? directory, build?.dockerfile ?? 'Dockerfile');
  const named = build?.dockerfile !== undefined && isAbsolute(build.dockerfile) ? build.dockerfile : file;
  const dockerfile =
    build === undefined ? undefined : await readFileText(named, 'dockerfile').catch(() => undefined);
  const all = pathMappings({ service: model, dockerfile, mounts: container.mounts, directory });
  const kinds = new Map(
    await Promise.all(all.map(async ({ localRoot }) => [localRoot, await kindOf(localRoot)] as const)),
  );
  const there = all.filter(({ localRoot }) => kinds.get(localRoot) !== undefined);
  const found = ofFolders(there, (path) => kinds.get(path) === vscode.FileType.File);
  return found.length > 0 ? found : guessedMapping(directory, process);
}

/** `undefined`: it is not there. */
async function kindOf(path: string): Promise<vscode.FileType | undefined> {
  return vscode.workspace.fs.stat(vscode.Uri.file(path)).then(
    ({ type }) => type & ~vscode.FileType.SymbolicLink,
    () => undefined,
  );
}
