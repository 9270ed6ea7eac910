import { relative } from 'node:path';
import * as vscode from 'vscode';
import { CommandPseudoterminal } from '../terminal/command-terminal.ts';
import type { ProjectFilesContext, StacksContext } from '../workspace/contexts.ts';
import type { ProjectReference } from '../workspace/discover.ts';
import { type ComposeTaskDefinition, taskCommandLine, taskType } from './task-definition.ts';

/** Reports the problems of compose files that a command prints; with `watch` also whether it is at work, for tasks that depend on it. */
const [matcher, watchMatcher] = ['$compose', '$compose-watch'];

/** The tasks offered for every project without being written down; in tasks.json there can be any command. */
const offered: readonly Pick<ComposeTaskDefinition, 'command' | 'options'>[] = [
  { command: 'up', options: ['-d'] },
  { command: 'down' },
  { command: 'build' },
  { command: 'pull' },
  { command: 'restart' },
  { command: 'logs', options: ['-f'] },
];

/** Tasks for the projects of the workspace. */
export async function provideTasks(workbench: ProjectFilesContext & StacksContext): Promise<vscode.Task[]> {
  await workbench.ready();
  return workbench.files.references.flatMap((reference) => {
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(reference.mainFile));
    if (folder === undefined) return [];
    return offered.flatMap((each) => {
      const definition = definitionFor(reference, folder, each);
      return createTask(definition, folder, nameOf(definition)) ?? [];
    });
  });
}

/** A task that somebody wrote into tasks.json; `undefined` when it is incomplete. */
export function resolveTask(task: vscode.Task): vscode.Task | undefined {
  const folder = typeof task.scope === 'object' ? task.scope : vscode.workspace.workspaceFolders?.[0];
  return folder === undefined ? undefined : createTask(task.definition, folder, task.name);
}

function definitionFor(
  { directory, files, envFiles, profiles, projectName }: ProjectReference,
  folder: vscode.WorkspaceFolder,
  offer: Pick<ComposeTaskDefinition, 'command' | 'options'>,
): ComposeTaskDefinition {
  const below = relative(folder.uri.fsPath, directory);
  const short = (paths: readonly string[]) => paths.map((path) => relative(directory, path));
  return {
    type: taskType,
    ...offer,
    ...(below !== '' && { folder: below }),
    ...(files.length > 0 && { files: short(files) }),
    ...(envFiles !== undefined && { envFiles: short(envFiles) }),
    ...(profiles !== undefined && { profiles }),
    ...(projectName !== undefined && { projectName }),
  };
}

function nameOf({ command, options = [], folder, files = [] }: ComposeTaskDefinition): string {
  const where = [folder, ...files].filter((part) => part !== undefined).join(' ');
  return [command, ...options].join(' ') + (where === '' ? '' : ` (${where})`);
}

function createTask(
  definition: vscode.TaskDefinition,
  folder: vscode.WorkspaceFolder,
  name: string,
): vscode.Task | undefined {
  const commandLine = taskCommandLine(definition, folder.uri.fsPath);
  if (commandLine === undefined) return undefined;
  const execution = new vscode.CustomExecution(
    async () => new CommandPseudoterminal(commandLine, { stays: false }),
  );
  const isWatch = definition.command === 'watch';
  const task = new vscode.Task(
    definition,
    folder,
    name,
    'compose',
    execution,
    isWatch ? watchMatcher : matcher,
  );
  task.isBackground = isWatch;
  if (definition.command === 'build') task.group = vscode.TaskGroup.Build;
  return task;
}
