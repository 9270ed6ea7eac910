import type { Plan } from '../plan/plan.ts';

/** How a deploy ended. */
export type DeployOutcome =
  /** Everything is as the files have it, and healthy. */
  | 'deployed'
  /** It was already. */
  | 'unchanged'
  /** It failed, and what was there before is there again. */
  | 'rolled-back'
  /** It failed, and is left as it is: `failure_action: pause`. */
  | 'paused'
  /** All was done, and some of it is not healthy: `failure_action: continue`. */
  | 'partly'
  /** It failed before anything was changed. */
  | 'refused'
  /** It failed, and so did something of the way back, or of putting away the old. */
  | 'broken';

export type DeployStepName =
  | 'check'
  | 'backup'
  | 'snapshot'
  | 'images'
  | 'plan'
  | 'update'
  | 'finish'
  | 'back';

/** One step that was begun. */
export interface DeployStep {
  readonly step: DeployStepName;
  readonly isDone: boolean;
  readonly seconds: number;
}

/** What a deploy did. */
export interface DeployReport {
  readonly project: string;
  readonly outcome: DeployOutcome;
  readonly steps: readonly DeployStep[];
  /** What was planned; absent where it did not get that far. */
  readonly plan?: Plan;
  /** Files of snapshots that were taken, with their sizes in bytes. */
  readonly snapshots: readonly DeploySnapshot[];
  /** Images that are others now, by reference; ids of before and after. */
  readonly images: readonly DeployedImage[];
  /** Why it failed, and what failed after that. */
  readonly errors: readonly unknown[];
}

export interface DeploySnapshot {
  readonly volume: string;
  readonly file: string;
  readonly bytes: number;
}

export interface DeployedImage {
  readonly reference: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}
