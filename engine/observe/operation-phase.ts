import type { ProgressEvent } from './progress.ts';
import type { Doing } from './states.ts';
import type { Phase } from './under-way.ts';

/** Where an operation is with a service after an event of its progress; `as asked`: between two things; `undefined`: the event says nothing about that. */
export function phaseOf({ kind, status }: ProgressEvent, doing: Doing): Phase | 'as asked' | undefined {
  if (kind === 'network' || kind === 'volume' || kind === 'project') return undefined;
  switch (status) {
    case 'Creating':
    case 'Starting':
      return 'starting';
    case 'Recreate':
      return 'recreating';
    case 'Restarting':
      return 'restarting';
    case 'Stopping':
    case 'Killing':
      return doing === 'pausing' ? undefined : 'stopping';
    case 'Removing':
      return 'removing';
    case 'Pulling':
      return 'pulling';
    case 'Building':
      return 'building';
    case 'Created':
    case 'Recreated':
      return 'as asked';
    case 'Pulled':
    case 'Built':
      return doing === 'pulling' || doing === 'building' ? 'done' : 'as asked';
    case 'Stopped':
    case 'Killed':
      return doing === 'stopping' ? 'done' : 'as asked';
    case 'Pushing':
    case 'Pushed':
    case 'Warning':
      return undefined;
    // From here on the engine says how it is.
    default:
      return 'done';
  }
}
