import { type Sign, stateLooks } from '../tree/state-look.ts';
import type { StackService } from '../workspace/stacks.ts';

/** What stands beside a service's line; `undefined`: nothing. */
export function gutterSign({ view }: Pick<StackService, 'view'>): Sign | undefined {
  return stateLooks[view.state].sign;
}
