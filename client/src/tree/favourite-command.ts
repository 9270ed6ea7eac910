import type { StacksContext } from '../workspace/contexts.ts';
import type { TreeChoicesContext } from './tree-choices.ts';
import { isTreeRow } from './tree-row.ts';

/** Makes the chosen projects and services favourites, or what they were before. */
export function favouriteCommand(on: boolean) {
  return async (
    { choices, stacks }: StacksContext & TreeChoicesContext,
    [first, second]: readonly unknown[],
  ): Promise<void> => {
    const rows = Array.isArray(second) && second.length > 0 ? second : [first];
    for (const row of rows.filter(isTreeRow)) {
      if (row.kind !== 'project' && row.kind !== 'service') continue;
      const stack = stacks.stack(row.stack);
      if (stack !== undefined)
        await choices.setFavourite(stack.name, row.kind === 'service' ? row.service : undefined, on);
    }
  };
}
