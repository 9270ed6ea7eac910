import type { Service } from '#compose/model/project.ts';
import { nanoseconds } from '../requests/nanoseconds.ts';

/** How the containers of a service are replaced (Compose specification, `deploy.update_config`). Times are seconds. */
export interface UpdateRules {
  readonly order: 'start-first' | 'stop-first';
  /** How many containers are replaced at a time; 0: all. */
  readonly parallelism: number;
  /** Between one group and the next. */
  readonly delay: number;
  /** How long a new container must stay as it should be before it counts. */
  readonly monitor: number;
  readonly onFailure: FailureAction;
}

export type FailureAction = 'rollback' | 'pause' | 'continue';

/** A container without a health check says nothing but that it runs: Swarm's own monitor, where none is given. */
const usualMonitor = 5;

/**
 * What the file says, else the defaults of the specification, but for two: a deploy that fails goes back where no `failure_action` is given, and a service
 * without a health check is watched for five seconds.
 */
export function updateRules({ deploy, healthcheck }: Service, imageIsChecked = false): UpdateRules {
  const { order, parallelism = 1, delay, monitor, failure_action: action } = deploy?.update_config ?? {};
  const isChecked = healthcheck === undefined ? imageIsChecked : healthcheck.disable !== true;
  return {
    order: order === 'start-first' ? 'start-first' : 'stop-first',
    parallelism,
    delay: delay === undefined ? 0 : seconds(delay),
    monitor: monitor === undefined ? (isChecked ? 0 : usualMonitor) : seconds(monitor),
    onFailure: action === 'pause' || action === 'continue' ? action : 'rollback',
  };
}

function seconds(duration: string): number {
  return nanoseconds(duration) / 1e9;
}
