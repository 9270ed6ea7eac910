import * as vscode from 'vscode';
import type { TreeRow } from '../tree/tree-row.ts';
import type { EnvironmentsContext } from './choices.ts';
import type { StacksContext } from '../workspace/contexts.ts';

/** Takes over what was checked in the tree: which profiles are active from now on, for Up and for everything else. */
export async function toggleProfiles(
  { stacks, environments }: EnvironmentsContext & StacksContext,
  items: readonly (readonly [TreeRow, vscode.TreeItemCheckboxState])[],
): Promise<void> {
  for (const [row, state] of items) {
    if (row.kind !== 'profile') continue;
    const declared = stacks.stack(row.stack)?.declared;
    if (declared === undefined) continue;
    const active = new Set(declared.profiles.filter((each) => each.active).map(({ name }) => name));
    if (state === vscode.TreeItemCheckboxState.Checked) active.add(row.profile);
    else active.delete(row.profile);
    const { id } = declared.reference;
    await environments.set(id, { ...environments.of(id), profiles: [...active].sort() });
  }
}
