import type { StacksContext } from '../workspace/contexts.ts';
import type { TreeChoicesContext } from './tree-choices.ts';
import { calledRows } from './tree-row.ts';

/** Makes the chosen projects and services favourites, or what they were before. */
export function favouriteCommand(on: boolean) {
  return async (
    { choices, stacks }: StacksContext & TreeChoicesContext,
    args: readonly unknown[],
  ): Promise<void> => {
    for (const row of calledRows(args)) {
      if (row.kind !== 'project' && row.kind !== 'service') continue;
      const stack = stacks.stack(row.stack);
      if (stack !== undefined)
        await choices.setFavourite(stack.name, row.kind === 'service' ? row.service : undefined, on);
    }
  };
}
