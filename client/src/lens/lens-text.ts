import { publishedPorts } from '../tree/published.ts';
import { stateText } from '../tree/row-text.ts';
import { isLive, type State, stateOf, worstOf } from '../tree/container-state.ts';
import type { Translate } from '../shared/translate.ts';
import { isOff, type StackService } from '../workspace/stacks.ts';

/** As in the tree, without what would move while one reads: `healthy · :8080`, `2/3 running`. Empty for what was never created. */
export function lensText(service: StackService, t: Translate): string {
  const { containers } = service;
  if (containers.length === 0) return isOff(service) ? t('off') : '';
  const live = containers.filter(isLive);
  const state = worstOf(containers);
  const worst = containers.find((container) => stateOf(container) === state);
  const text =
    containers.length === 1 || live.length === 0
      ? stateText(state, worst, t)
      : t('{0}/{1} running', live.length, containers.length);
  const ports = publishedPorts(live)
    .slice(0, 3)
    .map((port) => `:${port}`);
  return [text, ...(ports.length === 0 ? [] : [ports.join(' ')])].join(' · ');
}

export type LensAction = 'up' | 'restart' | 'stop' | 'logs' | 'shell';

/** What makes sense in the service's state. */
export function lensActions(service: StackService): readonly LensAction[] {
  const { containers } = service;
  if (containers.some(isLive)) return ['restart', 'stop', 'logs', 'shell'];
  return containers.length === 0 ? ['up'] : ['up', 'logs'];
}

export const lensIcons: Readonly<Record<State, string>> = {
  healthy: 'pass-filled',
  running: 'circle-filled',
  starting: 'loading~spin',
  unhealthy: 'warning',
  restarting: 'sync~spin',
  paused: 'debug-pause',
  removing: 'loading~spin',
  created: 'circle-outline',
  exited: 'debug-stop',
  failed: 'error',
  dead: 'error',
  absent: 'circle-outline',
  off: 'circle-slash',
};
