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

export type ProgressStatus =
  | 'Creating'
  | 'Created'
  | 'Starting'
  | 'Started'
  | 'Running'
  | 'Waiting'
  | 'Healthy'
  | 'Exited'
  | 'Stopping'
  | 'Stopped'
  | 'Killing'
  | 'Killed'
  | 'Removing'
  | 'Removed'
  | 'Recreate'
  | 'Recreated'
  | 'Restarting'
  | 'Paused'
  | 'Unpaused'
  | 'Pulling'
  | 'Pulled'
  | 'Pushing'
  | 'Pushed'
  | 'Building'
  | 'Built'
  | 'Skipped'
  | 'Warning'
  | 'Error';

export type Report = (event: ProgressEvent) => void;

/** Statuses after which nothing more happens to the object in this operation. */
export function isFinal(status: ProgressStatus): boolean {
  return !/ing$/.test(status) || status === 'Running' || status === 'Warning';
}
