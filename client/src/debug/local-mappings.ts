import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import { guessedMapping, type PathMapping, pathMappings } from '#engine/debug/path-mappings.ts';
import type { Process } from '#engine/debug/processes.ts';
import { readFileText } from '#disk/read-file.ts';
import type { Stack } from '../workspace/stacks.ts';

/** Which folders here are which in a container of the service, as its files say; of those that are here. */
export async function localMappings(
  stack: Stack,
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
  const there = await Promise.all(all.map(({ localRoot }) => isThere(localRoot)));
  const found = all.filter((_, at) => there[at]);
  return found.length > 0 ? found : guessedMapping(directory, process);
}

async function isThere(path: string): Promise<boolean> {
  return vscode.workspace.fs.stat(vscode.Uri.file(path)).then(
    () => true,
    () => false,
  );
}
