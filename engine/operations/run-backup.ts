import { spawn } from 'node:child_process';
import type { LoadedProject } from '#compose/load/request.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { endOf } from '../providers/program-end.ts';

/** Where a backup command runs. */
export interface BackupSurroundings {
  readonly environment: NodeJS.ProcessEnv;
  /** What the command writes. */
  readonly write: (chunk: Uint8Array) => void;
  readonly host?: string | undefined;
  readonly context?: string | undefined;
}

/**
 * Runs a command of the person's own by the shell, in the project's folder. It finds the project under the names Docker Compose reads:
 * `COMPOSE_PROJECT_NAME`, `COMPOSE_FILE`. Rejects with `EngineError` when it fails.
 */
export async function runBackup(
  { environment, write, host, context }: BackupSurroundings,
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
      ...(host !== undefined && { DOCKER_HOST: host }),
      ...(context !== undefined && { DOCKER_CONTEXT: context }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    signal,
  });
  child.stdout.on('data', write);
  child.stderr.on('data', write);
  const end = await endOf(child);
  if (end !== 'exit status 0')
    throw new EngineError('engine', say`the backup failed (${end}): ${command}`, { subject: command });
}
