import type { ContainerSummary } from '#engine/api/engine-objects.ts';

/** What is to be seen of a container at a glance. */
export type State =
  | 'unhealthy'
  | 'dead'
  | 'failed'
  | 'restarting'
  | 'starting'
  | 'removing'
  | 'paused'
  | 'created'
  | 'exited'
  | 'running'
  | 'healthy'
  | 'absent'
  | 'off';

/** The first is what a group of containers is judged by. */
const worstFirst: readonly State[] = [
  'unhealthy',
  'dead',
  'failed',
  'restarting',
  'starting',
  'removing',
  'paused',
  'created',
  'exited',
  'running',
  'healthy',
];

/** How a container ends that was asked to stop: by SIGINT, SIGKILL or SIGTERM. No failure, then. */
const stoppedCodes = new Set([0, 130, 137, 143]);

export function stateOf({ state, health, exitCode }: ContainerSummary): State {
  switch (state) {
    case 'running':
      return health === 'none' ? 'running' : health;
    case 'exited':
      return stoppedCodes.has(exitCode ?? 0) ? 'exited' : 'failed';
    default:
      return state;
  }
}

/** `absent` for none. */
export function worstOf(containers: readonly ContainerSummary[]): State {
  const states = new Set(containers.map(stateOf));
  return worstFirst.find((state) => states.has(state)) ?? 'absent';
}

/** Whether there are processes: also unhealthy, paused and restarting ones. */
export function isLive({ state }: ContainerSummary): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting';
}
