import { likelyRuntime } from '#engine/debug/runtime.ts';
import type { StackService } from '../workspace/stacks.ts';

/** A debugger can be offered: it runs, and what runs it is known. */
export function isDebuggable({
  view: { can },
  containers,
}: Pick<StackService, 'view' | 'containers'>): boolean {
  return (
    can.shell && containers.some((each) => each.state === 'running' && likelyRuntime(each) !== undefined)
  );
}
