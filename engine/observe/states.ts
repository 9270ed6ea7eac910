import type { ContainerSummary } from '../api/engine-objects.ts';

/** What is being done to something, as long as it was asked for and is not over. */
export type Doing =
  | 'starting'
  | 'stopping'
  | 'restarting'
  | 'recreating'
  | 'removing'
  | 'pausing'
  | 'pulling'
  | 'building';

/** What a container, a service or a project is, everywhere that it is shown; docs/states.md says what each means. */
export type State =
  | Doing
  | 'crash-loop'
  | 'unhealthy'
  | 'dead'
  | 'failed'
  | 'paused'
  | 'created'
  | 'partial'
  | 'exited'
  | 'done'
  | 'running'
  | 'healthy'
  | 'absent'
  | 'off'
  | 'unknown';

/** The first is what several containers are judged by. */
const worstFirst: readonly State[] = [
  'crash-loop',
  'unhealthy',
  'dead',
  'failed',
  'restarting',
  'starting',
  'removing',
  'paused',
  'created',
  'exited',
  'done',
  'running',
  'healthy',
];

/** How a container ends that was asked to stop: by SIGINT, SIGKILL or SIGTERM. No failure, then. */
const stoppedCodes = new Set([0, 130, 137, 143]);

/** What the engine's listing alone says of a container. */
export function listedState({ state, health, exitCode }: ContainerSummary): State {
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
export function worstOf(states: readonly State[]): State {
  return worstFirst.find((state) => states.includes(state)) ?? 'absent';
}

/** States in which something has gone wrong that nobody asked for. */
export function isTrouble(state: State): boolean {
  return state === 'crash-loop' || state === 'unhealthy' || state === 'dead' || state === 'failed';
}
