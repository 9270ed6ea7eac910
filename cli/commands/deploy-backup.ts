import { spawn } from 'node:child_process';
import type { LoadedProject } from '#compose/load/request.ts';
import { endOf } from '#engine/providers/program-end.ts';
import type { CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';

/**
 * Runs a command of the person's own by the shell, in the project's folder; what it writes goes to the errors' output. It finds the project under the names
 * Docker Compose reads: `COMPOSE_PROJECT_NAME`, `COMPOSE_FILE`. Rejects with `CommandError` when it fails.
 */
export async function runBackup(
  { environment, errors, global }: CommandContext,
  loaded: LoadedProject,
  command: string,
  signal: AbortSignal,
): Promise<void> {
  const separator = process.platform === 'win32' ? ';' : ':';
  const child = spawn(command, {
    shell: true,
    cwd: loaded.workingDirectory,
    env: {
      ...environment,
      COMPOSE_PROJECT_NAME: loaded.project.name,
      COMPOSE_FILE: loaded.files.join(separator),
      COMPOSE_PATH_SEPARATOR: separator,
      ...(global.host !== undefined && { DOCKER_HOST: global.host }),
      ...(global.context !== undefined && { DOCKER_CONTEXT: global.context }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    signal,
  });
  child.stdout.on('data', (chunk: Uint8Array) => errors.write(chunk));
  child.stderr.on('data', (chunk: Uint8Array) => errors.write(chunk));
  const end = await endOf(child);
  if (end !== 'exit status 0') throw new CommandError(`the backup failed (${end}): ${command}`);
}
