import type { ContainerSummary } from './engine-objects.ts';

/** Whether there are processes: also unhealthy, paused and restarting ones. */
export function isLive({ state }: Pick<ContainerSummary, 'state'>): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting';
}
