/** What is happening to one object, in Docker Compose's own words. */
export interface ProgressEvent {
  readonly kind:
    | 'container'
    | 'network'
    | 'volume'
    | 'image'
    | 'project'
    | 'service'
    | 'task'
    | 'secret'
    | 'config';
  readonly name: string;
  readonly status: ProgressStatus;
  /** Why, or how far: an error's text, the engine's word for a pull's state. */
  readonly detail?: string;
  /** 0 to 1, where it is known. */
  readonly fraction?: number;
}

/** Whether something more happens to the object in this operation. */
const isUnderWay = {
  Creating: true,
  Created: false,
  Starting: true,
  Started: false,
  Running: false,
  Waiting: true,
  Healthy: false,
  Exited: false,
  Stopping: true,
  Stopped: false,
  Killing: true,
  Killed: false,
  Removing: true,
  Removed: false,
  Recreate: true,
  Recreated: false,
  Restarting: true,
  Paused: false,
  Unpaused: false,
  Pulling: true,
  Pulled: false,
  Pushing: true,
  Pushed: false,
  Building: true,
  Saving: true,
  Saved: false,
  Restoring: true,
  Restored: false,
  Built: false,
  Skipped: false,
  Warning: false,
  Error: false,
} as const;

export type ProgressStatus = keyof typeof isUnderWay;

/** Takes what happens, as it happens. */
export interface Report {
  (event: ProgressEvent): void;
  /** How many steps of the plan that is carried out are done: `done` only grows, `all` stays. Called once before the first step. */
  readonly steps?: (done: number, all: number) => void;
}

/** Nothing more happens to the object in this operation. */
export function isFinal(status: ProgressStatus): boolean {
  return !isUnderWay[status];
}
