import type { EnginePort } from '#engine/api/engine-port.ts';
import type { ProgressEvent, Report } from '#engine/observe/progress.ts';
import { type Awaited, waitForService } from '#engine/swarm/converge.ts';

/** Resolves when the services run as they are asked to; each task's way there is reported. Rejects as `waitForService` does. */
export async function awaitServices(
  engine: EnginePort,
  ids: readonly string[],
  report: Report,
  signal: AbortSignal,
  awaited: Awaited = {},
): Promise<void> {
  for (const id of ids)
    await waitForService(
      engine,
      id,
      ({ task, state, error }) =>
        report({
          kind: 'task',
          name: task,
          status: statusOf(state),
          ...(error !== '' && { detail: error }),
        }),
      signal,
      awaited,
    );
}

function statusOf(state: string): ProgressEvent['status'] {
  switch (state) {
    case 'running':
      return 'Running';
    case 'complete':
      return 'Exited';
    case 'failed':
    case 'rejected':
      return 'Error';
    case 'shutdown':
    case 'remove':
    case 'orphaned':
      return 'Stopped';
    case 'preparing':
      return 'Creating';
    case 'starting':
      return 'Starting';
    default:
      return 'Waiting';
  }
}
