import { publishedPorts } from '../tree/published.ts';
import { steady } from '../tree/row-text.ts';
import { serviceStateText } from '../tree/state-words.ts';
import { isDebuggable } from '../debug/debuggable.ts';
import type { Translate } from '../shared/translate.ts';
import type { StackService } from '../workspace/stacks.ts';

/** As in the tree, without what would move while one reads: `healthy · :8080`, `2/3 running`. Empty for what was never created. */
export function lensText({ view }: Pick<StackService, 'view'>, t: Translate): string {
  if (view.state === 'absent' && view.oneOffs === 0) return '';
  const ports = publishedPorts(steady(view.containers))
    .slice(0, 3)
    .map((port) => `:${port}`);
  return [serviceStateText(view, t), ...(ports.length === 0 ? [] : [ports.join(' ')])].join(' · ');
}

export type LensAction = 'up' | 'restart' | 'stop' | 'logs' | 'shell' | 'attachDebugger';

/** What makes sense in the service's state; nothing while there is no engine to do it. */
export function lensActions(service: Pick<StackService, 'view' | 'containers'>): readonly LensAction[] {
  const { can } = service.view;
  const actions = can.stop ? (['restart', 'stop', 'logs', 'shell'] as const) : (['up', 'logs'] as const);
  return [
    ...actions.filter((action) => can[action]),
    ...(isDebuggable(service) ? ['attachDebugger' as const] : []),
  ];
}
