import type { OperationsUnderWay } from '#engine/observe/operations-under-way.ts';
import type { RuntimeSnapshot } from '#engine/observe/runtime-store.ts';
import type { Running } from './stacks.ts';

/** What an engine runs, how fresh that is, and what is being done there. */
export function runningOn(
  { projects, others, connection, lastSeen, loops, done }: RuntimeSnapshot,
  operations: OperationsUnderWay,
  engine: string | undefined,
): Running {
  return {
    projects,
    others,
    knowledge: { isFresh: connection === 'connected', lastSeen, loops, done },
    underWay: (project) => operations.underWay({ engine, project }),
    interrupted: (project) => operations.interrupted({ engine, project }),
  };
}
