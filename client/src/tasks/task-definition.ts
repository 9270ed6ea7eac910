import { isAbsolute, join } from 'node:path';
import type { CommandLine } from '../terminal/command-line.ts';

/** A task of tasks.json, as package.json describes it. */
export interface ComposeTaskDefinition {
  readonly type: 'composure';
  readonly command: string;
  readonly options?: readonly string[];
  readonly services?: readonly string[];
  /** What `run` and `exec` run in the service. */
  readonly run?: readonly string[];
  /** Below the workspace folder; absent: the folder itself. */
  readonly folder?: string;
  readonly files?: readonly string[];
  readonly envFiles?: readonly string[];
  readonly profiles?: readonly string[];
  readonly projectName?: string;
}

export const taskType = 'composure';

/** What the task runs; `undefined` for what is no task of ours. Relative paths are relative to its folder, as on the command line. */
export function taskCommandLine(definition: unknown, workspaceFolder: string): CommandLine | undefined {
  if (!isTask(definition)) return undefined;
  const { command, options = [], services = [], run = [], projectName } = definition;
  const folder = definition.folder ?? '';
  return {
    words: [
      ...(definition.files ?? []).flatMap((file) => ['-f', file]),
      ...(definition.envFiles ?? []).flatMap((file) => ['--env-file', file]),
      ...(definition.profiles ?? []).flatMap((profile) => ['--profile', profile]),
      ...(projectName === undefined ? [] : ['-p', projectName]),
      command,
      ...options,
      ...services,
      ...run,
    ],
    cwd: isAbsolute(folder) ? folder : join(workspaceFolder, folder),
  };
}

/** tasks.json is written by hand: what is of another kind than it should be makes it no task. */
function isTask(value: unknown): value is ComposeTaskDefinition {
  if (typeof value !== 'object' || value === null) return false;
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const texts = ['folder', 'projectName'] as const;
  const lists = ['options', 'services', 'run', 'files', 'envFiles', 'profiles'] as const;
  return (
    fields.type === taskType &&
    typeof fields.command === 'string' &&
    texts.every((name) => fields[name] === undefined || typeof fields[name] === 'string') &&
    lists.every((name) => fields[name] === undefined || isTexts(fields[name]))
  );
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
