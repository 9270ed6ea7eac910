import type { ChildProcess } from 'node:child_process';

/** How a program ended, in Go's words, as Docker Compose says it: `exit status 0`, `signal: SIGTERM`, or why it was not started. */
export function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) =>
      resolve(code === null ? `signal: ${signal ?? ''}` : `exit status ${code}`),
    );
  });
}
