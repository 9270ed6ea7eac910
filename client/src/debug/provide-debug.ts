import type * as vscode from 'vscode';
import { likelyRuntime } from '#engine/debug/runtime.ts';
import type { StacksContext } from '../workspace/contexts.ts';
import { configurationFor } from './attach-command.ts';
import { runningOf } from './debug-context.ts';

/** What can be debugged without a `launch.json`: each container that runs and whose runtime is known. */
export async function provideDebug(workbench: StacksContext): Promise<vscode.DebugConfiguration[]> {
  await workbench.ready();
  return workbench.stacks.stacks.flatMap((stack) =>
    stack.services.flatMap(({ name }) =>
      runningOf(stack, name)
        .filter((container) => likelyRuntime(container) !== undefined)
        .map((container) => ({ ...configurationFor(stack, container) })),
    ),
  );
}
